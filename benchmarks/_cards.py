"""Cards in people's hands, requests as their browsers send them, and what a request costs in CPU."""

from __future__ import annotations

import io
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event, text
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from giftshop import cards, catalogue, stock
from giftshop.cards.issuing import give_key, issue_some
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.web import GiftShop

ROUNDS = 20
TICKS = os.sysconf("SC_CLK_TCK")
PLENTY = 1_000_000
TOKEN = "a token of the session"


def cards_in_hands(app: GiftShop, quantity: int) -> tuple[list[int], int]:
    """Make active cards of a book with three gifts; return their ids and one gift's."""
    transact = app.database.transact
    name = f"BENCH-{quantity}"
    edition_id = transact(_edition, name)
    gifts = [transact(_gift, f"{name}-{nth}") for nth in range(3)]
    for item_id in gifts:
        transact(catalogue.add_gift, edition_id, item_id, by=SYSTEM, at=clock.now())
    batch_id = transact(_draw_up, edition_id, quantity)
    transact(give_key, batch_id, keyring=app.settings.keyring)
    while transact(issue_some, batch_id, keyring=app.settings.keyring, at=clock.now()):
        pass
    return transact(_activate, batch_id), gifts[0]


def _edition(tx: Transaction, code: str) -> int:
    facts = catalogue.EditionFacts(code, {"en": code, "zh_Hans": code}, Money(20_000, "CNY"))
    return catalogue.draw_up_edition(tx, facts, by=SYSTEM, at=clock.now()).id


def _gift(tx: Transaction, sku: str) -> int:
    at, words = clock.now(), {"en": sku, "zh_Hans": sku}
    facts = catalogue.ItemFacts(sku, words, Money(16_800, "CNY"), words, "longjing-tin")
    item = catalogue.draw_up_item(tx, facts, by=SYSTEM, at=at)
    catalogue.offer_item(tx, item.id, by=SYSTEM, at=at)
    stock.receive(tx, item.id, PLENTY, "bench", by=SYSTEM, at=at)
    return item.id


def _draw_up(tx: Transaction, edition_id: int, quantity: int) -> int:
    at = clock.now()
    firm_id = tx.execute(
        text(
            "INSERT INTO firms"
            " (name, locale, currency, invoice_title, tax_number, contact_line, kind, state, created_at)"
            " VALUES ('Bench', 'en', 'CNY', '', '', '', 'company', 'active', now()) RETURNING id"
        )
    ).scalar_one()
    terms = cards.ProgrammeTerms(
        firm_id=firm_id,
        order_kind="bench",
        order_id=edition_id,
        name="Bench",
        sender_name="Bench",
        hotline="400",
        valid_until=(at + timedelta(days=365)).date(),
        time_zone="Asia/Shanghai",
    )
    programme_id = cards.start_programme(tx, terms, by=SYSTEM, at=at)
    where = {"edition_id": edition_id, "quantity": quantity, "public_url": "https://g.example"}
    return cards.draw_up(tx, programme_id, **where, by=SYSTEM, at=at)  # type: ignore[arg-type]


def _activate(tx: Transaction, batch_id: int) -> list[int]:
    tx.execute(text("UPDATE batches SET state = 'active' WHERE id = :id"), {"id": batch_id})
    tx.execute(text("UPDATE cards SET state = 'active' WHERE batch_id = :id"), {"id": batch_id})
    return list(tx.scalars(text("SELECT id FROM cards WHERE batch_id = :id ORDER BY id"), {"id": batch_id}))


def visit_cookie(app: GiftShop, card_id: int, draft_key: str | None = None) -> str:
    """The cookie of a browser in which this card is open."""
    until = (clock.now() + timedelta(minutes=30)).timestamp()
    gift = {"card_id": card_id, "draft_key": draft_key, "has_proved": False, "until": until}
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return f"session={signer.dumps({'gift': gift, 'csrf_token': TOKEN})!s}"


def request_of(app: Flask, path: str, form: dict[str, str] | None = None, *, cookie: str = "") -> dict[str, Any]:
    """A request as the web server hands it over, ready to be sent; a form carries the token of its session."""
    headers = Headers({"Cookie": cookie} if cookie else {})
    if form is None:
        return EnvironBuilder(path, headers=headers).get_environ()
    if app.secret_key:
        form = form | {"csrf_token": str(URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(TOKEN))}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return EnvironBuilder(path, method="POST", data=urlencode(form).encode(), headers=headers).get_environ()


def send(app: Flask, environ: dict[str, Any]) -> int:
    """Send a request, read the answer, and return its status."""
    told: list[int] = []
    begun = {**environ, "wsgi.input": io.BytesIO(environ["wsgi.input"].read())}

    def start(status: str, *_: object) -> Callable[[bytes], object]:
        told.append(int(status[:3]))
        return told.append  # type: ignore[return-value]  # nobody writes this way any more

    for _part in app.wsgi_app(begun, start):
        pass
    return told[0]


@dataclass
class Side:
    """One of the two that are compared: what a slice of its work is, and what that cost."""

    name: str
    work: Callable[[], object]
    """Send one request."""
    in_slice: int
    cpu: list[float] = field(default_factory=list)
    """Seconds of application and database a request, by slice."""
    took: list[float] = field(default_factory=list)
    """Seconds of each request by the clock on the wall."""

    def measure(self, database: Database) -> None:
        """Do a slice."""
        before = time.process_time() + database_cpu(database)
        for _ in range(self.in_slice):
            began = time.perf_counter()
            self.work()
            self.took.append(time.perf_counter() - began)
        self.cpu.append((time.process_time() + database_cpu(database) - before) / self.in_slice)

    @property
    def milliseconds(self) -> float:
        """CPU of a request, the median of all slices."""
        return statistics.median(self.cpu) * 1000

    @property
    def p99(self) -> float:
        """Milliseconds that 99 of 100 requests stay below."""
        return statistics.quantiles(self.took, n=100)[98] * 1000

    def show(self) -> None:
        """Two lines."""
        low, middle, high = (each * 1000 for each in statistics.quantiles(self.cpu, n=4))
        print(f"{self.name} CPU per request: {middle:.2f} ms (quartiles {low:.2f} and {high:.2f})")
        print(f"{self.name} p99: {self.p99:.1f} ms")


def in_turns(database: Database, *sides: Side, rounds: int = ROUNDS) -> None:
    """Let all sides take turns, so that whatever else the machine does falls on each."""
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(open(os.devnull, "w", encoding="utf-8")),  # noqa: SIM115
    )
    for side in sides:  # what is done once, such as compiling templates, is not measured
        side.work()
    for _ in range(rounds):
        for side in sides:
            side.measure(database)


def database_cpu(database: Database) -> float:
    """Seconds of CPU that PostgreSQL has spent for our connections."""
    with database.engine.connect() as connection:
        pids = connection.execute(text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"))
        return sum(cpu_of(pid) for pid in pids.scalars())


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has spent; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def statements_of(database: Database, work: Callable[[], object]) -> int:
    """How many statements `work` asks the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    work()
    event.remove(database.engine, "before_cursor_execute", note)
    return len(asked)


def one_by_one(requests: Iterator[dict[str, Any]], app: Flask, expected: int) -> Callable[[], None]:
    """Work that sends the next request each time and wants this status."""

    def work() -> None:
        status = send(app, next(requests))
        assert status == expected, status

    return work
