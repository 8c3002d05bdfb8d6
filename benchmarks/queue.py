"""The dispatch queue at a thousand and at a million open shipments: open, filter, page deep, search, claim.

Both queues take turns, and each act is a whole request: guard, session, statements, template. CPU is the application's
and PostgreSQL's together.
"""

from __future__ import annotations

import logging
import os
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import structlog
from flask.testing import FlaskClient
from sqlalchemy import event, text

from benchmarks._site import postgres, site
from giftshop import fulfilment
from giftshop.db import Transaction
from giftshop.fulfilment.rules import NUMBERS
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop

SIZES = (1_000, 1_000_000)
ROUNDS = 20
REQUESTS = 6
TICK = os.sysconf("SC_CLK_TCK")
FIRST_DAY = date(2026, 9, 1)
DAYS = 60


@dataclass
class Queue:
    """One queue, and what its requests cost."""

    app: GiftShop
    client: FlaskClient
    size: int
    backends: set[int] = field(default_factory=set)
    costs: dict[str, list[float]] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    claimed: int = 0


Act = Callable[[Queue], None]


def run() -> None:
    """Print the CPU of each act on both queues, and the worst ratio."""
    with ExitStack() as stack:
        short, long = (prepared(stack, size) for size in SIZES)
        for act, perform in ACTS.items():
            for queue in (short, long):
                count(queue, act, perform)
            for _ in range(ROUNDS):
                for queue in (short, long):
                    queue.costs.setdefault(act, []).append(cost(queue, perform))
        ratios = [show(act, short, long) for act in ACTS]
        for queue in (short, long):
            queue.app.database.dispose()
    print("goal: at most 1.5 x, that is a ratio of at least 0.67")
    print(f"ratio: {min(ratios):.2f}")


def prepared(stack: ExitStack, size: int) -> Queue:
    """A site whose queue has `size` shipments waiting."""
    app = site(stack.enter_context(postgres()))
    packer = app.database.transact(fill, size)
    app.identify = lambda: packer
    app.config["WTF_CSRF_ENABLED"] = False
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return Queue(app, app.test_client(), size)


def fill(tx: Transaction, size: int) -> Actor:
    """Two hundred firms, a packer, the usual carriers, and the shipments, made by the database itself."""
    user = tx.execute(text(USER)).scalar_one()
    packer = Actor(ActorKind.STAFF, user, roles=frozenset({StaffRole.FULFILMENT}), name="Bench")
    fulfilment.add_usual_carriers(tx, by=packer, at=clock.now())
    tx.execute(text(FIRMS))
    tx.execute(text(SHIPMENTS), {"size": size, "first": FIRST_DAY, "days": DAYS})
    tx.execute(text(LINES))
    return packer


def get(address: str) -> Act:
    """An act that opens one page."""

    def perform(queue: Queue) -> None:
        assert queue.client.get(address).status_code == 200, address

    return perform


def claim(queue: Queue) -> None:
    """Take one more parcel, far from the last."""
    queue.claimed += 1
    number = NUMBERS.of(queue.claimed * 7 % queue.size + 1)
    assert queue.client.post("/dispatch/scan", data={"code": number}).status_code == 302


DEEP = FIRST_DAY + timedelta(days=DAYS * 2 // 3)
ACTS: dict[str, Act] = {
    "open": get("/dispatch?view=waiting"),
    "filter": get(f"/dispatch?view=waiting&firm=7&by={DEEP}"),
    "deep page": get(f"/dispatch?view=waiting&at={DEEP}.400"),
    "search a phone": get("/dispatch?q=13800000321"),
    "claim": claim,
}


def cost(queue: Queue, perform: Act) -> float:
    """CPU milliseconds of one request, in the application and in PostgreSQL, over one slice."""
    own, theirs = time.process_time(), backend_seconds(queue)
    for _ in range(REQUESTS):
        perform(queue)
    spent = time.process_time() - own + backend_seconds(queue) - theirs
    return 1000 * spent / REQUESTS


def count(queue: Queue, act: str, perform: Act) -> None:
    """Note how many statements an act takes, and which processes of PostgreSQL do it."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    perform(queue)
    event.listen(queue.app.database.engine, "before_cursor_execute", hear)
    perform(queue)
    event.remove(queue.app.database.engine, "before_cursor_execute", hear)
    queue.statements[act] = len(said)
    with queue.app.database.reading() as reader:
        here = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        queue.backends |= set(reader.scalars(text(here)))


def backend_seconds(queue: Queue) -> float:
    """CPU seconds that this queue's PostgreSQL has spent on us so far."""
    spent = 0
    for pid in queue.backends:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / TICK


def show(act: str, short: Queue, long: Queue) -> float:
    """Print an act's figures; return how it compares."""
    small, large = (statistics.median(queue.costs[act]) for queue in (short, long))
    low, _, high = statistics.quantiles(long.costs[act], n=4)
    print(f"{act} at 1,000: {small:.1f} ms CPU")
    print(f"{act} at 1,000,000: {large:.1f} ms CPU (quartiles {low:.1f} and {high:.1f})")
    print(f"{act}: {short.statements[act]} and {long.statements[act]} statements, {large / small:.2f} x")
    return small / large


USER = """
INSERT INTO users (email, name, phone, locale, state, password_hash, session_version, created_at)
VALUES ('bench@giftshop.example', 'Bench', '', 'en', 'active', 'none', 1, now()) RETURNING id"""
FIRMS = """
INSERT INTO firms (name, locale, currency, invoice_title, tax_number, contact_line, state, kind, created_at)
SELECT 'Firm ' || n, 'en', 'CNY', '', '', '', 'active', 'company', now() FROM generate_series(1, 200) n"""
SHIPMENTS = """
INSERT INTO shipments (source_kind, source_id, firm_id, receiver_name, receiver_phone, country, region, city,
    district, street, postcode, state, revision, promised_on, is_surprise, slips_printed, labels_printed, attempt,
    requested_at)
SELECT 'bench', n, 1 + n % 200, 'Receiver ' || n, '+86138' || lpad(n::text, 8, '0'), 'CN', '广东省', '广州市',
    '天河区', '体育西路123号', '', 'waiting', 0, CAST(:first AS date) + (n::bigint * 7919 % :days)::int, false, 0, 0, 1,
    now()
FROM generate_series(1, :size) n"""
LINES = """
INSERT INTO shipment_lines (shipment_id, words, code, quantity, scanned)
SELECT id, '{"en": "West Lake Longjing", "zh_Hans": "西湖龙井"}', 'TEA-1', 1, 0 FROM shipments"""
