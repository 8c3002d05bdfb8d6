"""The greeting card among the goods: "Plum by moonlight" as the press prints it, drawn small and at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from giftshop.giftsets.picture.mark import Picture
from giftshop.giftsets.picture.words import FAMILIES, fitted, line, wrapped
from giftshop.paper import Lettering, Palette

WIDTH: Final = 224
HEIGHT: Final = 316
HEAD: Final = 94
"""How far down the coloured head goes."""
BLOSSOMS: Final = (
    (40, 40, 8),
    (81, 23, 10),
    (66, 61, 7),
    (93, 58, 6),
    (117, 44, 9),
    (143, 35, 7),
    (187, 36, 10),
    (162, 66, 8),
)
"""Middle and size of each."""


@dataclass(frozen=True, slots=True)
class GreetingCard:
    """What the card says, whose it is, and its look."""

    headline: str
    greeting: str
    firm: str
    palette: Palette
    lettering: Lettering
    logo: Picture | None = None

    def drawn(self, x: float, y: float, lean: float) -> Iterator[str]:
        """Draw it with its upper left corner at `x` and `y`, leaning by so many degrees."""
        yield f'<ellipse cx="{x + WIDTH / 2}" cy="{y + HEIGHT + 2}" rx="{WIDTH * 0.62}" ry="17" fill="url(#shade)"/>'
        yield f'<g transform="translate({x} {y}) rotate({lean} {WIDTH / 2} {HEIGHT})">'
        yield f'<clipPath id="card-head"><rect width="{WIDTH}" height="{HEAD}"/></clipPath>'
        yield f'<rect x="3" y="3" width="{WIDTH}" height="{HEIGHT}" rx="2" fill="#1c2723" opacity=".2"/>'
        yield f'<rect width="{WIDTH}" height="{HEIGHT}" rx="2" fill="{self.palette.paper}"/>'
        yield from self._head()
        yield from self._words()
        yield from self._sender()
        yield "</g>"

    def _head(self) -> Iterator[str]:
        look = self.palette
        yield f'<g clip-path="url(#card-head)"><rect width="{WIDTH}" height="{HEAD}" rx="2" fill="{look.ground}"/>'
        for radius in (40, 55, 71, 88, 106):
            yield f'<circle cx="173" cy="51" r="{radius}" fill="none" stroke="{look.line}"/>'
        yield f'<circle cx="173" cy="51" r="29" fill="{look.cream}"/>'
        yield '<path d="M0 79C58 70 92 64 117 44 136 34 160 33 187 36M117 44q20 18 45 22M24 75Q42 60 40 40M58 70'
        yield f'Q80 48 81 23" fill="none" stroke="{look.foil}" stroke-width="2.2" stroke-linecap="round"/>'
        for cx, cy, size in BLOSSOMS:
            for dx, dy in ((0, -0.55), (0.52, -0.17), (0.32, 0.45), (-0.32, 0.45), (-0.52, -0.17)):
                yield f'<circle cx="{cx + dx * size:.1f}" cy="{cy + dy * size:.1f}" r="{size * 0.42:.1f}" '
                yield f'fill="{look.cream}" stroke="{look.foil}" stroke-width=".5"/>'
            yield f'<circle cx="{cx}" cy="{cy}" r="{size * 0.16:.1f}" fill="{look.foil}"/>'
        yield f'<rect y="{HEAD - 2}" width="{WIDTH}" height="2" fill="{look.foil}"/></g>'

    def _words(self) -> Iterator[str]:
        family, middle = FAMILIES[self.lettering], WIDTH / 2
        size = fitted(self.headline, WIDTH - 36, 24)
        if self.headline:
            yield line(self.headline, middle, 142, size, family, self.palette.ground, weight=600)
        else:
            yield f'<rect x="{middle - 48}" y="124" width="96" height="18" rx="9" fill="{self.palette.washes[1]}"/>'
        yield f'<rect x="{middle - 20}" y="170" width="40" height="1" fill="{self.palette.foil}"/>'
        lines = wrapped(self.greeting, 32, 5)
        for number, words in enumerate(lines):
            yield line(words, middle, 196 + number * 17, 11.5, family, self.palette.ink)
        for number in range(0 if lines else 3):
            yield f'<rect x="{middle - 70 + number * 12}" y="{188 + number * 17}" width="{140 - number * 24}" '
            yield f'height="8" rx="4" fill="{self.palette.washes[0]}"/>'

    def _sender(self) -> Iterator[str]:
        if self.logo:
            yield '<image x="22" y="274" width="72" height="26" preserveAspectRatio="xMinYMid" '
            yield f'href="{self.logo.address}"/>'
        room = WIDTH - 130 if self.logo else WIDTH - 44
        words = wrapped(self.firm, 40, 1)[0] if self.firm else ""
        yield line(
            words,
            158 if self.logo else WIDTH / 2,
            292,
            fitted(words, room, 13),
            FAMILIES[self.lettering],
            self.palette.ground,
        )
