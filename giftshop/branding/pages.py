"""What pages of every room show of a logo: its address, and what a buyer should know."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from giftshop.branding.models import Logo
from giftshop.branding.rules import LogoWarning
from giftshop.kernel.locale import N_

WORDS = {
    LogoWarning.LOW_RESOLUTION: N_(
        "This logo has few pixels: it prints sharp up to %(millimetres)s mm wide. A larger PNG or an SVG is better."
    ),
    LogoWarning.PALE: N_("This logo is pale: on white paper it will hardly be seen."),
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


def logo_warnings(logo: Logo) -> list[str]:
    """Return what to tell the buyer before this logo is printed, in the current language."""
    return [gettext(WORDS[warning]) % {"millimetres": logo.sharp_width_mm} for warning in logo.warnings]
