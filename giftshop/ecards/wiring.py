"""Puts e-cards onto the app."""

from __future__ import annotations

from datetime import date, datetime

from flask import url_for
from flask_babel import ngettext

from giftshop import cards
from giftshop.cards import BatchIssued
from giftshop.db import Reader, Transaction
from giftshop.ecards import privacy, queries, service, telling
from giftshop.ecards.cli import ecards
from giftshop.ecards.samples import samples
from giftshop.ecards.views import READERS, SENDERS, bp
from giftshop.jobs import JobRun, enqueue
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.locale import N_
from giftshop.notifications import MessageRefused, MessageSent, MessageWithdrawn, add_samples, fill_links
from giftshop.web import FEW, GiftShop, MenuItem, Piece, Waiting, shown_count


def init_app(app: GiftShop) -> None:
    """Add the buyer's pages, the jobs that send, and the ears for what becomes of a message."""
    add_samples(app, "ecards", samples())
    app.register_blueprint(bp)
    app.cli.add_command(ecards)
    app.erasers += privacy.erasers(app.settings.retention)
    app.jobs.register(service.SEND, telling.send)
    app.jobs.register(telling.REMIND, telling.remind_all)
    app.jobs.register(service.FORGET, forget)
    app.events.subscribe(BatchIssued, open_cards)
    app.events.subscribe(MessageSent, service.hear_sent)
    app.events.subscribe(MessageRefused, service.hear_refused)
    app.events.subscribe(MessageWithdrawn, service.hear_withdrawn)
    app.rounds.append(forget_daily())

    def link(reader: Reader, card_id: int, message_id: int) -> str | None:
        return telling.link_of(reader, card_id, message_id, settings=app.settings, at=clock.now())

    fill_links(app, service.KIND, link)
    page = MenuItem(N_("E-cards"), "ecards.index", frozenset(READERS), icon="mail")
    cards.add_programme_page(app, page, of_ecards=True)
    senders = frozenset(SENDERS)
    app.waiting.append(
        Waiting(senders, _back, _back_words, "ecards.came_back", icon="mail", is_pressing=True, first=_first_back)
    )


def open_cards(tx: Transaction, news: BatchIssued) -> None:
    """Subscriber: the e-cards of a paid order exist, so they are open at once: nothing is printed or carried."""
    cards.open_unprinted(tx, news.batch_id, by=SYSTEM, at=clock.now())


def forget(run: JobRun) -> None:
    """Job: erase addresses whose purpose has ended, some hundred in each transaction."""
    while run.transact(service.forget_some, at=run.at):
        pass


class forget_daily:  # noqa: N801 -- called like the function it stands for
    """A round: promise, once a day, that addresses are erased. Remembers the day, so that most rounds ask nothing."""

    def __init__(self) -> None:
        self._done: date | None = None

    def __call__(self, tx: Transaction, at: datetime) -> None:
        """Promise today's erasing, if this process has not."""
        if self._done != at.date():
            enqueue(tx, service.FORGET, {}, key=f"{service.FORGET}/{at.date()}")
            self._done = at.date()


def _back(reader: Reader, person: Actor) -> int:
    return queries.came_back_count(reader, person.firm_id or 0, at=clock.now())


def _first_back(reader: Reader, person: Actor) -> list[Piece]:
    now = clock.now()
    lines = queries.came_back(reader, person.firm_id or 0, after=None, at=now).rows[:FEW]
    return [
        Piece(
            line.name or line.serial,
            url_for(
                "ecards.resend", programme_id=cards.batch(reader, line.batch_id).programme_id, card_id=line.card_id
            ),
            since=line.sent_at,
        )
        for line in lines
    ]


def _back_words(count: int) -> str:
    words = ngettext(
        "%(count)s e-card came back and needs another address",
        "%(count)s e-cards came back and need another address",
        count,
        count=shown_count(count),
    )
    return str(words)
