"""What is done from the shop: a gift goes into one of the firm's sets."""

from __future__ import annotations

from datetime import datetime

from giftshop import giftsets
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor


def put_into_set(
    tx: Transaction, firm_id: int, item_id: int, gift_set_id: int | None, name: str, *, by: Actor, at: datetime
) -> int:
    """Put one of an item into a set of the firm, or into a new one that is called `name`. Returns the set's id.

    Raises NoSuchGiftSet, SetFrozen, and what `giftsets.put_in` refuses.
    """
    if gift_set_id is None:
        gift_set_id = giftsets.draw_up(tx, firm_id, name, by=by, at=at)
    giftsets.put_in(tx, gift_set_id, firm_id, item_id)
    return gift_set_id
