"""Redeeming and opening cards among ten thousand and among ten million: neither may get dearer as cards pile up.

Both sizes take turns, each on a PostgreSQL of its own. The ten million are made by the database itself; the cards that
are redeemed and opened lie anywhere among them. `python -m benchmarks grow=1000000` takes another size, and says so.
"""

from __future__ import annotations

import random
from itertools import cycle

from sqlalchemy import text

from benchmarks._cards import Side, cards_in_hands, in_turns, one_by_one, request_of, visit_cookie
from benchmarks._site import postgres, site
from benchmarks.redeem import prepared
from giftshop.web import GiftShop

IN_SLICE, ROUNDS = 25, 12
FEW, MANY = 10_000, 10_000_000
REAL = 100
"""Cards made as they are in life; the others are copies of them with numbers of their own."""
FILL = """
INSERT INTO cards (batch_id, serial, secret_hash, last4, public_id, state, balance_minor, expires_at)
SELECT batch_id, serial + 1000000000000 + n, sha256(n::text::bytea), last4, substr(sha256((-n)::text::bytea), 1, 16),
    state, balance_minor, expires_at
FROM (SELECT * FROM cards ORDER BY id LIMIT 1) one, generate_series(1, :missing) n"""
RANDOM_KEYS = ("secret_hash", "public_id")
"""Their indexes are made at the end: kept up row by row they would take an hour."""


def run(many: str = str(MANY)) -> None:
    """Print CPU of both pages at both sizes, and the worse of the two ratios."""
    size = int(many)
    with postgres() as small, postgres() as large:
        few, theirs = sides(small, FEW)
        lots, others = sides(large, size)
        in_turns(few.database, *theirs, *others, rounds=ROUNDS)
        few.database.dispose()
        lots.database.dispose()
    for side in (*theirs, *others):
        side.show()
    ratios = [side.milliseconds / other.milliseconds for side, other in zip(theirs, others, strict=True)]
    for name, ratio in zip(("redeem", "view"), ratios, strict=True):
        print(f"{name} growth: {1 / ratio:.2f} x from {FEW:,} to {size:,} cards (at most 1.3)")
    print(f"ratio: {min(ratios):.2f}")


def sides(url: str, size: int) -> tuple[GiftShop, tuple[Side, Side]]:
    """A site with so many cards, and its two pages: redeeming, and opening."""
    app = site(url)
    ids, item_id = cards_in_hands(app, REAL)
    fill(app, size - REAL)
    chosen = random.Random(size).sample(range(ids[0], ids[0] + size), 2 * (IN_SLICE * ROUNDS + 1))
    redeemed, opened = chosen[: len(chosen) // 2], chosen[len(chosen) // 2 :]
    confirming = one_by_one(prepared(app, redeemed, item_id), app, 303)
    letters = [request_of(app, "/r/gift", cookie=visit_cookie(app, card_id)) for card_id in opened]
    opening = one_by_one(cycle(letters), app, 200)
    return app, (
        Side(f"redeem among {size:,}", confirming, IN_SLICE, database=app.database),
        Side(f"view among {size:,}", opening, IN_SLICE, database=app.database),
    )


def fill(app: GiftShop, missing: int) -> None:
    """Add so many active cards, all different, to the first one's batch."""
    with app.database.engine.begin() as connection:
        for key in RANDOM_KEYS:
            connection.execute(text(f"ALTER TABLE cards DROP CONSTRAINT uq_cards_{key}"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # every one has the same batch
        connection.execute(text(FILL), {"missing": missing})
        connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        for key in RANDOM_KEYS:
            connection.execute(text(f"ALTER TABLE cards ADD CONSTRAINT uq_cards_{key} UNIQUE ({key})"))
    with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))
