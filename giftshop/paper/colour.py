"""Colours of a card, all derived from the firm's one."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import Final, Self

Rgb = tuple[float, float, float]
DARK_ENOUGH: Final = 0.10
"""Relative luminance; that of cream is 0.8."""
SEEN: Final = 1.7
"""Contrast with the paper from which on a shape, not a text, is clearly seen."""
WASHES: Final = (0.05, 0.12, 0.2, 0.3, 0.42, 0.56, 0.72, 0.88)
FOIL: Final = "#d9b06e"
CREAM: Final = "#f6e6c4"
PAPER: Final = "#fdfaf4"
INK: Final = "#2b2622"
GREY: Final = "#544c44"
BRONZE: Final = "#7c5a20"


@dataclass(frozen=True, slots=True)
class Palette:
    """Flat colours as #rrggbb: mixed beforehand, since transparency is what presses get wrong.

    On `paper`, `cream` and the first of `washes`, text may be `ground`, `ink`, `grey` or `bronze`; on `ground` and
    `deep` it is `cream` or `paper`. These pairs keep 4.5 to 1 (WCAG 2.2) whatever the firm's colour; no others do.
    """

    ground: str
    """The large dark surface, in the firm's colour: deep enough for foil and cream to stand on."""
    deep: str
    """The ground in shadow."""
    line: str
    """Ornament on the ground, tone on tone."""
    vivid: str
    """The firm's colour as it is, for shapes; darkened only where it could not be told from the paper."""
    washes: tuple[str, ...]
    """The ground thinned with water, the palest first."""
    foil: str = FOIL
    """Gold."""
    bronze: str = BRONZE
    """Gold in the shade: small words on paper."""
    cream: str = CREAM
    """The moon, and light text."""
    paper: str = PAPER
    """The uncoated card itself, hardly warmer than white."""
    ink: str = INK
    """What is read."""
    grey: str = GREY
    """What is read last."""

    @classmethod
    def of(cls, accent: str) -> Self:
        """Return the palette of a firm whose colour is `accent` (#RRGGBB)."""
        ground = _name(_darkened(_parse(accent)))
        return cls(
            ground,
            deep=mixed(ground, "#000000", 0.28),
            line=mixed(ground, FOIL, 0.22),
            vivid=_seen(accent),
            washes=tuple(mixed(PAPER, ground, part) for part in WASHES),
        )

    @staticmethod
    def mixed(one: str, other: str, part: float) -> str:
        """Return `one` with `part` (0 to 1) of `other` mixed in: where two shapes overlap, say."""
        return mixed(one, other, part)


def mixed(one: str, other: str, part: float) -> str:
    """Return the colour `one` with `part` (0 to 1) of `other` in it."""
    red, green, blue = (a + (b - a) * part for a, b in zip(_parse(one), _parse(other), strict=True))
    return _name((red, green, blue))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(_parse(one)), _luminance(_parse(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _darkened(colour: Rgb) -> Rgb:
    """Return `colour`, no lighter than lets cream be read on it, and it on cream, at 5.5 to 1 (WCAG 2.2 asks 4.5)."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    lightness = min(lightness, 0.32)
    while _luminance(colorsys.hls_to_rgb(hue, lightness, saturation)) > DARK_ENOUGH:
        lightness -= 0.01
    return colorsys.hls_to_rgb(hue, lightness, saturation)


def _seen(accent: str) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parse(accent))
    colour = accent.lower()
    while contrast(colour, PAPER) < SEEN:
        lightness -= 0.01
        colour = _name(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def _luminance(colour: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parse(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _name(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
