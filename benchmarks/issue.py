"""Issuing a million cards, with secrets, hashes and seals, beside a bare COPY of ready rows into the same table.

Both sides take turns, fifty thousand cards each, and commit durably. Memory is that of a process of its own which
issues a hundred thousand cards, and of one that issues a million.
"""

from __future__ import annotations

import io
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import timedelta

from sqlalchemy import text

from benchmarks._site import postgres, site
from giftshop import cards, catalogue
from giftshop.cards.issuing import give_key, issue_some
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.web import GiftShop

MILLION = 1_000_000
SLICE = 50_000
COLUMNS = "serial, secret_hash, last4, public_id, batch_id, state, balance_minor, expires_at"


def run() -> None:
    """Print cards a second of both sides, memory, and the ratio of throughput."""
    with postgres() as url:
        app = site(url)
        batch_id = draw_up(app, MILLION)
        app.database.transact(floor_table)
        ours, floor = [], []
        for turn in range(MILLION // SLICE):
            ours.append(rate(lambda: issue_slice(app, batch_id)))
            ready = ready_rows(app, batch_id, turn)
            floor.append(rate(lambda rows=ready: copy(app, rows)))
        show("issue", ours)
        show("bare copy", floor)
        app.database.dispose()
    small, large = peak_mb(MILLION // 10), peak_mb(MILLION)
    print(f"memory at 100,000: {small:.0f} MB")
    print(f"memory at 1,000,000: {large:.0f} MB")
    print(f"memory growth: {large / small:.2f} x (at most 1.3)")
    print("goal: at least 0.35")
    print(f"ratio: {statistics.median(o / f for o, f in zip(ours, floor, strict=True)):.2f}")


def draw_up(app: GiftShop, quantity: int) -> int:
    """A batch that has its key and no cards."""
    return app.database.transact(_draw_up, app, quantity)


def _draw_up(tx: Transaction, app: GiftShop, quantity: int) -> int:
    now = clock.now()
    facts = catalogue.EditionFacts("BENCH", {"en": "Bench"}, Money(20_000, "CNY"))
    edition = catalogue.draw_up_edition(tx, facts, by=SYSTEM, at=now)
    firm = tx.execute(
        text(
            "INSERT INTO firms"
            " (name, locale, currency, invoice_title, tax_number, contact_line, state, kind, created_at)"
            " VALUES ('Bench', 'en', 'CNY', '', '', '', 'active', 'company', now()) RETURNING id"
        )
    ).scalar_one()
    terms = cards.ProgrammeTerms(
        firm_id=firm,
        order_kind="order",
        order_id=1,
        name="Bench",
        sender_name="Bench",
        hotline="400",
        valid_until=(now + timedelta(days=365)).date(),
        time_zone="Asia/Shanghai",
    )
    programme_id = cards.start_programme(tx, terms, by=SYSTEM, at=now)
    batch_id = cards.draw_up(
        tx, programme_id, edition_id=edition.id, quantity=quantity, public_url="https://g.example", by=SYSTEM, at=now
    )
    give_key(tx, batch_id, keyring=app.settings.keyring)
    return batch_id


def issue_slice(app: GiftShop, batch_id: int) -> None:
    """What the job does, for one slice."""
    for _ in range(SLICE // 10_000):
        app.database.transact(issue_some, batch_id, keyring=app.settings.keyring, at=clock.now())


def floor_table(tx: Transaction) -> None:
    """A second table like the first, indexes and constraints included."""
    tx.execute(text("CREATE TABLE floor_cards (LIKE cards INCLUDING ALL)"))
    tx.execute(text("ALTER TABLE floor_cards ADD FOREIGN KEY (batch_id) REFERENCES batches (id)"))
    tx.execute(text("CREATE SEQUENCE floor_ids"))
    tx.execute(text("ALTER TABLE floor_cards ALTER id SET DEFAULT nextval('floor_ids')"))


def ready_rows(app: GiftShop, batch_id: int, turn: int) -> bytes:
    """The rows of a slice as COPY takes them, made beforehand."""
    first, out = turn * SLICE, io.BytesIO()
    noise = os.urandom(48 * SLICE)
    for nth in range(SLICE):
        own = noise[48 * nth : 48 * (nth + 1)]
        row = (
            first + nth,
            f"\\\\x{own[:32].hex()}",
            "7K3M",
            f"\\\\x{own[32:].hex()}",
            batch_id,
            "sealed",
            20_000,
            "2027-01-01Z",
        )
        out.write("\t".join(map(str, row)).encode() + b"\n")
    return out.getvalue()


def copy(app: GiftShop, rows: bytes) -> None:
    """The floor: nothing but the copying."""
    app.database.transact(_copy, rows)


def _copy(tx: Transaction, rows: bytes) -> None:
    driver = tx.connection().connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f"COPY floor_cards ({COLUMNS}) FROM STDIN") as pipe:
        pipe.write(rows)


def rate(work: object) -> float:
    """Cards a second of one slice."""
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return SLICE / (time.perf_counter() - began)


def show(name: str, rates: list[float]) -> None:
    """One line: the median, and the quartiles."""
    low, middle, high = statistics.quantiles(rates, n=4)
    print(f"{name}: {middle:,.0f} cards/s (quartiles {low:,.0f} and {high:,.0f})")


def peak_mb(quantity: int) -> float:
    """The peak memory of a process that issues so many cards."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.issue", str(quantity)], check=True, capture_output=True, text=True
    )
    return float(done.stdout.strip().splitlines()[-1])


def alone(quantity: int) -> None:
    """Issue so many cards and print this process's peak memory in MB."""
    with postgres() as url:
        app = site(url)
        batch_id = draw_up(app, quantity)
        while app.database.transact(issue_some, batch_id, keyring=app.settings.keyring, at=clock.now()):
            pass
        app.database.dispose()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    alone(int(sys.argv[1]))
