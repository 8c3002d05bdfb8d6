"""Logos at their addresses."""

from __future__ import annotations

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from giftshop.branding import queries
from giftshop.branding.errors import NoSuchLogo
from giftshop.branding.rules import LogoKind
from giftshop.web import allow, anyone, reader

bp = Blueprint("branding", __name__)
MEDIA_TYPES = {LogoKind.PNG: "image/png", LogoKind.SVG: "image/svg+xml"}


@bp.get("/logos/<public_id>")
@allow(anyone)
def logo(public_id: str) -> ResponseReturnValue:
    """One logo, for whoever was given its address: the firm, staff, and the recipients' pages.

    What is at an address never changes. Opened by itself, even a drawing may do nothing at all.
    """
    found = queries.logo_by_public_id(reader(), public_id)
    if found is None:
        raise NoSuchLogo
    response = Response(found[1], mimetype=MEDIA_TYPES[LogoKind(found[0])])
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
