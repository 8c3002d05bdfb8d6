"""A card as staff see it, in whatever state it is: by serial number, never by code, and never the code."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from giftshop.cards.errors import CardNotThere
from giftshop.cards.models import Addressee, Batch, Card, Programme, batch_number
from giftshop.cards.rules import FOREVER, BlockReason, ProgrammeKind, Standing, standing
from giftshop.db import Reader
from giftshop.kernel.clock import local_day
from giftshop.kernel.money import Money
from giftshop.kernel.serials import printed


@dataclass(frozen=True, slots=True)
class StaffCard:
    """What the operator's people may know of a card."""

    id: int
    serial: str
    last4: str
    standing: Standing | None
    """What its holder is told; None: it is not active yet, and its holder is told nothing."""
    block_reason: BlockReason | None
    name: str | None
    """Whom it was made for, if it bears a name."""
    face: Money
    balance: Money
    last_day: date | None
    """The last day to redeem it; None if it never lapses."""
    batch_id: int
    programme_id: int
    programme: str
    kind: ProgrammeKind
    firm_id: int
    sender_name: str

    @property
    def is_value(self) -> bool:
        """Whether it is a shopping card."""
        return self.kind is ProgrammeKind.STORED_VALUE

    @property
    def batch_number(self) -> int:
        """What people call its batch."""
        return batch_number(self.batch_id)


_SEEN: Final = (
    select(
        Card.id,
        Card.serial,
        Card.last4,
        Card.state.label("card_state"),
        Batch.state.label("batch_state"),
        Card.expires_at,
        Card.block_reason,
        Addressee.name,
        Batch.face_minor,
        Card.balance_minor,
        Batch.currency,
        Card.batch_id,
        Batch.programme_id,
        Programme.name.label("programme"),
        Programme.kind,
        Programme.firm_id,
        Programme.sender_name,
        Programme.time_zone,
    )
    .join(Batch, Batch.id == Card.batch_id)
    .join(Programme, Programme.id == Batch.programme_id)
    .outerjoin(Addressee, Addressee.serial == Card.serial)
)


def card_for_staff(reader: Reader, card_id: int, *, at: datetime) -> StaffCard:
    """Return one card; raises CardNotThere."""
    found = cards_for_staff(reader, [card_id], at=at)
    if not found:
        raise CardNotThere
    return found[0]


def cards_for_staff(reader: Reader, card_ids: Collection[int], *, at: datetime) -> list[StaffCard]:
    """Return those of these cards that there are, by serial number, in one statement."""
    if not card_ids:
        return []
    rows = reader.execute(_SEEN.where(Card.id.in_(card_ids)).order_by(Card.serial))
    return [_as_seen(dict(row._mapping), at) for row in rows]


def card_ids_with_serials(reader: Reader, numbers: Collection[int]) -> list[int]:
    """Return the ids of those cards that bear one of these serial numbers (`Serial.number`), in one statement."""
    return list(reader.scalars(select(Card.id).where(Card.serial.in_(numbers)))) if numbers else []


def _as_seen(facts: dict[str, Any], at: datetime) -> StaffCard:
    until, currency = facts.pop("expires_at"), facts.pop("currency")
    return StaffCard(
        serial=printed(facts.pop("serial")),
        standing=standing(facts.pop("card_state"), facts.pop("batch_state"), until, at=at),
        last_day=_last_day(until, facts.pop("time_zone")),
        face=Money(facts.pop("face_minor"), currency),
        balance=Money(facts.pop("balance_minor"), currency),
        **facts,
    )


def _last_day(expires_at: datetime, time_zone: str) -> date | None:
    return None if expires_at >= FOREVER else local_day(expires_at - timedelta(microseconds=1), time_zone)
