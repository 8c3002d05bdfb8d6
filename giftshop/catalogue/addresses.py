"""Where the picture of an item is."""

from __future__ import annotations

from flask import url_for

from giftshop.catalogue.rules import is_stored


def picture_url(picture: str | None) -> str | None:
    """Return the address of an item's picture: a stored one, or one of our own drawings. None stays None."""
    if not picture:
        return None
    if is_stored(picture):
        return url_for("catalogue.picture", sha256=picture)
    return url_for("static", filename=f"goods/{picture}.svg")
