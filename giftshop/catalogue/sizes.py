"""Smaller editions of an uploaded picture: made when first asked for, and kept in a folder that may be emptied."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from flask import url_for

from giftshop.catalogue.rules import is_stored
from giftshop.imaging import smaller_webp

WIDTHS: Final = (320, 640)
"""Pixels: a gift in two columns of a phone, and the same on a screen with fine pixels. The whole one has 1200."""
WHOLE: Final = 1200
FOLDER: Final = "picture-sizes"


def edition(content: bytes, sha256: str, width: int, folder: Path) -> bytes:
    """Return the picture `content`, whose hash is `sha256`, at most `width` (of WIDTHS) pixels wide, as WebP."""
    kept = folder / FOLDER / f"{sha256}-{width}.webp"
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        made = smaller_webp(content, width)
    _keep(kept, made)
    return made


def _keep(place: Path, content: bytes) -> None:
    """Put a file in its place at once: two who make it at the same moment do not see each other's half."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
        draft.write(content)
    os.replace(draft.name, place)


def picture_srcset(address: str | None) -> str:
    """Return the `srcset` of a picture from its address as `picture_url` gives it; nothing for a drawing or none."""
    sha256 = (address or "").rpartition("/")[2]
    if not is_stored(sha256):
        return ""
    smaller = [f"{url_for('catalogue.picture_of_width', sha256=sha256, width=width)} {width}w" for width in WIDTHS]
    return ", ".join([*smaller, f"{address} {WHOLE}w"])
