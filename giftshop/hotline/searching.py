"""One box for whatever a caller can name. What was typed is looked for and thrown away: it may say who somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from giftshop import cards, fulfilment, orders, redemption
from giftshop.cards import CardNotThere, StaffCard
from giftshop.db import Reader
from giftshop.fulfilment import Shipment
from giftshop.hotline.rules import MOST_FOUND, FoundBy, is_a_code, near_serials
from giftshop.kernel.errors import Missing
from giftshop.orders import Order


class Hint(StrEnum):
    """What to say about a search besides what it found."""

    NOTHING = "nothing"
    """Nobody and nothing."""
    A_CODE = "a_code"
    """A code: there is a field for it where nobody reads along."""
    ALMOST = "almost"
    """A serial number with a wrong digit; these are near."""
    WRONG_DIGIT = "wrong_digit"
    """A serial number with a wrong digit, and nothing near it."""
    MORE = "more"
    """More than are shown."""
    NO_CARDS = "no_cards"
    """An order without cards, or whose cards are not made yet."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that the caller may mean."""

    card: StaffCard
    proved_id: int | None = None
    """The redemption that goes to the phone number which the caller named whole."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    by: FoundBy
    candidates: Sequence[Candidate] = ()
    parcels: Sequence[Shipment] = ()
    """Parcels of something else than a card: gift sets, cards on their way to a firm."""
    order: Order | None = None
    hint: Hint | None = None

    def candidate(self, card_id: int) -> Candidate | None:
        """Return the one of this card, if it is among them."""
        return next((each for each in self.candidates if each.card.id == card_id), None)


def find(reader: Reader, text: str, narrowed: str = "", *, at: datetime) -> Found:
    """Find what a caller names: serial number, order, parcel, tracking or phone number.

    `narrowed`: of an order's cards, the name or the last four of one.
    """
    if is_a_code(text) or is_a_code(narrowed):
        return Found(FoundBy.CODE, hint=Hint.A_CODE)
    return (
        _by_serial(reader, text, at)
        or _by_order(reader, text, narrowed, at)
        or _by_parcel(reader, text, at)
        or _by_phone(reader, text, at)
        or _by_likeness(reader, text, at)
        or Found(FoundBy.SERIAL, hint=Hint.NOTHING)
    )


def _by_serial(reader: Reader, text: str, at: datetime) -> Found | None:
    try:
        card = cards.card_with_serial(reader, text)
    except CardNotThere:
        return None
    return Found(FoundBy.SERIAL, [Candidate(cards.card_for_staff(reader, card.id, at=at))])


def _by_order(reader: Reader, text: str, narrowed: str, at: datetime) -> Found | None:
    try:
        order = orders.order_of(reader, text, None)
    except Missing:
        return None
    programme = cards.programme_bought_by(reader, orders.KIND, order.id)
    if programme is None:
        return Found(FoundBy.ORDER, order=order, hint=Hint.NO_CARDS)
    page = cards.card_lines(reader, programme.id, search=narrowed, at=at, size=MOST_FOUND)
    ids = cards.card_ids_with_serials(reader, [line.serial_number for line in page.rows])
    seen = [Candidate(card) for card in cards.cards_for_staff(reader, ids, at=at)]
    hint = Hint.MORE if page.next else None if seen else Hint.NOTHING if narrowed else Hint.NO_CARDS
    return Found(FoundBy.ORDER, seen, order=order, hint=hint)


def _by_parcel(reader: Reader, text: str, at: datetime) -> Found | None:
    shipment = fulfilment.shipment_named(reader, text) if any(map(str.isdigit, text)) else None
    return _behind(reader, [shipment], FoundBy.PARCEL, at) if shipment else None


def _by_phone(reader: Reader, text: str, at: datetime) -> Found | None:
    shipments = fulfilment.shipments_to_phone(reader, text, limit=MOST_FOUND + 1)
    return _behind(reader, shipments, FoundBy.PHONE, at) if shipments else None


def _by_likeness(reader: Reader, text: str, at: datetime) -> Found | None:
    near = near_serials(text)
    if not near:
        return None
    ids = cards.card_ids_with_serials(reader, near)
    seen = [Candidate(card) for card in cards.cards_for_staff(reader, ids, at=at)]
    return Found(FoundBy.SERIAL, seen, hint=Hint.ALMOST if seen else Hint.WRONG_DIGIT)


def _behind(reader: Reader, shipments: Sequence[Shipment], by: FoundBy, at: datetime) -> Found:
    """Return the cards whose gifts these parcels are, once each, and the parcels of anything else."""
    shown = shipments[:MOST_FOUND]
    sent = redemption.redemptions_sent_in(reader, shown)
    latest = {each.card_id: each.id for each in sorted(sent.values(), key=lambda each: each.id)}
    seen = cards.cards_for_staff(reader, latest, at=at)
    return Found(
        by,
        [Candidate(card, latest[card.id] if by is FoundBy.PHONE else None) for card in seen],
        [each for each in shown if each.id not in sent],
        hint=Hint.MORE if len(shipments) > MOST_FOUND else None,
    )
