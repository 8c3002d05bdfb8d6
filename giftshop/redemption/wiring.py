"""Puts the recipient's way in onto the app."""

from __future__ import annotations

from functools import partial

from flask import url_for
from flask_babel import ngettext

from giftshop import cards
from giftshop.cards import ProgrammeEnding
from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.notifications import add_samples
from giftshop.redemption import (
    afterwards,
    binding,
    by_link,
    checking,
    choosing,
    fallback,
    following,
    jobs,
    orders,
    phone_desk,
    phone_steps,
    privacy,
    queries,
    saying,
    views,
    watching,
)
from giftshop.redemption.blueprint import bp
from giftshop.redemption.forms import PROBLEM_WORDS
from giftshop.redemption.samples import samples
from giftshop.web import FEW, GiftShop, Inverse, MenuItem, Piece, Waiting, Watched, shown_count, staff

PAGES = (views, by_link, choosing, checking, following, orders, saying, phone_steps, phone_desk)
"""Each hangs its routes on the blueprint when it is imported."""


def init_app(app: GiftShop) -> None:
    """Register pages and jobs; the hotline finds what recipients report."""
    add_samples(app, "redemption", samples())
    app.register_blueprint(bp)
    app.erasers += privacy.erasers(app.settings.retention)
    app.resealers.append(binding.reseal_phones)
    jobs.init_app(app)
    app.jobs.register(fallback.SEND_FALLBACKS, fallback.send_fallbacks)
    app.events.subscribe(ProgrammeEnding, fallback.note_ending)
    app.events.subscribe(binding.Spending, partial(binding.guard, market=app.settings.market))
    app.jobs.register(binding.FORGET_JOB, binding.forget)
    app.jobs.register(watching.WATCH_JOB, partial(watching.watch, key=app.settings.link_key))
    app.rounds.append(watching.promise_to_watch)
    said = MenuItem(N_("What recipients say"), "redemption.thank_yous", frozenset(saying.READERS), icon="heart")
    cards.add_programme_page(app, said)
    phones = N_("Which cards ask a phone before they are spent, and taking a phone off a card.")
    unbinders = frozenset(phone_desk.UNBINDERS)
    app.menu.append(MenuItem(N_("Phones of cards"), "redemption.card_phone", unbinders, 72, "phone", phones))
    reopen = Inverse(afterwards.reopen, (staff(*saying.HELPERS),), N_("The report waits again."))
    app.watched["problems"] = Watched(
        (staff(*saying.HELPERS),), queries.newest_problem, queries.problems_since, _new_words
    )
    app.inverses["redemption.close_problem"] = reopen
    helpers, hint = frozenset(saying.HELPERS), N_("What recipients report, and what is still to be done about it.")
    app.menu.append(MenuItem(N_("Problems"), "redemption.problems", helpers, 65, "alert-triangle", hint))
    app.waiting.append(
        Waiting(helpers, _reported, _reported_words, "redemption.problems", icon="help-circle", first=_first_reported)
    )


def _reported(reader: Reader, _person: Actor) -> int:
    return queries.all_open_problems(reader)


def _first_reported(reader: Reader, _person: Actor) -> list[Piece]:
    problems = queries.oldest_open_problems(reader, limit=FEW)
    serials = cards.serials_by_id(reader, {problem.card_id for problem in problems})
    where = url_for("redemption.problems")
    return [Piece(serials[each.card_id], where, str(PROBLEM_WORDS[each.kind]), each.reported_at) for each in problems]


def _new_words(count: int) -> str:
    shown = shown_count(count)
    return str(ngettext("%(count)s new report. Refresh", "%(count)s new reports. Refresh", count, count=shown))


def _reported_words(count: int) -> str:
    words = ngettext(
        "%(count)s recipient reports a problem",
        "%(count)s recipients report a problem",
        count,
        count=shown_count(count),
    )
    return str(words)
