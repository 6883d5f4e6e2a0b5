"""A photo as it was sent: turned upright, stripped of where and when, cut to size."""

import io
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES, MAX_PIXELS = 8 * 1024 * 1024, 60_000_000
SQUARE, DOOR = (512, 512), (960, 720)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
NO_PHOTO = _("This is not a photo that can be read. Send a JPEG, PNG or WebP.")


def fitted(content: bytes, size: tuple[int, int]) -> bytes:
    """The middle of a photo as a WebP of this size without any metadata. Raises ValidationError."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as photo:
            if photo.width * photo.height > MAX_PIXELS:
                raise forms.ValidationError(_("This photo has too many pixels. Send a smaller one."))
            photo.draft("RGB", (size[0] * 2, size[1] * 2))
            upright = ImageOps.exif_transpose(photo).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise forms.ValidationError(NO_PHOTO) from error
    cut = ImageOps.fit(upright, size, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    plain = Image.new("RGB", cut.size, "white")
    plain.paste(cut, mask=cut.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "WEBP", quality=82)
    return out.getvalue()


def as_jpeg(content: bytes) -> bytes:
    """The photo as a JPEG, as vCards want it."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as photo:
        photo.convert("RGB").save(out, "JPEG", quality=82)
    return out.getvalue()


class PhotoForm(forms.Form):
    """One photo of at most 8 MB; cleaned it is cut to `size`."""

    size = SQUARE

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP, at most 8 MB. Where and when it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Choose a photo first.")},
    )

    def clean_photo(self) -> bytes:
        """The photo cut to size, or what is wrong in words."""
        upload: Any = self.cleaned_data["photo"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(_("This photo is larger than 8 MB. Send a smaller one."))
        return fitted(upload.read(), self.size)


class DoorForm(PhotoForm):
    """A photo of the door, so that nobody stands in front of the wrong one."""

    size = DOOR
