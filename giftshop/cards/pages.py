"""Where a programme's page leads besides its own: rooms above add theirs, without cards knowing them."""

from __future__ import annotations

from typing import cast

from giftshop.web import GiftShop, MenuItem

_KEPT_AS = "programme_pages"


def add_programme_page(app: GiftShop, page: MenuItem) -> None:
    """Let each programme's page lead to `page`, for whoever has one of its roles; its endpoint takes `programme_id`."""
    pages = cast(list[MenuItem], app.jinja_env.globals.setdefault(_KEPT_AS, []))
    pages.append(page)


def add_value_page(app: GiftShop, page: MenuItem) -> None:
    """The same for the pages of programmes of shopping cards only."""
    cast(list[MenuItem], app.jinja_env.globals.setdefault("value_pages", [])).append(page)
