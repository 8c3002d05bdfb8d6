"""How the demonstration's cards come to be on paper, and how a few of their codes come to be known.

No database holds a code, and nobody reads one on a screen. So the demonstration does what a print house does: when
production has opened the batch, it reads some cards' codes, before they are destroyed for good.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final

from giftshop import cards, production
from giftshop.db import Transaction
from giftshop.demo import people
from giftshop.demo.codes import Kept, keep_codes
from giftshop.demo.ordering import THANKS, WELFARE, batch_of
from giftshop.kernel import clock
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop

KEPT: Final = 10
"""Codes to try: of the last cards of each batch, which nobody of the story redeems."""
HOUSE: Final = "云山印务"
"""Who prints for the operator."""
PRINTED: Final = ((THANKS, Kept.GIFT_BOOKS), (WELFARE, Kept.SHOPPING_CARDS))
"""What is printed, and as what its codes are kept."""


def open_runs(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: production opens both batches for its print house. Jobs then write their print files."""

    def telling(tx: Transaction) -> None:
        who: dict[str, Any] = {"by": people.staff(tx, StaffRole.PRODUCTION), "at": clock.now()}
        house_id = production.add_house(tx, production.HouseFacts(HOUSE, is_usual=True), **who)
        for wish, _kind in PRINTED:
            run = production.print_run_of(tx, batch_of(tx, wish).id)
            production.start(tx, run.id, "首次印制", house_id=house_id, **who)

    return telling


def confirm_runs(shop: GiftShop) -> Callable[[Transaction], None]:
    """Keep some codes, and return the telling: the files go to the print house, and every code is destroyed."""
    with shop.database.reading() as reader:
        for wish, kind in PRINTED:
            run = production.print_run_of(reader, batch_of(reader, wish).id)
            printed = cards.open_secrets(reader, run.opening_id or 0, keyring=shop.settings.keyring)
            keep_codes(shop.settings, [card.secret.printed for card in deque(printed, maxlen=KEPT)], kind)

    def telling(tx: Transaction) -> None:
        printer = people.staff(tx, StaffRole.PRODUCTION)
        for wish, _kind in PRINTED:
            run = production.print_run_of(tx, batch_of(tx, wish).id)
            production.fetch(tx, run.id, by=printer, at=clock.now())
            production.confirm(tx, run.id, by=printer, at=clock.now())

    return telling
