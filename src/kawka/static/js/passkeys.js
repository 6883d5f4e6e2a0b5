/** Passkeys: forms marked data-passkey="use" sign in with one, data-passkey="make" make one. */

/** Bytes of the base64url text the server writes. */
function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** The base64url text of what the browser hands back. */
function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

const withBytes = (credentials = []) => credentials.map((one) => ({ ...one, id: bytes(one.id) }));

/** What the server says of a new passkey, as the browser wants it. */
function creation({ publicKey }) {
  return {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
  };
}

/** What the server asks a passkey to sign, as the browser wants it. */
function request({ publicKey }) {
  return {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  };
}

/** What the browser made of it, as text the server reads. */
function written(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function use(form) {
  const answer = await fetch(form.dataset.optionsUrl, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  const { request_options: options } = await answer.json();
  return navigator.credentials.get({ publicKey: request(options) });
}

async function make() {
  const options = JSON.parse(document.getElementById("passkey-options").textContent);
  return navigator.credentials.create({ publicKey: creation(options) });
}

const ceremonies = { use, make };

for (const form of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      form.elements.credential.value = written(await ceremonies[form.dataset.passkey](form));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}
