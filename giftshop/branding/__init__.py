"""Branding: what a firm looks like. Its logos, read within limits and written anew; originals are never kept.

And its brand kit: colour, lettering, contact line, the usual logo, and what its cards say for each occasion.
"""

from giftshop.branding.artwork import Artwork, redraw
from giftshop.branding.errors import ColourRefused, KitChanged, NoSuchLogo
from giftshop.branding.forms import LETTERING_WORDS
from giftshop.branding.kits import (
    Kit,
    Look,
    accent_in,
    choose_logo,
    greetings_of,
    kit_of,
    reset_greetings,
    save_greetings,
    save_look,
)
from giftshop.branding.models import Logo
from giftshop.branding.occasions import GREETINGS, Greeting, Occasion, suggested
from giftshop.branding.pages import OCCASION_WORDS, Shade, logo_url, logo_warnings, shade_of
from giftshop.branding.queries import logo, logo_bytes, logos_of, usual_logo
from giftshop.branding.rules import LogoKind, LogoWarning, colour_in
from giftshop.branding.service import retire_logo, save_logo

__all__ = [
    "GREETINGS",
    "LETTERING_WORDS",
    "OCCASION_WORDS",
    "Artwork",
    "ColourRefused",
    "Greeting",
    "Kit",
    "KitChanged",
    "Logo",
    "LogoKind",
    "LogoWarning",
    "Look",
    "NoSuchLogo",
    "Occasion",
    "Shade",
    "accent_in",
    "choose_logo",
    "colour_in",
    "greetings_of",
    "kit_of",
    "logo",
    "logo_bytes",
    "logo_url",
    "logo_warnings",
    "logos_of",
    "redraw",
    "reset_greetings",
    "retire_logo",
    "save_greetings",
    "save_logo",
    "save_look",
    "shade_of",
    "suggested",
    "usual_logo",
]
