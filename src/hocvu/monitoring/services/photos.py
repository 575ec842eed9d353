"""Photos sent with difficulties: drawn again, so that place, device and owner written in the file are gone."""

import io
from typing import IO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from hocvu.kernel.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1800
KINDS = ("JPEG", "PNG")


def clean_photo(file: IO[bytes], size: int) -> ContentFile[bytes]:
    """Return a photo as a new JPEG of at most 1,800 pixels a side, upright, without any metadata."""
    if size > MOST_BYTES:
        raise Refused("monitoring.photo_too_big", most=MOST_BYTES // 1024 // 1024)
    try:
        with Image.open(file, formats=KINDS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused("monitoring.photo_too_big", most=MOST_BYTES // 1024 // 1024)
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = Image.new("RGB", upright.size, "white")
            if upright.mode in {"RGBA", "LA", "P"}:
                layered = upright.convert("RGBA")
                plain.paste(layered, mask=layered.getchannel("A"))
            else:
                plain.paste(upright.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise Refused("monitoring.photo_unreadable") from wrong
    buffer = io.BytesIO()
    plain.save(buffer, "JPEG", quality=82, optimize=True)
    return ContentFile(buffer.getvalue(), name="photo.jpg")
