"""Puts cards onto the app."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop.cards import card_views, desk, guessing_views, progress, queries, watching
from giftshop.cards.desk.queries import to_be_agreed, to_be_agreed_count
from giftshop.cards.ending import LAPSE_JOB, REMIND_JOB, find_ended, lapse, remind
from giftshop.cards.issuing import issue_batch
from giftshop.cards.resealing import reseal_batch_keys
from giftshop.cards.samples import samples
from giftshop.cards.service import ISSUE_JOB
from giftshop.cards.views import READERS, bp
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.notifications import add_samples
from giftshop.web import FEW, GiftShop, Lately, MenuItem, Piece, Place, Waiting, long_day
from giftshop.web.filters import money

PAGES = (card_views, guessing_views)
"""Each hangs its routes on the blueprint when it is imported."""


def init_app(app: GiftShop) -> None:
    """Let the worker issue batches and watch for odd patterns, and people see what concerns them."""
    add_samples(app, "cards", samples())
    app.jobs.register(ISSUE_JOB, partial(issue_batch, keyring=app.settings.keyring))
    app.jobs.register(LAPSE_JOB, lapse)
    app.jobs.register(REMIND_JOB, remind)
    app.rounds.append(partial(find_ended, time_zone=app.settings.time_zone))
    app.jobs.register(watching.WATCH_JOB, watching.watch)
    app.rounds.append(watching.promise_to_watch)
    app.resealers.append(reseal_batch_keys)
    app.register_blueprint(bp)
    app.register_blueprint(desk.bp)
    hint = N_("What you have given, and how many have chosen their gift.")
    desk_hint = N_("Every firm's cards: opened, stopped, replaced, extended, settled.")
    lookers = frozenset(desk.LOOKERS)
    app.menu.append(MenuItem(N_("Cards"), "card_desk.index", lookers, 45, "gift-card", desk_hint))
    second = frozenset({StaffRole.FINANCE, StaffRole.ADMINISTRATOR})
    app.waiting.append(
        Waiting(second, _to_be_agreed, _to_be_agreed_words, "card_desk.index", icon="gift-card", first=_first_to_agree)
    )
    app.menu.append(MenuItem(N_("Programmes"), "cards.programmes", frozenset(READERS), 40, "gift-card", hint))
    app.lately.append(Lately(N_("How far your gifts are"), frozenset(READERS), _last_programmes, "cards.programmes"))
    app.places["programme"] = Place("card_desk.programme", _programmes_by_id)
    guesses = N_("Who tries codes that open nothing, and whom we let in again.")
    lookers = frozenset(guessing_views.LOOKERS)
    app.menu.append(MenuItem(N_("Wrong codes"), "cards.wrong_codes", lookers, 70, "lock", guesses))


def _to_be_agreed(reader: Reader, _person: Actor) -> int:
    return to_be_agreed_count(reader)


def _first_to_agree(reader: Reader, _person: Actor) -> list[Piece]:
    batches = to_be_agreed(reader)[:FEW]
    return [
        Piece(
            _("Batch %(number)s", number=each.number),
            url_for("card_desk.batch", batch_id=each.id),
            money(each.face * each.quantity),
            each.received_at,
        )
        for each in batches
    ]


def _last_programmes(reader: Reader, person: Actor) -> list[Piece]:
    rows = progress.programmes_of(reader, person.firm_id or 0).rows[:4]
    counts = progress.programme_progress(reader, [each.id for each in rows], at=clock.now())
    return [
        Piece(
            each.name,
            url_for("cards.programme", programme_id=each.id),
            _("until %(day)s", day=long_day(each.valid_until)) if each.valid_until else "",
            done=(counts[each.id].claimed, counts[each.id].ordered),
        )
        for each in rows
    ]


def _programmes_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Piece]:
    return {
        key: Piece(each.name, url_for("card_desk.programme", programme_id=key), each.sender_name)
        for key, each in queries.programmes_by_id(reader, ids).items()
    }


def _to_be_agreed_words(count: int) -> str:
    return str(
        ngettext(
            "%(num)s large batch waits for a second person", "%(num)s large batches wait for a second person", count
        )
    )
