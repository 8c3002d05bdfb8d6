"""How a logo will come out on paper. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

Colour = tuple[int, int, int]
HEXADECIMAL = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")
TONES = 20
"""Into how many equal parts the tones of a logo are cut, to be held against any ground later."""

PRINT_DPI = 300
"""What a print house asks of pictures."""
CARD_WIDTH_MM = 30
"""A logo on a card is about this wide."""
MIN_CONTRAST = 2.0
"""Against what it stands on, by the formula of WCAG 2.2. Below it a logo is hardly seen."""
MAX_CONTACT = 80
"""Characters of a contact line: what stands at the foot of a card."""


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
    FADES = "fades"
    """Hardly seen on the large surface in the firm's colour."""
    HAS_TEXT = "has_text"
    """Holds letters as letters: without its font they look different."""
    LOST_PARTS = "lost_parts"
    """Held something that is not printed: shadows, patterns, wrapped pictures."""


def sharp_width_mm(pixels: int) -> int:
    """Return how wide `pixels` print without showing, in millimetres."""
    return int(pixels / PRINT_DPI * 25.4)


def warnings_of(
    kind: LogoKind, width: int, *, is_pale: bool, has_text: bool, lost_parts: bool, fades: bool = False
) -> list[LogoWarning]:
    """Return what to tell of a logo that is `width` pixels (or units) wide."""
    is_coarse = kind is LogoKind.PNG and sharp_width_mm(width) < CARD_WIDTH_MM
    facts = {
        LogoWarning.LOW_RESOLUTION: is_coarse,
        LogoWarning.PALE: is_pale,
        LogoWarning.FADES: fades,
        LogoWarning.HAS_TEXT: has_text,
        LogoWarning.LOST_PARTS: lost_parts,
    }
    return [warning for warning, holds in facts.items() if holds]


def is_pale(colours: Sequence[Colour]) -> bool:
    """Whether nearly all of these colours fade into white paper. No colour at all is as pale as can be."""
    contrasts = sorted(contrast_with_white(colour) for colour in colours)
    return not contrasts or contrasts[len(contrasts) * 9 // 10] < MIN_CONTRAST


def tones_of(colours: Sequence[Colour]) -> list[int]:
    """Return how bright these colours are: the darkest, the brightest and what divides them evenly, in thousandths."""
    bright = sorted(luminance(colour) for colour in colours)
    places = [part * (len(bright) - 1) // TONES for part in range(TONES + 1)] if bright else []
    return [round(bright[place] * 1000) for place in places]


def fades_into(tones: Sequence[int], ground: Colour) -> bool:
    """Whether a logo of these tones is hardly seen on `ground`: half of it or more is nearly as bright as that."""
    contrasts = sorted(_ratio(tone / 1000, luminance(ground)) for tone in tones)
    return bool(contrasts) and contrasts[len(contrasts) // 2] < MIN_CONTRAST


def colour_in(text: str) -> str | None:
    """Return the colour that `text` writes as #rrggbb: with or without #, with three or six digits; None if none."""
    found = HEXADECIMAL.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return f"#{digits}"


def rgb(colour: str) -> Colour:
    """Return the three parts, from 0 to 255, of a colour written as #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written as #rrggbb, from 1 to 21 (WCAG 2.2)."""
    return _ratio(luminance(rgb(one)), luminance(rgb(other)))


def contrast_with_white(colour: Colour) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 (white) to 21 (black)."""
    return _ratio(luminance(colour), 1.0)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
