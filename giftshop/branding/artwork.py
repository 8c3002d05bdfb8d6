"""A firm's file, made into the logo that is kept: read within limits and written anew by us."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from giftshop.branding import drawing
from giftshop.branding.rules import Colour, LogoKind, is_pale, tones_of
from giftshop.imaging import Limits, NotAPicture, as_png, open_raster

FIELD: Final = "logo"
PIXELS: Final = Limits(kinds=("PNG", "JPEG"), max_side=2000, min_side=16)
SAMPLE: Final = (64, 64)
VISIBLE_ALPHA: Final = 32
WHITE_FROM: Final = 245


@dataclass(frozen=True, slots=True)
class Artwork:
    """A logo ready to be kept, and what we found about it."""

    kind: LogoKind
    content: bytes
    width: int
    height: int
    is_pale: bool
    has_text: bool = False
    lost_parts: bool = False
    tones: tuple[int, ...] = ()
    """How bright it is, as `rules.tones_of` says."""

    @property
    def sha256(self) -> str:
        """Return the hash of what is kept."""
        return hashlib.sha256(self.content).hexdigest()


def redraw(raw: bytes) -> Artwork:
    """Return the logo in a stranger's PNG, JPEG or SVG. Slow (up to seconds), so best called before a transaction.

    Raises a refusal of `giftshop.imaging` or `giftshop.branding` at the field "logo".
    """
    if drawing.is_svg(raw):
        return _drawn(raw)
    try:
        image = open_raster(raw, PIXELS, field=FIELD)
    except NotAPicture as other:
        raise NotAPicture(field=FIELD, kinds="PNG, JPEG, SVG") from other
    colours = _visible_colours(image)
    pale = is_pale([colour for colour in colours if min(colour) < WHITE_FROM])
    return Artwork(LogoKind.PNG, as_png(image), image.width, image.height, pale, tones=tuple(tones_of(colours)))


def _drawn(raw: bytes) -> Artwork:
    drawn = drawing.redrawn(raw, field=FIELD)
    return Artwork(
        LogoKind.SVG,
        drawn.content,
        max(1, round(drawn.width)),
        max(1, round(drawn.height)),
        is_pale(drawn.colours),
        drawn.has_text,
        drawn.lost_parts,
        tuple(tones_of(drawn.colours)),
    )


def _visible_colours(image: Image.Image) -> list[Colour]:
    """Return the colours one would see on white paper, a few thousand of them."""
    sample = image.resize(SAMPLE, Image.Resampling.BOX).convert("RGBA")
    on_paper = Image.alpha_composite(Image.new("RGBA", SAMPLE, "white"), sample)
    seen = np.asarray(on_paper)[..., :3][np.asarray(sample)[..., 3] >= VISIBLE_ALPHA]
    return [(red, green, blue) for red, green, blue in seen.tolist()]
