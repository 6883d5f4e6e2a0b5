"""Messages only one browser can read: encrypted by RFC 8291, signed for its push service by RFC 8292."""

import base64
import hashlib
import json
import os
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD = (4096).to_bytes(4, "big")
SIGNED_FOR = timedelta(hours=12)


def own_key() -> ec.EllipticCurvePrivateKey:
    """The key push services know this instance by; it follows from the instance's secret key."""
    digest = hashlib.sha512(f"kawka.web-push/{settings.SECRET_KEY}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") % (ORDER - 1) + 1, CURVE)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def as_text(raw: bytes) -> str:
    """Bytes as they stand in addresses and headers."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def as_bytes(text: str) -> bytes:
    """The bytes again. Raises ValueError for what is none."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_key() -> str:
    """What a browser is given to subscribe with."""
    return as_text(point(own_key().public_key()))


def is_key(p256dh: str, auth: str) -> bool:
    """Whether a browser's keys are keys."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, as_bytes(p256dh))
        return len(as_bytes(auth)) == 16
    except ValueError:
        return False


def encrypted(
    message: bytes,
    p256dh: str,
    auth: str,
    *,
    salt: bytes | None = None,
    once: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The message for the browser with these keys; `salt` and the key used `once` are new each time."""
    salt, once = salt or os.urandom(16), once or ec.generate_private_key(CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, as_bytes(p256dh))
    ours = point(once.public_key())
    shared = once.exchange(ec.ECDH(), theirs)
    secret = derived(as_bytes(auth), shared, b"WebPush: info\0" + as_bytes(p256dh) + ours, 32)
    key = derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, message + b"\x02", None)
    return salt + RECORD + bytes([len(ours)]) + ours + sealed


def derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """Key material from a secret."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def authorization(endpoint: str, *, now: datetime) -> str:
    """The header that tells a push service who sends."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(endpoint))
    claims = {"aud": origin, "exp": int((now + SIGNED_FOR).timestamp()), "sub": settings.SITE_URL}
    head = as_text(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
    body = f"{head}.{as_text(json.dumps(claims).encode())}"
    r, s = decode_dss_signature(own_key().sign(body.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={body}.{as_text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}, k={public_key()}"
