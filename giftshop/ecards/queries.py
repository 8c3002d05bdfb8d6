"""Reads of e-cards: a firm's, always through the firm, and the one behind a link."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVarTuple

import sqlalchemy
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from giftshop import cards
from giftshop.cards import Batch, Card, CardState, HeldCard
from giftshop.db import Reader
from giftshop.ecards.errors import DeliveryNotThere, LinkNotValid
from giftshop.ecards.links import CardLink
from giftshop.ecards.models import Delivery, Mailing
from giftshop.ecards.rules import DeliveryState, Shown, reminded_before
from giftshop.kernel.serials import printed
from giftshop.notifications import Channel
from giftshop.paging import PAGE, Page, bounded_count

_CLAIMED: Final = or_(Card.state == CardState.CLAIMED, Card.balance_minor < Batch.face_minor)


@dataclass(frozen=True, slots=True)
class Line:
    """One e-card in its buyer's list."""

    card_id: int
    batch_id: int
    serial_number: int
    shown: Shown
    channel: Channel
    address: str | None
    sent_at: datetime | None
    opened_at: datetime | None
    reminded_at: datetime | None
    reminders: int
    bounce_status: str | None
    is_remindable: bool
    is_waiting: bool
    """Whether it waits for its hour, so that no link was ever sent."""

    @property
    def serial(self) -> str:
        """The serial number in groups, as people read it."""
        return printed(self.serial_number)


@dataclass(frozen=True, slots=True)
class Opened:
    """The e-card behind a living link, and where its holder can be asked who they are."""

    card: HeldCard
    channel: Channel
    address: str | None


def behind(reader: Reader, secret: str, key: bytes, *, at: datetime) -> Opened:
    """Return the e-card that a link opens. Raises LinkNotValid; what we did not sign asks the database nothing."""
    link = CardLink.read(secret, key)
    card = cards.held_card_by_public_id(reader, link.public_id, at=at) if link else None
    delivery = reader.get(Delivery, card.id) if card else None
    if card is None or link is None or delivery is None or delivery.version != link.version:
        raise LinkNotValid
    return Opened(card, delivery.channel, delivery.address)


def mailings_of(reader: Reader, programme_id: int) -> Sequence[Mailing]:
    """Return when the e-cards of a programme are sent, batch by batch; none of a programme on paper."""
    return reader.scalars(select(Mailing).where(Mailing.programme_id == programme_id).order_by(Mailing.batch_id)).all()


def counts_of(reader: Reader, programme_id: int, *, at: datetime) -> dict[Shown, int]:
    """Return how many e-cards of a programme stand how, in one statement."""
    counted = [func.count(case((_stands(at) == shown.value, 1))) for shown in Shown]
    row = reader.execute(_joined(select(*counted)).where(Mailing.programme_id == programme_id)).one()
    return dict(zip(Shown, row, strict=True))


def lines_of(
    reader: Reader, programme_id: int, *, shown: Shown | None, after: str | None, at: datetime, size: int = PAGE
) -> Page[Line]:
    """Return a page of a programme's e-cards by serial number, narrowed to how they stand."""
    return _page(reader, Mailing.programme_id == programme_id, shown, after=after, at=at, size=size)


def came_back(reader: Reader, firm_id: int, *, after: str | None, at: datetime) -> Page[Line]:
    """Return a page of a firm's e-cards that came back and wait for another address."""
    return _page(reader, and_(Mailing.firm_id == firm_id, _IS_BACK), Shown.BOUNCED, after=after, at=at)


def came_back_count(reader: Reader, firm_id: int, *, at: datetime) -> int:
    """Return how many there are, counted as far as a page needs it."""
    waiting = _joined(select(Delivery.card_id)).where(Mailing.firm_id == firm_id, _IS_BACK)
    return bounded_count(reader, waiting.where(_stands(at) == Shown.BOUNCED.value))


def line_of(reader: Reader, firm_id: int, card_id: int, *, at: datetime) -> Line:
    """Return one e-card of a firm. Raises DeliveryNotThere, for another firm's too."""
    found = _page(reader, and_(Mailing.firm_id == firm_id, Delivery.card_id == card_id), None, after=None, at=at).rows
    if not found:
        raise DeliveryNotThere
    return found[0]


def names_of(reader: Reader, card_ids: Collection[int], *, at: datetime) -> dict[int, str]:
    """Return whom each e-card is for, in one statement."""
    return {card_id: card.name or "" for card_id, card in cards.held_cards(reader, card_ids, at=at).items()}


_IS_BACK: Final = Delivery.state == DeliveryState.BOUNCED

Some = TypeVarTuple("Some")
Facts = tuple[
    int,
    int,
    int,
    str,
    Channel,
    str | None,
    datetime | None,
    datetime | None,
    datetime | None,
    int,
    str | None,
    DeliveryState,
]


def _page(
    reader: Reader,
    which: ColumnElement[bool],
    shown: Shown | None,
    *,
    after: str | None,
    at: datetime,
    size: int = PAGE,
) -> Page[Line]:
    lines = _joined(_columns(at)).where(which)
    if shown is not None:
        lines = lines.where(_stands(at) == shown.value)
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        lines = lines.where(Card.serial > int(after))
    rows = reader.execute(lines.order_by(Card.serial).limit(size + 1)).all()
    page = [_line(row, at) for row in rows[:size]]
    return Page(page, str(page[-1].serial_number) if len(rows) > size else None)


def _columns(at: datetime) -> Select[*Facts]:
    known = (Delivery.card_id, Delivery.batch_id, Card.serial, _stands(at), Delivery.channel, Delivery.address)
    return select(
        *known,
        Delivery.sent_at,
        Delivery.opened_at,
        Delivery.reminded_at,
        Delivery.reminders,
        Delivery.bounce_status,
        Delivery.state,
    )


def _line(row: sqlalchemy.Row[*Facts], at: datetime) -> Line:
    card_id, batch_id, serial, stands, channel, address, sent_at, opened_at, reminded_at, reminders, status, state = row
    shown = Shown(stands)
    is_open = shown in {Shown.SENT, Shown.OPENED} and sent_at is not None and address is not None
    is_remindable = is_open and (reminded_at is None or reminded_at <= reminded_before(at))
    known = (sent_at, opened_at, reminded_at, reminders, status)
    is_waiting = state is DeliveryState.SCHEDULED
    return Line(card_id, batch_id, serial, shown, channel, address, *known, is_remindable, is_waiting)


def _joined(statement: Select[*Some]) -> Select[*Some]:
    return (
        statement.select_from(Delivery)
        .join(Mailing, Mailing.batch_id == Delivery.batch_id)
        .join(Card, Card.id == Delivery.card_id)
        .join(Batch, Batch.id == Card.batch_id)
    )


def _stands(at: datetime) -> ColumnElement[str]:
    """Say in SQL what `Shown` says in words. What became of the card goes before what became of its message."""
    is_over = or_(Card.state.in_([CardState.BLOCKED, CardState.VOID]), Card.expires_at <= at)
    return case(
        (_CLAIMED, Shown.CLAIMED.value),
        (or_(is_over, Delivery.state == DeliveryState.STOPPED), Shown.STOPPED.value),
        (Delivery.state == DeliveryState.BOUNCED, Shown.BOUNCED.value),
        (Delivery.state.in_([DeliveryState.SCHEDULED, DeliveryState.SENDING]), Shown.SCHEDULED.value),
        (Delivery.opened_at.is_not(None), Shown.OPENED.value),
        else_=Shown.SENT.value,
    )
