"""Reads of e-cards: a firm's, always through the firm, and the one behind a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from giftshop import cards
from giftshop.cards import Batch, Card, CardState, HeldCard
from giftshop.db import Reader
from giftshop.ecards.errors import DeliveryNotThere, LinkNotValid
from giftshop.ecards.links import CardLink
from giftshop.ecards.models import Delivery, Mailing
from giftshop.ecards.rules import DeliveryState, Shown, reminded_before
from giftshop.kernel.locale import N_
from giftshop.kernel.serials import parse_serial, printed
from giftshop.listing import Choice, Column, Days, Listing, Words
from giftshop.notifications import Channel
from giftshop.paging import PAGE, Page, bounded_count

SORTED_AT_MOST: Final = 5_000
"""E-cards of a programme that are sorted by anything, without an index."""
DIGITS: Final = 4
"""So many, at least, are looked for in phone numbers."""

_CLAIMED: Final = or_(Card.state == CardState.CLAIMED, Card.balance_minor < Batch.face_minor)


@dataclass(frozen=True, slots=True)
class Line:
    """One e-card in its buyer's list."""

    card_id: int
    batch_id: int
    serial_number: int
    name: str | None
    """Whom it is for; None once that is erased."""
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


def ecards_list(
    programme_id: int, *, shown: Shown | None, total: int, channels: Mapping[Channel, str], at: datetime
) -> Listing[Line]:
    """Return the list of a programme's `total` e-cards by serial number, narrowed to how they stand at moment `at`.

    `channels` call by name what they are sent by. How one stands is worked out of many columns: nothing sorts by it. A
    large programme sorts by serial numbers only, which have an index.
    """
    is_small = total <= SORTED_AT_MOST
    by_channel = {channel.value: words for channel, words in channels.items()}
    statement = _joined(_columns(at)).where(Mailing.programme_id == programme_id)
    return Listing(
        f"e-cards-{programme_id}",
        statement if shown is None else statement.where(_stands(at) == shown.value),
        Card.serial,
        columns=(
            Column("name", N_("Recipient"), by=cards.addressee_name() if is_small else None),
            Column("serial", N_("Serial number"), by=Card.serial),
            Column("address", N_("Address"), by=Delivery.address if is_small else None),
            Column("state", N_("State")),
            Column("sent", N_("Sent at"), by=Delivery.sent_at if is_small else None, falls=True),
            Column("opened", N_("Opened at"), by=Delivery.opened_at if is_small else None, falls=True),
        ),
        fields=(
            Words(N_("Recipient, address or serial number"), _matches),
            Choice("by", N_("Sent by"), by_channel, lambda by: Delivery.channel == Channel(by)),
            Days("sent", N_("Sent"), Delivery.sent_at),
        ),
        first="serial",
        make=partial(_line, at),
        is_personal=True,
    )


def came_back(reader: Reader, firm_id: int, *, after: str | None, at: datetime) -> Page[Line]:
    """Return a page of a firm's e-cards that came back and wait for another address."""
    lines = _joined(_columns(at)).where(Mailing.firm_id == firm_id, _IS_BACK, _stands(at) == Shown.BOUNCED.value)
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        lines = lines.where(Card.serial > int(after))
    rows = reader.execute(lines.order_by(Card.serial).limit(PAGE + 1)).all()
    page = [_line(at, *row) for row in rows[:PAGE]]
    return Page(page, str(page[-1].serial_number) if len(rows) > PAGE else None)


def came_back_count(reader: Reader, firm_id: int, *, at: datetime) -> int:
    """Return how many there are, counted as far as a page needs it."""
    waiting = _joined(select(Delivery.card_id)).where(Mailing.firm_id == firm_id, _IS_BACK)
    return bounded_count(reader, waiting.where(_stands(at) == Shown.BOUNCED.value))


def line_of(reader: Reader, firm_id: int, card_id: int, *, at: datetime) -> Line:
    """Return one e-card of a firm. Raises DeliveryNotThere, for another firm's too."""
    one = _joined(_columns(at)).where(Mailing.firm_id == firm_id, Delivery.card_id == card_id)
    found = reader.execute(one).one_or_none()
    if found is None:
        raise DeliveryNotThere
    return _line(at, *found)


_IS_BACK: Final = Delivery.state == DeliveryState.BOUNCED

Some = TypeVarTuple("Some")


def _columns(at: datetime) -> Select[*tuple[Any, ...]]:
    known = (Delivery.card_id, Delivery.batch_id, Card.serial, cards.addressee_name(), _stands(at), Delivery.state)
    sending = (Delivery.channel, Delivery.address, Delivery.sent_at, Delivery.opened_at, Delivery.reminded_at)
    return select(*known, *sending, Delivery.reminders, Delivery.bounce_status)


def _line(at: datetime, *row: Any) -> Line:
    card_id, batch_id, serial, name, stands, state, channel, address, *times, reminders, status = row
    sent_at, opened_at, reminded_at = times
    shown = Shown(stands)
    is_open = shown in {Shown.SENT, Shown.OPENED} and sent_at is not None and address is not None
    is_remindable = is_open and (reminded_at is None or reminded_at <= reminded_before(at))
    is_waiting = state is DeliveryState.SCHEDULED
    known = (name, shown, channel, address, sent_at, opened_at, reminded_at)
    return Line(card_id, batch_id, serial, *known, reminders, status, is_remindable, is_waiting)


def _matches(wanted: str) -> ColumnElement[bool]:
    """Say in SQL that an e-card is found by whom it is for, where it goes, or its number."""
    found = [
        cards.addressee_name().icontains(wanted, autoescape=True),
        Delivery.address.icontains(wanted, autoescape=True),
    ]
    if serial := parse_serial(wanted):
        found.append(Card.serial == serial.number)
    digits = "".join(mark for mark in wanted if mark.isdecimal())
    if len(digits) >= DIGITS and not any(mark.isalpha() for mark in wanted):
        found.append(and_(Delivery.channel == Channel.TEXT, Delivery.address.contains(digits)))
    return or_(*found)


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
