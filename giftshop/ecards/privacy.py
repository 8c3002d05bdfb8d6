"""Where e-cards went: an e-mail address or a telephone number of each recipient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from giftshop import cards
from giftshop.db import Reader, Transaction
from giftshop.ecards.models import Delivery
from giftshop.ecards.rules import DeliveryState
from giftshop.ecards.service import forget_addresses
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.web.privacy import Eraser, RowKey, Traces, Whom

_ON_ITS_WAY = (DeliveryState.SCHEDULED, DeliveryState.SENDING)


def erasers(keep: Retention) -> list[Eraser]:
    """Return what e-cards know of people. The room's own job erases what has grown old."""
    return [Eraser("ecards.addresses", N_("Where e-cards went"), _find, _erase, keep.addresses, None)]


def _find(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    known = [Delivery.address == whom.phone] if whom.phone else []
    known += [func.lower(Delivery.address) == whom.email] if whom.email else []
    found = reader.scalars(select(Delivery).where(or_(*known))).all()
    waiting = [each.card_id for each in found if each.state in _ON_ITS_WAY]
    return Traces(
        [each.card_id for each in found if each.card_id not in waiting],
        list(cards.serials_by_id(reader, waiting).values()),
    )


def _erase(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return forget_addresses(tx, [int(row) for row in rows])
