"""An item's photograph: written anew, and kept under the hash of what we wrote."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from giftshop.catalogue.models import Picture
from giftshop.catalogue.rules import DRAWING, is_stored
from giftshop.db import Reader, Transaction
from giftshop.imaging import Limits, as_webp, open_raster

DRAWINGS: Final = Path(__file__).resolve().parents[2] / "static" / "goods"
LIMITS: Final = Limits(kinds=("PNG", "JPEG", "WEBP"), max_side=1200, min_side=200)


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture ready to be kept: WebP, at most 1200 pixels a side."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """Return the name it is kept under."""
        return hashlib.sha256(self.content).hexdigest()


def redeveloped(raw: bytes) -> Photograph:
    """Return a stranger's PNG, JPEG or WebP written anew; slow, so call it before a transaction.

    Raises a refusal of `giftshop.imaging` at the field "photograph".
    """
    image = open_raster(raw, LIMITS, field="photograph")
    return Photograph(as_webp(image), image.width, image.height)


def keep_picture(tx: Transaction, photograph: Photograph) -> str:
    """Keep a picture unless it is kept already; return its hash, for `ItemFacts.picture`."""
    size = {"width": photograph.width, "height": photograph.height}
    tx.add_new(Picture, sha256=photograph.sha256, content=photograph.content, **size)
    return photograph.sha256


def picture_content(reader: Reader, picture: str | None) -> tuple[str, bytes] | None:
    """Return the media type and the bytes of an item's picture, ours or uploaded; None where there is none."""
    if not picture:
        return None
    if is_stored(picture):
        found = reader.get(Picture, picture)
        return ("image/webp", found.content) if found else None
    path = DRAWINGS / f"{picture}.svg"
    return ("image/svg+xml", path.read_bytes()) if DRAWING.fullmatch(picture) and path.is_file() else None
