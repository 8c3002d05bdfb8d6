"""The gifts of a campaign as gift sets: sent straight to each nominee's door, or to the firm that hands them over.

A grade becomes one order to the doors and one to the firm, as far as there are people for it. Both stay drafts for
the firm's buyer, who sees the proof and places them as any other. Either has its people as a list, so that each
greeting card bears its name, and what becomes of a gift is read back by the reference that the list keeps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from giftshop import giftsets, orders, production
from giftshop.campaigns.errors import GiftNotOffered, GiftPriceChanged
from giftshop.campaigns.giving import DrawnUp, Giving, Offer, Parcel, Person, Wanted
from giftshop.db import Reader, Transaction
from giftshop.giftsets import Contents, GiftSet
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.market import GiftNature
from giftshop.orders import Delivery, Order
from giftshop.production import DecorationState, JobKind


class ByGiftSet(Giving):
    """Gift sets that the firm put together, each with a greeting card."""

    nature = GiftNature.GOODS

    def __init__(self, *, parcel_limit_g: int) -> None:
        """`parcel_limit_g`: what one parcel may weigh at most, in grams."""
        self._parcel_limit_g = parcel_limit_g

    def offers(self, reader: Reader, firm_id: int, currency: str) -> Sequence[Offer]:
        """Return the firm's sets that come with a card and could be ordered today."""
        sets = [found for found in giftsets.latest_sets(reader, firm_id) if found.currency == currency]
        contents = giftsets.contents_by_id(reader, [found.id for found in sets])
        offers = [_offer(found, contents[found.id]) for found in sets if self._is_offered(contents[found.id], found)]
        return sorted(offers, key=lambda offer: offer.price.amount_minor)

    def draw_up(self, tx: Transaction, wanted: Wanted, *, by: Actor, at: datetime) -> Sequence[DrawnUp]:
        """Draw up the orders of one grade, with the greeting on their cards.

        Raises GiftNotOffered, GiftPriceChanged.
        """
        set_id = self._set_of(tx, wanted)
        return [
            DrawnUp(_order(tx, wanted, set_id, people, delivery, by=by, at=at), is_on_site=delivery is Delivery.FIRM)
            for delivery, people in _by_delivery(wanted.people)
        ]

    def parcels_of(self, reader: Reader, firm_id: int, numbers: Collection[str]) -> Mapping[int, Parcel]:
        """Return what became of each person's set: its card, and the parcel it went in if it was sent to a door."""
        found: dict[int, Parcel] = {}
        for number in numbers:
            found.update(_parcels(reader, orders.order_of(reader, number, firm_id)))
        return found

    def _set_of(self, tx: Transaction, wanted: Wanted) -> int:
        """Return the id of the set that is wanted, at the price that was decided on."""
        try:
            found = giftsets.gift_set(tx, wanted.firm_id, int(wanted.gift) if wanted.gift.isdecimal() else 0)
        except Missing as error:
            raise GiftNotOffered(grade=wanted.grade) from error
        contents = giftsets.contents_of(tx, found.id)
        if not self._is_offered(contents, found) or found.currency != wanted.price.currency:
            raise GiftNotOffered(grade=wanted.grade)
        if contents.unit != wanted.price:
            raise GiftPriceChanged(grade=wanted.grade, planned=wanted.price, current=contents.unit)
        return found.id

    def _is_offered(self, contents: Contents, found: GiftSet) -> bool:
        """Whether a set can be ordered as it is; whether they are enough for its decorations is seen on the order."""
        wrong = contents.refusals(found.planned, parcel_limit_g=self._parcel_limit_g)
        return found.has_card and all(each.field == "quantity" for each in wrong)


def _offer(found: GiftSet, contents: Contents) -> Offer:
    """Return a set as an offer. A campaign counts the card by itself, so the price is without it."""
    return Offer(str(found.id), {"en": found.name, "zh_Hans": found.name}, contents.unit)


def _by_delivery(people: Sequence[Person]) -> Iterator[tuple[Delivery, Sequence[Person]]]:
    for delivery, is_on_site in ((Delivery.DIRECT, False), (Delivery.FIRM, True)):
        some = [person for person in people if person.is_on_site is is_on_site]
        if some:
            yield delivery, some


def _order(
    tx: Transaction,
    wanted: Wanted,
    set_id: int,
    people: Sequence[Person],
    delivery: Delivery,
    *,
    by: Actor,
    at: datetime,
) -> str:
    firm = wanted.firm_id
    number = orders.start_set(
        tx, firm, set_id, quantity=None, card_locale=wanted.locale, delivery=delivery, by=by, at=at
    )
    drawn_up = orders.order_of(tx, number, firm)
    orders.keep_upload(tx, drawn_up.id, firm, wanted.occasion, [_row(each, wanted.grade) for each in people], at=at)
    orders.accept_upload(tx, drawn_up.id, firm, by=by, at=at)
    orders.brand(tx, drawn_up.id, firm, _words(wanted, drawn_up.contact_line))
    not_before, arrives_by, is_surprise = _window(wanted, delivery)
    orders.dispatch_window(tx, drawn_up.id, firm, not_before=not_before, arrives_by=arrives_by, is_surprise=is_surprise)
    return number


def _window(wanted: Wanted, delivery: Delivery) -> tuple[date | None, datetime, bool]:
    """Return the first day of sending, when all are to be there, and whether nobody is told before."""
    if delivery is Delivery.FIRM:
        return None, wanted.on_site_by, False  # the firm expects its own parcel
    return wanted.first_day, wanted.arrives_by, wanted.is_surprise


def _words(wanted: Wanted, contact_line: str) -> orders.Brand:
    return orders.Brand(
        sender_name=wanted.sender_name,
        headline=wanted.occasion,
        greeting=wanted.greeting,
        card_locale=wanted.locale,
        contact_line=contact_line,
        valid_until=None,
        is_surprise=wanted.is_surprise,
    )


def _row(person: Person, grade: str) -> Mapping[str, str]:
    return {
        "name": person.name,
        "phone": person.phone,
        "kind": person.group,
        "grade": grade,
        "address": person.address,
        "ref": str(person.nominee_id),
    }


def _parcels(reader: Reader, order: Order) -> Iterator[tuple[int, Parcel]]:
    """Yield everybody of an order's list. A list that the buyer put in the place of ours has no references."""
    jobs = production.jobs_of(reader, (orders.KIND, order.id))
    printed = any(job.kind is JobKind.GREETING_CARDS and job.state is DecorationState.DONE for job in jobs)
    sent = {parcel.ref: parcel for parcel in orders.parcels_of(reader, order.id) if parcel.ref}
    for person in orders.recipients_of(reader, order.id):
        if person.ref.isdecimal():
            yield int(person.ref), _parcel(sent.get(person.ref), printed=printed)


def _parcel(parcel: orders.Parcel | None, *, printed: bool) -> Parcel:
    if parcel is None:
        return Parcel(printed=printed)
    return Parcel(
        printed=printed,
        dispatched_at=parcel.dispatched_at,
        delivered_at=parcel.delivered_at,
        is_returned=parcel.returned_at is not None,
    )
