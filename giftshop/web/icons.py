"""Icons, drawn once and remembered: a page has ten or twenty, and as macros they were a tenth of its CPU."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from flask import url_for
from markupsafe import Markup

from giftshop.web.app import GiftShop

SPRITE: Final = "vendor/tabler/sprite.svg"


def icon(name: str, label: str = "", *, large: bool = False) -> Markup:
    """Return the outline icon `name` of the sprite; with a `label` only if it stands alone."""
    sprite = url_for("static", filename=SPRITE)
    return _labelled(sprite, name, label, large=large) if label else _silent(sprite, name, large=large)


@lru_cache(maxsize=512)
def _silent(sprite: str, name: str, *, large: bool) -> Markup:
    return _drawn(sprite, name, Markup('aria-hidden="true"'), large=large)


def _labelled(sprite: str, name: str, label: str, *, large: bool) -> Markup:
    return _drawn(sprite, name, Markup('role="img" aria-label="{}"').format(label), large=large)


def _drawn(sprite: str, name: str, said: Markup, *, large: bool) -> Markup:
    drawing = Markup('<svg class="icon{}" {} focusable="false"><use href="{}#{}" /></svg>')
    return drawing.format(" large" if large else "", said, sprite, name)


def init_app(app: GiftShop) -> None:
    """Let templates draw icons; they call `ui.icon`."""
    app.jinja_env.globals["drawn_icon"] = icon
