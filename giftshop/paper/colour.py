"""Colours of a card, all derived from the firm's one."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import Final, Self

Rgb = tuple[float, float, float]
DARK_ENOUGH: Final = 0.10
"""Relative luminance; that of cream is 0.8."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Flat colours as #rrggbb: mixed beforehand, since transparency is what presses get wrong."""

    ground: str
    """The large dark surface, in the firm's colour: deep enough for foil and cream to stand on."""
    deep: str
    """The ground in shadow."""
    line: str
    """Ornament on the ground, tone on tone."""
    foil: str
    """Gold."""
    cream: str
    """The moon, and light text."""

    @classmethod
    def of(cls, accent: str) -> Self:
        """Return the palette of a firm whose colour is `accent` (#RRGGBB)."""
        foil, cream = (0.85, 0.69, 0.43), (0.965, 0.90, 0.77)
        ground = _darkened(_parse(accent))
        deep = _mix(ground, (0.0, 0.0, 0.0), 0.28)
        return cls(*map(_name, (ground, deep, _mix(ground, foil, 0.22), foil, cream)))


def _darkened(colour: Rgb) -> Rgb:
    """Return `colour`, no lighter than lets cream be read on it, and it on cream, at 5.5 to 1 (WCAG 2.2 asks 4.5)."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    lightness = min(lightness, 0.32)
    while _luminance(colorsys.hls_to_rgb(hue, lightness, saturation)) > DARK_ENOUGH:
        lightness -= 0.01
    return colorsys.hls_to_rgb(hue, lightness, saturation)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(one: Rgb, other: Rgb, part: float) -> Rgb:
    red, green, blue = (a + (b - a) * part for a, b in zip(one, other, strict=True))
    return red, green, blue


def _parse(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _name(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
