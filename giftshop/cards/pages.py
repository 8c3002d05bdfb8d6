"""Where a programme's page leads besides its own: rooms above add theirs, without cards knowing them."""

from __future__ import annotations

from typing import cast

from giftshop.web import GiftShop, MenuItem

_KEPT_AS = "programme_pages"
_OF_ECARDS = "ecard_programme_pages"


def add_programme_page(app: GiftShop, page: MenuItem, *, of_ecards: bool = False) -> None:
    """Let each programme's page lead to `page`, for whoever has one of its roles; its endpoint takes `programme_id`.

    With `of_ecards` the pages of e-cards only.
    """
    kept_as = _OF_ECARDS if of_ecards else _KEPT_AS
    pages = cast(list[MenuItem], app.jinja_env.globals.setdefault(kept_as, []))
    pages.append(page)


def add_value_page(app: GiftShop, page: MenuItem) -> None:
    """The same for the pages of programmes of shopping cards only."""
    cast(list[MenuItem], app.jinja_env.globals.setdefault("value_pages", [])).append(page)
