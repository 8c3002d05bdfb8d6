"""What pages of every room show of a firm's brand: where a logo is, what to know of it, what a colour becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext

from giftshop.branding.models import Logo
from giftshop.branding.occasions import Occasion
from giftshop.branding.rules import LogoWarning, contrast
from giftshop.kernel.locale import N_
from giftshop.paper import Palette

PAPER: Final = "#ffffff"
SAME_COLOUR: Final = 1.1
"""A contrast that nobody sees without holding one beside the other."""
OCCASION_WORDS: Final = {
    Occasion.SPRING_FESTIVAL: N_("Spring Festival"),
    Occasion.DRAGON_BOAT: N_("Dragon Boat Festival"),
    Occasion.MID_AUTUMN: N_("Mid-Autumn Festival"),
    Occasion.YEAR_END: N_("Year's end"),
    Occasion.BIRTHDAY: N_("Birthday"),
    Occasion.ANNIVERSARY: N_("Anniversary"),
    Occasion.THANKS: N_("Thanks to clients"),
    Occasion.CONGRATULATIONS: N_("Congratulations"),
}

WORDS = {
    LogoWarning.LOW_RESOLUTION: N_(
        "This logo has few pixels: it prints sharp up to %(millimetres)s mm wide. A larger PNG or an SVG is better."
    ),
    LogoWarning.PALE: N_("This logo is pale: on white paper it will hardly be seen."),
    LogoWarning.FADES: N_(
        "On a surface in your colour this logo will hardly be seen. Choose a design that sets it on paper, a logo in "
        "another colour, or another colour."
    ),
    LogoWarning.HAS_TEXT: N_(
        "This logo holds live text, which may look different in print. Convert it to outlines first."
    ),
    LogoWarning.LOST_PARTS: N_(
        "Parts of this logo are not printed: shadows, patterns, dashes, wrapped pictures. Compare it with the original."
    ),
}


def logo_url(logo: Logo) -> str:
    """Return the address of a logo, which nobody can guess."""
    return url_for("branding.logo", public_id=logo.public_id)


def logo_warnings(logo: Logo, accent: str = "") -> list[str]:
    """Return what to tell the buyer before this logo is printed, in the current language.

    With `accent` (#rrggbb) also whether it can be seen on the surface that a card has in that colour.
    """
    found = logo.warnings_with(accent) if accent else logo.warnings
    return [gettext(WORDS[warning]) % {"millimetres": logo.sharp_width_mm} for warning in found]


@dataclass(frozen=True, slots=True)
class Shade:
    """What becomes of a firm's colour on cards; colours as #rrggbb, contrasts by WCAG 2.2, from 1 to 21."""

    accent: str
    ground: str
    """The large surface of a card: the colour itself, or as dark a shade of it as light letters need."""
    cream: str
    """The letters on it."""
    letters: float
    """The contrast of those letters to the ground."""
    on_paper: float
    """The contrast of the colour itself to white paper."""

    @property
    def is_darkened(self) -> bool:
        """Whether the colour is too light for a card's surface, so that one would see the difference."""
        return contrast(self.ground, self.accent) > SAME_COLOUR


def shade_of(accent: str) -> Shade:
    """Return what becomes of the colour `accent` (#rrggbb) on cards."""
    palette = Palette.of(accent)
    letters = contrast(palette.cream, palette.ground)
    return Shade(accent, palette.ground, palette.cream, letters, contrast(accent, PAPER))
