"""Puts the recipient's way in onto the app."""

from __future__ import annotations

from flask_babel import ngettext

from giftshop import cards
from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.redemption import choosing, following, jobs, orders, privacy, queries, saying, views
from giftshop.redemption.blueprint import bp
from giftshop.web import GiftShop, MenuItem, Waiting, shown_count

PAGES = (views, choosing, following, orders, saying)
"""Each hangs its routes on the blueprint when it is imported."""


def init_app(app: GiftShop) -> None:
    """Register pages and jobs; the hotline finds what recipients report."""
    app.register_blueprint(bp)
    app.erasers += privacy.erasers(app.settings.retention)
    jobs.init_app(app)
    said = MenuItem(N_("What recipients say"), "redemption.thank_yous", frozenset(saying.READERS), icon="heart")
    cards.add_programme_page(app, said)
    helpers, hint = frozenset(saying.HELPERS), N_("What recipients report, and what is still to be done about it.")
    app.menu.append(MenuItem(N_("Problems"), "redemption.problems", helpers, 65, "alert-triangle", hint))
    app.waiting.append(Waiting(helpers, _reported, _reported_words, "redemption.problems", icon="help-circle"))


def _reported(reader: Reader, _person: Actor) -> int:
    return queries.all_open_problems(reader)


def _reported_words(count: int) -> str:
    words = ngettext(
        "%(count)s recipient reports a problem",
        "%(count)s recipients report a problem",
        count,
        count=shown_count(count),
    )
    return str(words)
