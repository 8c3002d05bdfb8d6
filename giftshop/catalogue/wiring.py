"""Puts the catalogue onto the app."""

from __future__ import annotations

from flask import url_for

from giftshop.catalogue import models  # noqa: F401  -- declares the tables
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Give every template `picture|picture_url`."""
    app.jinja_env.filters["picture_url"] = picture_url


def picture_url(picture: str | None) -> str | None:
    """Return the address of an item's picture: a stored one, or one of our own drawings. None stays None."""
    if not picture:
        return None
    return url_for("static", filename=f"goods/{picture}.svg")
