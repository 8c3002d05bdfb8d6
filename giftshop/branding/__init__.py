"""Branding: what a firm looks like. Its logos, read within limits and written anew; originals are never kept."""

from giftshop.branding.artwork import Artwork, redraw
from giftshop.branding.errors import NoSuchLogo
from giftshop.branding.models import Logo
from giftshop.branding.pages import logo_url, logo_warnings
from giftshop.branding.queries import latest_logo, logo, logo_bytes, logos_of
from giftshop.branding.rules import LogoKind, LogoWarning
from giftshop.branding.service import save_logo

__all__ = [
    "Artwork",
    "Logo",
    "LogoKind",
    "LogoWarning",
    "NoSuchLogo",
    "latest_logo",
    "logo",
    "logo_bytes",
    "logo_url",
    "logo_warnings",
    "logos_of",
    "redraw",
    "save_logo",
]
