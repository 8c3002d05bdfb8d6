"""Reads: a card by its code, as its holder is to see it; a firm's programmes, as its buyer may."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select

from giftshop.cards.errors import BatchNotThere, CardNotThere, ProgrammeNotThere
from giftshop.cards.guessing import refuse_if_guessing
from giftshop.cards.models import Addressee, Batch, Card, Programme, ProgrammeProduct, Settlement
from giftshop.cards.rules import CardState, ProgrammeKind, Standing, last_day_of, standing
from giftshop.cards.vault import lookup_hashes
from giftshop.db import Reader
from giftshop.kernel.codes import Typo, parse
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.money import Money
from giftshop.kernel.serials import parse_serial, printed


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A card as its holder sees it. Has no code: nobody reads one from the database."""

    id: int
    public_id: bytes
    """128 random bits, what personal links are signed over."""
    serial: str
    last4: str
    standing: Standing
    expires_at: datetime
    claimed_at: datetime | None
    name: str | None
    """Whom it was made for, if it bears a name."""
    batch_id: int
    edition_id: int | None
    """Of a gift book."""
    face: Money
    """What it was worth when it was opened."""
    balance: Money
    """What is left on it."""
    programme_id: int
    kind: ProgrammeKind
    allows_difference: bool
    firm_id: int
    sender_name: str
    headline: str
    greeting: str
    is_surprise: bool
    logo_ref: str | None
    accent: str
    """The sender's colour, as #rrggbb."""
    hotline: str
    valid_until: date | None
    """The last day as it is told; days of grace may follow. None if it never lapses."""
    time_zone: str

    @property
    def is_value(self) -> bool:
        """Whether it is a shopping card, spent in as many visits as it lasts."""
        return self.kind is ProgrammeKind.STORED_VALUE


SHOWN: Final = (
    select(
        Card.id,
        Card.public_id,
        Card.serial,
        Card.last4,
        Card.state.label("card_state"),
        Card.expires_at,
        Card.claimed_at,
        Card.activated_at,
        Addressee.name,
        Card.batch_id,
        Batch.state.label("batch_state"),
        Batch.is_stopped,
        Batch.edition_id,
        Batch.face_minor,
        Batch.currency,
        Card.balance_minor,
        Batch.programme_id,
        Programme.kind,
        Programme.allows_difference,
        Programme.firm_id,
        Programme.sender_name,
        Programme.headline,
        Programme.greeting,
        Programme.is_surprise,
        Programme.logo_ref,
        Programme.accent,
        Programme.hotline,
        Programme.grace_days,
        Programme.time_zone,
    )
    .join(Batch, Batch.id == Card.batch_id)
    .join(Programme, Programme.id == Batch.programme_id)
    .outerjoin(Addressee, Addressee.serial == Card.serial)
)
_BY_ID: Final = SHOWN.where(Card.id == bindparam("id"))
_BY_PUBLIC_ID: Final = SHOWN.where(Card.public_id == bindparam("public_id"))
_BY_HASH: Final = SHOWN.where(Card.secret_hash.in_(bindparam("hashes", expanding=True)))


def card_by_code(reader: Reader, text: str, *, keyring: Keyring, address: str, at: datetime) -> HeldCard | Typo | None:
    """Return the card whose code a person at `address` typed, why it is a typo, or None.

    A typo asks the database nothing. None is the one answer for a code that no card has and for a card that is not
    active yet: the caller counts it with `count_wrong`. Raises TooManyGuesses before looking anything up.
    """
    secret = parse(text)
    if isinstance(secret, Typo):
        return secret
    refuse_if_guessing(reader, address, at=at)
    return _held(reader, _BY_HASH, at, hashes=lookup_hashes(keyring, secret))


def held_card(reader: Reader, card_id: int, *, at: datetime) -> HeldCard:
    """Return the card that somebody has opened with its code before; raises CardNotThere."""
    card = _held(reader, _BY_ID, at, id=card_id)
    if card is None:
        raise CardNotThere
    return card


def held_cards(reader: Reader, card_ids: Collection[int], *, at: datetime) -> dict[int, HeldCard]:
    """Return several cards as their holders see them, by id, in one statement. Those that say nothing are left out."""
    if not card_ids:
        return {}
    found = (as_held(row, at) for row in reader.execute(SHOWN.where(Card.id.in_(card_ids))))
    return {card.id: card for card in found if card}


def held_card_by_public_id(reader: Reader, public_id: bytes, *, at: datetime) -> HeldCard | None:
    """Return the card that a personal link names, if it is active. The caller has checked the link's signature."""
    return _held(reader, _BY_PUBLIC_ID, at, public_id=public_id)


def card_with_serial(reader: Reader, text: str) -> Card:
    """Return the card with the serial number that somebody reads out, for staff; raises CardNotThere."""
    serial = parse_serial(text)
    card = reader.scalar(select(Card).where(Card.serial == serial.number)) if serial else None
    if card is None:
        raise CardNotThere
    return card


def cards_by_ref(reader: Reader, batch_ids: Collection[int]) -> dict[int, int]:
    """Return the ids of these batches' cards by the reference of whoever each was made for, in one statement."""
    if not batch_ids:
        return {}
    named = select(Addressee.ref, Card.id).join(Card, Card.serial == Addressee.serial)
    rows = reader.execute(named.where(Addressee.batch_id.in_(batch_ids), Addressee.ref.is_not(None)))
    return {ref: card_id for ref, card_id in rows if ref is not None}


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card that is open to its holder, as whoever would top it up sees it."""

    id: int
    serial: int
    balance: Money
    bears_name: bool


def open_cards(
    reader: Reader, programme_id: int, *, first: int | None, last: int | None, at: datetime, limit: int
) -> list[OpenCard]:
    """Return the first cards of a programme that can be spent, from serial number `first` through `last`."""
    is_open = (Card.state == CardState.ACTIVE, Card.expires_at > at, Batch.is_stopped.is_(False))
    found = (
        select(Card.id, Card.serial, Card.balance_minor, Batch.currency, Addressee.name)
        .join(Batch, Batch.id == Card.batch_id)
        .outerjoin(Addressee, Addressee.serial == Card.serial)
        .where(Batch.programme_id == programme_id, *is_open)
    )
    if first is not None:
        found = found.where(Card.serial >= first)
    if last is not None:
        found = found.where(Card.serial <= last)
    rows = reader.execute(found.order_by(Card.serial).limit(limit))
    return [OpenCard(row[0], row[1], Money(row[2], row[3]), row[4] is not None) for row in rows]


def serials_by_id(reader: Reader, card_ids: Collection[int]) -> dict[int, str]:
    """Return the printed serial numbers of cards, in one statement."""
    if not card_ids:
        return {}
    rows = reader.execute(select(Card.id, Card.serial).where(Card.id.in_(card_ids)))
    return {card_id: printed(serial) for card_id, serial in rows}


def batch(reader: Reader, batch_id: int) -> Batch:
    """Return one batch; raises BatchNotThere."""
    found = reader.get(Batch, batch_id)
    if found is None:
        raise BatchNotThere
    return found


def waiting_cards(reader: Reader, programme_id: int, *, at: datetime) -> list[int]:
    """Return the ids of a programme's cards that could be redeemed at `at` and have not been, by serial number."""
    waiting = (Batch.programme_id == programme_id, Card.state == CardState.ACTIVE, Card.balance_minor > 0)
    found = select(Card.id).join(Batch, Batch.id == Card.batch_id).where(*waiting, Card.expires_at > at)
    return list(reader.scalars(found.order_by(Card.serial)))


def settlements_of(reader: Reader, programme_id: int) -> Sequence[Settlement]:
    """Return what was settled of a programme, the latest first."""
    of_it = select(Settlement).where(Settlement.programme_id == programme_id)
    return reader.scalars(of_it.order_by(Settlement.id.desc())).all()


def worth_something(reader: Reader, programme_id: int) -> tuple[int, str]:
    """Return how many cards of a programme are worth something, or would be again if extended; and its currency."""
    is_worth = or_(Card.state == CardState.LAPSED, and_(Card.state != CardState.VOID, Card.balance_minor > 0))
    counted = select(func.count(), func.max(Batch.currency)).select_from(Card).join(Batch, Batch.id == Card.batch_id)
    count, currency = reader.execute(counted.where(Batch.programme_id == programme_id, is_worth)).one()
    return count, currency or ""


def batches_of(reader: Reader, programme_ids: Collection[int]) -> list[Batch]:
    """Return the batches of these programmes, oldest first."""
    of_programmes = Batch.programme_id.in_(programme_ids)
    return list(reader.scalars(select(Batch).where(of_programmes).order_by(Batch.id)))


def bears_names(reader: Reader, batch_id: int) -> bool:
    """Whether cards of a batch are made for people by name."""
    return reader.scalar(select(Addressee.serial).where(Addressee.batch_id == batch_id).limit(1)) is not None


def programme(reader: Reader, programme_id: int) -> Programme:
    """Return one programme, of whichever firm: for staff and jobs."""
    return reader.get_one(Programme, programme_id)


def programmes_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Programme]:
    """Return those of `ids` that exist, in one query."""
    return {found.id: found for found in reader.scalars(select(Programme).where(Programme.id.in_(ids)))} if ids else {}


def programme_if_there(reader: Reader, programme_id: int) -> Programme:
    """Return one programme, for staff who may have typed its number; raises ProgrammeNotThere."""
    found = reader.get(Programme, programme_id)
    if found is None:
        raise ProgrammeNotThere
    return found


def products_of(reader: Reader, programme_id: int) -> list[int]:
    """Return the ids of what the shopping cards of a programme can be spent on, in their order."""
    of_programme = select(ProgrammeProduct.item_id).where(ProgrammeProduct.programme_id == programme_id)
    return list(reader.scalars(of_programme.order_by(ProgrammeProduct.position)))


def programme_bought_by(reader: Reader, order_kind: str, order_id: int) -> Programme | None:
    """Return the programme of an order, if it has one."""
    return reader.scalar(select(Programme).where(Programme.order_kind == order_kind, Programme.order_id == order_id))


def _held(reader: Reader, which: Select[*tuple[Any, ...]], at: datetime, **wanted: object) -> HeldCard | None:
    row = reader.run(which, wanted).one_or_none()
    return as_held(row, at) if row else None


def as_held(row: Row[*tuple[object, ...]], at: datetime) -> HeldCard | None:
    """Return a row of `SHOWN` as its holder is to see it at that moment; None if it says nothing yet."""
    facts = dict(row._mapping)
    stands = standing(
        facts.pop("card_state"),
        facts.pop("batch_state"),
        facts["expires_at"],
        is_open=facts.pop("activated_at") is not None,
        is_stopped=facts.pop("is_stopped"),
        at=at,
    )
    if stands is None:
        return None
    facts["serial"] = printed(facts["serial"])
    facts["valid_until"] = last_day_of(facts["expires_at"], facts["time_zone"], facts.pop("grace_days"))
    currency = facts.pop("currency")
    for name in ("face", "balance"):
        facts[name] = Money(facts.pop(f"{name}_minor"), currency)
    return HeldCard(standing=stands, **facts)
