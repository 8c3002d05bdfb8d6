"""Web server, worker and PostgreSQL killed in turn while recipients redeem: what a page said yes to is there, once."""

from __future__ import annotations

import itertools
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select

from giftshop import audit, stock
from giftshop.audit import AuditEvent
from giftshop.cards import Card, CardState, PrintedCard
from giftshop.config import Settings
from giftshop.db import Database
from giftshop.fulfilment import Shipment
from giftshop.jobs import Job, JobState
from giftshop.kernel import clock
from giftshop.kernel.serials import printed
from giftshop.notifications.models import Message, MessageState
from giftshop.redemption import Redemption
from giftshop.web import GiftShop
from tests.crashes.postgres import Postgres
from tests.crashes.recipient import Recipient
from tests.processes import Program, environ_of, let_leases_lapse, wait_until, worker
from tests.redemption.conftest import Book
from tests.torture import figure
from tools.services import Service, answers, free_port

KILLS = figure(20)
"""Of each program."""
CARDS = 250 * KILLS
"""More than can be redeemed while all this goes on."""
RECIPIENTS = 6
GIFT = "TEA-1"


@dataclass
class Crowd:
    """Recipients who redeem one card after another until told to stop."""

    site: str
    item_id: int
    cards: Iterator[PrintedCard]
    is_over: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[str] = field(default_factory=list)
    """Serial numbers of cards whose confirmation was answered with a yes."""
    troubles: int = 0

    def redeem(self) -> None:
        """One recipient after another, with a browser each."""
        while not self.is_over.is_set():
            card, recipient = next(self.cards), Recipient(self.site)
            location = recipient.redeem(card.secret.printed, self.item_id)
            assert location == "/r/gift", location
            self.acknowledged.append(card.serial)
            self.troubles += recipient.troubles


def web_server(settings: Settings, port: int) -> Program:
    command = [sys.executable, "-m", "gunicorn", "app:app", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    service = Service("web server", [*command, "--no-control-socket"], settings.instance_path / "web.log")
    return Program(service, environ_of(settings, port=port))


@pytest.mark.torture
@pytest.mark.skipif(not os.environ.get("TORTURE"), reason="minutes of killing: `make torture`")
def test_every_redemption_that_a_page_said_yes_to_is_there_once_whatever_was_killed(
    app: GiftShop, settings: Settings, book: Book, postgres: Postgres | None
) -> None:
    book.stock_up(GIFT, CARDS)
    crowd_cards = book.cards(CARDS)
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    web, busy = web_server(settings, port), worker(settings)
    killable: list[Program | Postgres] = [web, busy, *([postgres] if postgres else [])]
    crowd = Crowd(site, book.items[GIFT], iter(crowd_cards))
    web.start()
    busy.start()
    wait_until(lambda: answers(f"{site}/healthz"), "the site", of=web)
    try:
        with ThreadPoolExecutor(RECIPIENTS) as hands:
            recipients = [hands.submit(crowd.redeem) for _ in range(RECIPIENTS)]
            try:
                for victim in itertools.chain.from_iterable([killable] * KILLS):
                    kill_and_start_again(victim, crowd, healthy=lambda: answers(f"{site}/healthz"))
            finally:
                crowd.is_over.set()
            for recipient in recipients:
                recipient.result()
        let_leases_lapse(app.database)
        wait_until(lambda: all_is_done(app.database), "the end of all jobs", of=busy)
    finally:
        web.stop()
        busy.stop()
    assert crowd.troubles > 0, "nobody noticed anything, so nothing was shown"
    assert_all_there_once(book, settings, crowd)


def kill_and_start_again(victim: Program | Postgres, crowd: Crowd, *, healthy: Callable[[], bool]) -> None:
    """Let the crowd get on, kill, and start again; returns when the site answers and somebody has redeemed since."""
    redeemed = len(crowd.acknowledged)
    wait_until(lambda: len(crowd.acknowledged) > redeemed + 1, "somebody to redeem")
    time.sleep(random.uniform(0, 0.3))
    victim.kill()
    time.sleep(random.uniform(0, 0.3))
    victim.start()
    wait_until(healthy, f"the site after {victim}")


def all_is_done(database: Database) -> bool:
    with database.reading() as reader:
        is_done = reader.scalar(select(func.count()).where(Job.state != JobState.DONE, Job.run_at <= clock.now())) == 0
        return is_done and not reader.scalar(select(func.count()).where(AuditEvent.seal_number.is_(None)))


def assert_all_there_once(book: Book, settings: Settings, crowd: Crowd) -> None:
    """Cards, redemptions, parcels, stock, words to recipients and the audit chain agree with what pages said."""
    assert len(set(crowd.acknowledged)) == len(crowd.acknowledged)
    with book.database.reading() as reader:
        claimed = reader.scalars(select(Card.serial).where(Card.state == CardState.CLAIMED)).all()
        redemptions = reader.scalars(select(Redemption.id)).all()
        parcels = reader.scalars(select(Shipment.source_id)).all()
        level = stock.levels(reader, [book.items[GIFT]])[book.items[GIFT]]
        messages = Counter(message.state for message in reader.scalars(select(Message)))
        redeemed = reader.scalar(select(func.count()).where(AuditEvent.action == "cards.claim"))
        verdict = audit.verify(reader, audit.kept_anchor(settings.instance_path))
        events = reader.scalar(select(func.count()).select_from(AuditEvent))
    count = len(crowd.acknowledged)
    assert {printed(number) for number in claimed} == set(crowd.acknowledged)
    assert len(redemptions) == len(claimed) == count == redeemed == level.reserved
    assert sorted(parcels) == sorted(redemptions)
    assert messages == {MessageState.SENT: count}
    assert len(list((settings.instance_path / "outbox").iterdir())) == count
    assert (verdict.sealed, verdict.fault) == (events, None)
