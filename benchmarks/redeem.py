"""Redeeming one card, the whole POST, beside a minimal Flask route that does one UPDATE and one INSERT, as durable.

Both run in this process, one request at a time, on the same PostgreSQL. CPU is the application's and the database's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, text

from benchmarks._cards import (
    ROUNDS,
    Side,
    cards_in_hands,
    in_turns,
    one_by_one,
    request_of,
    send,
    statements_of,
    visit_cookie,
)
from benchmarks._site import postgres, site
from giftshop.addresses import Address, Receiver
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.redemption.drafts import keep_gift, keep_receiver
from giftshop.web import GiftShop

IN_SLICE = 25
LI_LEI = Receiver("李雷", "+8613812345678", Address("CN", "广东省", "广州市", "天河区", "体育西路123号", ""))


def run() -> None:
    """Print statements, CPU, p99 of both sides, and the ratio of CPU."""
    with postgres() as url:
        app = site(url)
        needed = IN_SLICE * ROUNDS + 2
        card_ids, item_id = cards_in_hands(app, needed)
        requests = prepared(app, card_ids, item_id)
        statements = statements_of(app.database, lambda: send(app, next(requests)))
        bare = floor(app, card_ids)
        floor_requests = (request_of(bare, f"/redeem/{card_id}", {}) for card_id in card_ids)
        ours = Side("redeem", one_by_one(requests, app, 303), IN_SLICE)
        theirs = Side("floor", one_by_one(floor_requests, bare, 200), IN_SLICE)
        in_turns(app.database, ours, theirs)
        redeemed = redemptions(app)
        app.database.dispose()
    print(f"redeemed: {redeemed} cards")
    print(f"statements: {statements} (at most 14)")
    ours.show()
    theirs.show()
    print(f"p99: {ours.p99 / theirs.p99:.1f} x the floor's (at most 4)")
    print("goal: CPU at most 4 x the floor's, a ratio of 0.25; then 0.4")
    print(f"ratio: {theirs.milliseconds / ours.milliseconds:.2f}")


def prepared(app: GiftShop, card_ids: list[int], item_id: int) -> Iterator[dict[str, Any]]:
    """Requests that confirm, each with its draft written beforehand."""
    keys = app.database.transact(drafts_of, card_ids, item_id)
    return iter(
        [
            request_of(app, "/r/gift/check", {"seen": "2", "request_key": key}, cookie=visit_cookie(app, card_id, key))
            for card_id, key in zip(card_ids, keys, strict=True)
        ]
    )


def drafts_of(tx: Transaction, card_ids: list[int], item_id: int) -> list[str]:
    """The keys of drafts that are ready to be confirmed."""
    at = clock.now()
    keys = [keep_gift(tx, card_id, item_id, key=None, at=at) for card_id in card_ids]
    for card_id, key in zip(card_ids, keys, strict=True):
        keep_receiver(tx, card_id, LI_LEI, not_before=None, email=None, key=key, at=at)
    return keys


def floor(app: GiftShop, card_ids: list[int]) -> Flask:
    """The least that redeems a card and remembers who gets it, on an engine as it comes."""
    bare, engine = Flask("bare"), create_engine(app.database.url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE floor_cards (id bigint PRIMARY KEY, state text NOT NULL)"))
        connection.execute(
            text("CREATE TABLE floor_redemptions (card_id bigint PRIMARY KEY, receiver text, at timestamptz)")
        )
        rows = [{"id": card_id} for card_id in card_ids]
        connection.execute(text("INSERT INTO floor_cards VALUES (:id, 'active')"), rows)
    claim = text("UPDATE floor_cards SET state = 'claimed' WHERE id = :id AND state = 'active'")
    keep = text("INSERT INTO floor_redemptions VALUES (:id, :receiver, now())")

    @bare.post("/redeem/<int:card_id>")
    def redeem(card_id: int) -> str:
        with engine.begin() as connection:
            assert connection.execute(claim, {"id": card_id}).rowcount == 1
            connection.execute(keep, {"id": card_id, "receiver": "李雷 13812345678 广东省广州市天河区体育西路123号"})
        return "ok"

    return bare


def redemptions(app: GiftShop) -> int:
    """How many there are, to see that it was really done."""
    with app.database.reading() as reader:
        return int(reader.execute(text("SELECT count(*) FROM redemptions")).scalar_one())
