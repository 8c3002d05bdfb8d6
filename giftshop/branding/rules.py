"""How a logo will come out on paper. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

Colour = tuple[int, int, int]

PRINT_DPI = 300
"""What a print house asks of pictures."""
CARD_WIDTH_MM = 30
"""A logo on a card is about this wide."""
MIN_CONTRAST = 2.0
"""Against white paper, by the formula of WCAG 2.2. Below it a logo is hardly seen."""


class LogoKind(StrEnum):
    """What a logo is kept as."""

    PNG = "png"
    """Pixels."""
    SVG = "svg"
    """Shapes, sharp at any size."""


class LogoWarning(StrEnum):
    """What a buyer should know before the logo is printed."""

    LOW_RESOLUTION = "low_resolution"
    """Fewer pixels than a card needs."""
    PALE = "pale"
    """Hardly seen on white paper."""
    HAS_TEXT = "has_text"
    """Holds letters as letters: without its font they look different."""
    LOST_PARTS = "lost_parts"
    """Held something that is not printed: shadows, patterns, wrapped pictures."""


def sharp_width_mm(pixels: int) -> int:
    """Return how wide `pixels` print without showing, in millimetres."""
    return int(pixels / PRINT_DPI * 25.4)


def warnings_of(kind: LogoKind, width: int, *, is_pale: bool, has_text: bool, lost_parts: bool) -> list[LogoWarning]:
    """Return what to tell of a logo that is `width` pixels (or units) wide."""
    is_coarse = kind is LogoKind.PNG and sharp_width_mm(width) < CARD_WIDTH_MM
    facts = {
        LogoWarning.LOW_RESOLUTION: is_coarse,
        LogoWarning.PALE: is_pale,
        LogoWarning.HAS_TEXT: has_text,
        LogoWarning.LOST_PARTS: lost_parts,
    }
    return [warning for warning, holds in facts.items() if holds]


def is_pale(colours: Sequence[Colour]) -> bool:
    """Whether nearly all of these colours fade into white paper. No colour at all is as pale as can be."""
    contrasts = sorted(contrast_with_white(colour) for colour in colours)
    return not contrasts or contrasts[len(contrasts) * 9 // 10] < MIN_CONTRAST


def contrast_with_white(colour: Colour) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 (white) to 21 (black)."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
