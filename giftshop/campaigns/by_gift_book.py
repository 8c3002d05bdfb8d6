"""The gifts of a campaign as gift books: an order by list for each grade; what becomes of them is read back.

The printed cards come to the firm, each with the greeting and the nominee's name; whoever holds one chooses, and a
parcel goes to them. The order stays a draft for the firm's buyer, who sees the proof and places it as any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from giftshop import cards, catalogue, fulfilment, orders, redemption
from giftshop.campaigns.errors import GiftNotOffered
from giftshop.campaigns.giving import Giving, Offer, Parcel, Person, Wanted
from giftshop.cards import BatchState
from giftshop.db import Reader, Transaction
from giftshop.fulfilment import Shipment, ShipmentState
from giftshop.kernel.actor import Actor
from giftshop.kernel.market import GiftNature

REDEEMABLE_FOR: Final = timedelta(days=365)
"""After the last day of the campaign."""
PRINTED: Final = frozenset({BatchState.PRINTED, BatchState.SHIPPED, BatchState.ACTIVE, BatchState.CLOSED})


class ByGiftBook(Giving):
    """Gift books, ordered by list."""

    nature = GiftNature.VOUCHER

    def offers(self, reader: Reader, currency: str) -> Sequence[Offer]:
        """Return the editions on offer."""
        editions = catalogue.editions_on_offer(reader)
        return [Offer(each.code, each.names, each.tier) for each in editions if each.currency == currency]

    def draw_up(self, tx: Transaction, wanted: Wanted, *, by: Actor, at: datetime) -> str:
        """Draw up an order by list, with the greeting on its cards. Raises GiftNotOffered."""
        edition = catalogue.edition_by_code(tx, wanted.gift)
        if edition.state is not catalogue.EditionState.ON_OFFER:
            raise GiftNotOffered(grade=wanted.grade)
        number = orders.start(tx, wanted.firm_id, edition.id, quantity=None, card_locale=wanted.locale, by=by, at=at)
        order_id = orders.order_of(tx, number, wanted.firm_id).id
        rows = [_row(person, wanted.grade) for person in wanted.people]
        orders.keep_upload(tx, order_id, wanted.firm_id, wanted.occasion, rows, at=at)
        orders.accept_upload(tx, order_id, wanted.firm_id, by=by, at=at)
        drawn_up = orders.order_of(tx, number, wanted.firm_id)
        words = orders.Brand(
            sender_name=wanted.sender_name,
            headline=wanted.occasion,
            greeting=wanted.greeting,
            card_locale=wanted.locale,
            contact_line=drawn_up.contact_line,
            valid_until=wanted.last_day + REDEEMABLE_FOR,
            is_surprise=wanted.is_surprise,
        )
        orders.brand(tx, order_id, wanted.firm_id, words)
        return number

    def parcels_of(self, reader: Reader, firm_id: int, number: str) -> Mapping[str, Parcel]:
        """Return what became of each person's book: its card, and the parcel with the gift that was chosen."""
        order = orders.order_of(reader, number, firm_id)
        phones = {person.id: person.phone for person in orders.recipients_of(reader, order.id)}
        programme = cards.programme_bought_by(reader, orders.KIND, order.id)
        if programme is None:
            return {phone: Parcel(requested=True, printed=False) for phone in phones.values()}
        batches = cards.batches_of(reader, [programme.id])
        printed = all(batch.state in PRINTED for batch in batches)
        holders = cards.cards_by_ref(reader, [batch.id for batch in batches])
        redeemed = redemption.redemptions_by_card(reader, list(holders.values()))
        sources = [each.source for each in redeemed.values()]
        kind = sources[0][0] if sources else ""
        shipments = fulfilment.shipments_by_source(reader, kind, [source_id for _kind, source_id in sources])
        parcels = {}
        for ref, phone in phones.items():
            chosen = redeemed.get(holders.get(ref, 0))
            parcels[phone] = _parcel(shipments.get(chosen.id) if chosen else None, printed=printed)
        return parcels


def _row(person: Person, grade: str) -> Mapping[str, str]:
    return {
        "name": person.name,
        "phone": person.phone,
        "kind": person.group,
        "grade": grade,
        "address": person.address,
    }


def _parcel(shipment: Shipment | None, *, printed: bool) -> Parcel:
    if shipment is None:
        return Parcel(requested=True, printed=printed)
    return Parcel(
        requested=True,
        printed=printed,
        dispatched_at=shipment.dispatched_at,
        delivered_at=shipment.delivered_at,
        is_returned=shipment.state is ShipmentState.RETURNED,
    )
