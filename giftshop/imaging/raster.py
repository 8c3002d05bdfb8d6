"""Opening a stranger's PNG, JPEG or WebP, and writing it anew: what is kept and served is our own file."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageFile, ImageOps

from giftshop.imaging.errors import NotAPicture, PictureDamaged, PictureTooLarge, PictureTooSmall

MAX_BYTES: Final = 12 * 1024 * 1024
MAX_PIXELS: Final = 24_000_000
"""As a camera takes them; unpacked, 24 million pixels with transparency are 96 MB."""
MAX_SCANS: Final = 60
"""Of a progressive JPEG. Each goes over the whole picture again, and one of 12 MB can hold a hundred thousand."""
JPEG_SCAN: Final = b"\xff\xda"
SIGNATURES: Final = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a picture may be. `kinds` are Pillow's names; `max_side` is what it is made smaller to."""

    kinds: tuple[str, ...] = ("PNG", "JPEG", "WEBP")
    max_side: int = 1200
    min_side: int = 1


def open_raster(raw: bytes, limits: Limits, *, field: str) -> Image.Image:
    """Return a stranger's picture upright, in RGB or RGBA, no larger than `limits`.

    Raises NotAPicture, PictureDamaged, PictureTooLarge or PictureTooSmall, each at the form's `field`.
    """
    if len(raw) > MAX_BYTES or (raw.startswith(SIGNATURES["JPEG"]) and raw.count(JPEG_SCAN) > MAX_SCANS):
        raise _too_large(field)
    if not any(raw.startswith(SIGNATURES[kind]) for kind in limits.kinds):
        raise NotAPicture(field=field, kinds=", ".join(limits.kinds))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _opened(raw, limits, field)
    except (PictureTooLarge, PictureTooSmall):
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(field) from error
    except Exception as error:  # Pillow's readers raise whatever their arithmetic meets: struct.error, IndexError ...
        raise PictureDamaged(field=field) from error


def _opened(raw: bytes, limits: Limits, field: str) -> Image.Image:
    # WeasyPrint, once anything was printed, has the whole process take pictures whose end is missing.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(raw), formats=limits.kinds) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:  # only the header was read so far
            raise _too_large(field)
        if min(width, height) < limits.min_side:
            raise PictureTooSmall(field=field, pixels=limits.min_side)
        target = (limits.max_side, limits.max_side)
        image.draft(None, target)  # a JPEG is unpacked at a fraction of its size where that is enough
        image.thumbnail(target, Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _in_colour(ImageOps.exif_transpose(image))


def _in_colour(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # sixteen bits of grey; a plain conversion would cut off all but black
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in {"RGB", "RGBA"}:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def as_webp(image: Image.Image) -> bytes:
    """Return the pixels as a WebP and nothing else: no metadata, no profile."""
    out = io.BytesIO()
    _bare(image).save(out, "WEBP", quality=84, method=4)
    return out.getvalue()


def smaller_webp(content: bytes, width: int) -> bytes:
    """Return a picture of ours, as `as_webp` wrote it, at most `width` pixels wide; itself if it is not wider."""
    with Image.open(io.BytesIO(content), formats=("WEBP",)) as image:
        if image.width <= width:
            return content
        height = max(1, round(image.height * width / image.width))
        return as_webp(image.resize((width, height), Image.Resampling.LANCZOS))


def as_png(image: Image.Image) -> bytes:
    """Return the pixels as a PNG and nothing else: no metadata, no profile."""
    out = io.BytesIO()
    _bare(image).save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()


def _bare(image: Image.Image) -> Image.Image:
    image.info.clear()
    return image


def _too_large(field: str) -> PictureTooLarge:
    return PictureTooLarge(field=field, megapixels=MAX_PIXELS // 1_000_000, megabytes=MAX_BYTES // 2**20)
