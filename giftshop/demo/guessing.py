"""Somebody tries codes, and one of them is a card's that its firm does not have yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from giftshop import cards
from giftshop.cards import Batch, BatchState, Card
from giftshop.db import Transaction
from giftshop.jobs import enqueue
from giftshop.kernel import clock
from giftshop.web import GiftShop

GUESSES: Final = {"203.0.113.24": 12, "198.51.100.7": 3, "2001:db8:21:7::5": 1}
"""How many codes were wrong from where; the addresses are those that are kept for examples (RFC 5737, RFC 3849)."""
READ_ON_THE_WAY: Final = "198.51.100.7"


def try_codes(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: wrong codes within the last minutes, and what the watch makes of them."""

    def telling(tx: Transaction) -> None:
        now = clock.now()
        for address, count in GUESSES.items():
            for nth in range(count):
                cards.count_wrong(tx, address, at=now - timedelta(seconds=10 * nth))
        not_yet = Batch.state.in_((BatchState.SEALED, BatchState.PRINTED, BatchState.SHIPPED))
        found = tx.scalar(select(Card).join(Batch).where(not_yet).order_by(Card.id).limit(1))
        if found is not None:
            cards.count_wrong(tx, READ_ON_THE_WAY, hashes=[found.secret_hash], at=now)
        enqueue(tx, cards.WATCH_JOB, {}, key="demo.watch")

    return telling
