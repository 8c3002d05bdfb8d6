"""A firm's colour on its recipients' pages, held to a contrast that everybody can read."""

from __future__ import annotations

import re
from typing import Final

READABLE: Final = 4.5
"""Least contrast of text to its ground (WCAG 2.2, 1.4.3)."""
PAPER: Final = (0xF5, 0xF6, 0xF2)
"""The page's ground, as in static/css/tokens.css: what is readable on it is so on white too."""
NIGHT: Final = (0x1A, 0x23, 0x1F)
"""The lightest ground by night, `--surface` there: what is readable on it is so on the others too."""
WHITE: Final = (255, 255, 255)
BLACK: Final = (0, 0, 0)

Colour = tuple[int, int, int]


def accent_css(colour: str) -> str:
    """Return the CSS rules that put the brand's `colour` ("#rrggbb") in the accent's place, or nothing.

    A colour too pale to be read on paper is darkened until it can be; by night, one too deep is made lighter.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ""
    day = readable(rgb(colour))
    night = readable(rgb(colour), NIGHT, towards=WHITE)
    by_day = _declared(day, strong=mixed(day, BLACK, 0.28), soft=mixed(day, WHITE, 0.88), on=WHITE)
    deep = mixed(night, NIGHT, 0.82)
    strong = readable(mixed(night, WHITE, 0.3), deep, towards=WHITE)
    by_night = _declared(night, strong=strong, soft=deep, on=readable(mixed(night, BLACK, 0.85), night))
    return f":root {{ {by_day} }} @media screen and (prefers-color-scheme: dark) {{ :root {{ {by_night} }} }}"


def _declared(accent: Colour, *, strong: Colour, soft: Colour, on: Colour) -> str:
    values = {"--accent": accent, "--accent-strong": strong, "--accent-soft": soft, "--on-accent": on}
    return " ".join(f"{name}: {hexadecimal(value)};" for name, value in values.items())


def readable(colour: Colour, on: Colour = PAPER, *, towards: Colour = BLACK) -> Colour:
    """Return `colour`, mixed in small steps with black (or `towards`) until it is readable on the ground `on`."""
    step = 0.06
    while contrast(colour, on) < READABLE:
        colour = mixed(colour, towards, step)
        step = min(1.0, step + 0.01)  # whole numbers would stop short of white
    return colour


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of an sRGB colour, from 0 to 1."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """Return `colour` with `share` (0 to 1) of `other` in it."""
    red, green, blue = (int(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def rgb(text: str) -> Colour:
    """Return the three bytes of "#rrggbb"."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def hexadecimal(colour: Colour) -> str:
    """Return "#rrggbb"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _parts(colour: Colour) -> list[float]:
    return [part / 255 for part in colour]
