"""A firm's mark in a picture: its logo, or words, in the ink of whatever puts it there."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from giftshop.catalogue import DecorationKind
from giftshop.giftsets.picture.words import fitted, line
from giftshop.paper import Palette

FULL_COLOUR: Final = frozenset({DecorationKind.STICKER})
"""What prints a logo as it is; all else has one ink."""
STEEL: Final = "#4f5a57"
"""What a laser leaves."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be put into another: its type and its bytes."""

    media_type: str
    content: bytes

    @property
    def address(self) -> str:
        """The whole picture as an address."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A logo or words, and how they are put on."""

    kind: str
    words: str = ""
    logo: Picture | None = None
    is_pale: bool = False
    """Whether the logo is made for dark ground: then all of it is ink."""

    @property
    def has_one_ink(self) -> bool:
        """Whether it is printed in one colour, whatever the logo's are."""
        return self.kind not in FULL_COLOUR

    def drawn(self, box: tuple[float, float, float, float], ink: str, family: str) -> Iterator[str]:
        """Draw it in the middle of `box` (left, top, width, height), in one `ink` if that is how it is put on."""
        left, top, width, height = box
        if self.logo:
            place = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
            inked = f' filter="url(#{ink_name(ink, is_pale=self.is_pale)})"' if self.has_one_ink else ""
            yield f'<image {place} href="{self.logo.address}"{inked}/>'
        elif self.words:
            size = fitted(self.words, width, height * 0.6)
            yield line(self.words, left + width / 2, top + height / 2 + size * 0.36, size, family, ink, weight=600)


def ink_name(ink: str, *, is_pale: bool) -> str:
    """Return the name of the filter that draws a picture in one ink."""
    return f"ink-{ink.removeprefix('#')}{'-pale' if is_pale else ''}"


def inks(*colours: str) -> Iterator[str]:
    """Draw what is far enough from white in one ink, as the press does (`paper.one_ink`); of a pale logo, all of it."""
    for colour in dict.fromkeys(colours):
        parts = " ".join(f"0 0 0 0 {int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
        for is_pale, opaque in ((False, "-1 -1 -1 3 0"), (True, "0 0 0 3 0")):
            yield f'<filter id="{ink_name(colour, is_pale=is_pale)}" color-interpolation-filters="sRGB">'
            yield f'<feColorMatrix type="matrix" values="{parts} {opaque}"/></filter>'


def ink_on_goods(kind: str, palette: Palette) -> str:
    """Return the colour in which a mark is put onto goods."""
    return STEEL if kind == DecorationKind.ENGRAVING else palette.ground
