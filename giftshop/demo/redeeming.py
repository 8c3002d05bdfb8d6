"""What the recipients of the demonstration do, and how far their parcels get: some to the door, some to the shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Final

from giftshop import cards, catalogue, fulfilment, redemption, stock
from giftshop.cards import Card
from giftshop.db import Reader, Transaction
from giftshop.demo import people
from giftshop.demo.bench import Bench
from giftshop.demo.ordering import OLD_CLIENTS, THANKS, batch_of, receiver
from giftshop.fulfilment import ExceptionReason, Shipment
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.redemption import ProblemKind, Redemption
from giftshop.web import GiftShop

DELIVERED, ON_THE_WAY, ON_A_MANIFEST, PACKED, CLAIMED, STOPPED, WAITING, HELD = 7, 4, 2, 1, 1, 1, 9, 1
"""How many parcels of the story end where, in the order in which they were asked for."""
PACKED_HERE: Final = DELIVERED + ON_THE_WAY + ON_A_MANIFEST + PACKED + CLAIMED + STOPPED + WAITING + HELD
SENT, ORDERED, TO_ORDER = 1, 1, 2
"""And how many of those that their supplier sends, asked for after these."""
REDEEMED: Final = PACKED_HERE + SENT + ORDERED + TO_ORDER
AFTER_THE_JOURNEY: Final = timedelta(days=10)
WORDS_OF_THANKS: Final = (
    "礼物收到了，包装很用心，家里人都很喜欢。谢谢岭南光学一直惦记着我们！",
    "非常感谢，茶很香。祝贵公司生意兴隆，期待继续合作。",
)
COMPLAINT: Final = "外箱有压痕，里面的东西没有坏，麻烦提醒快递轻拿轻放。"
WHY_STOPPED: Final = "门牌号不存在，电话暂时无人接听"


def choose_gifts(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the first of the recipients choose their gifts; one does not want any."""

    def telling(tx: Transaction) -> None:
        gifts, crate = _gifts_in_stock(tx), _gift_of_a_supplier(tx)
        held = list(islice(_cards(tx), REDEEMED + 1))
        for place, (card, person) in enumerate(zip(held[:REDEEMED], OLD_CLIENTS, strict=False)):
            is_away = PACKED_HERE - HELD <= place < PACKED_HERE
            redemption.redeem(
                tx,
                card.id,
                gifts[place % len(gifts)].id if place < PACKED_HERE else crate.id,
                receiver(person),
                not_before=clock.now().date() + AFTER_THE_JOURNEY if is_away else None,
                locale=people.LOCALE,
                by=_holder(card),
                at=clock.now(),
            )
        redemption.decline(tx, held[REDEEMED].id, by=_holder(held[REDEEMED]), at=clock.now())

    return telling


def send_gifts(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the packer's day, and a supplier's list. Recipients are written to as their parcels leave."""

    def telling(tx: Transaction) -> None:
        bench, parcels = Bench.opened(tx), iter(_parcels(tx))
        bench.dispatch(list(islice(parcels, DELIVERED + ON_THE_WAY)))
        leaving = list(islice(parcels, ON_A_MANIFEST))
        for parcel in leaving:
            bench.pack(parcel)
            bench.label(parcel)
        bench.put_on_manifest(leaving)
        for parcel in islice(parcels, PACKED):
            bench.pack(parcel)
        for parcel in islice(parcels, CLAIMED):
            bench.claim(parcel)
        for parcel in islice(parcels, STOPPED):
            reason = ExceptionReason.BAD_ADDRESS
            fulfilment.stop(tx, parcel.id, reason, WHY_STOPPED, by=bench.packer, at=clock.now())
        bench.order(_parcels(tx)[PACKED_HERE : PACKED_HERE + SENT + ORDERED])
        for parcel in _parcels(tx)[PACKED_HERE : PACKED_HERE + SENT]:
            bench.sent_by_supplier(parcel)

    return telling


def deliver_gifts(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: parcels arrive; two recipients say thank you, and one that something was wrong."""

    def telling(tx: Transaction) -> None:
        bench = Bench.opened(tx)
        for parcel in _parcels(tx)[:DELIVERED]:
            bench.deliver(parcel)
        happy = list(_redemptions(tx))[: len(WORDS_OF_THANKS) + 1]
        for said, words, person in zip(happy, WORDS_OF_THANKS, OLD_CLIENTS, strict=False):
            redemption.thank(tx, said.id, words, person.name, by=_holder_of(said), at=clock.now())
        last = happy[-1]
        redemption.report(tx, last.card_id, ProblemKind.DAMAGED, COMPLAINT, by=_holder_of(last), at=clock.now())

    return telling


def _gifts_in_stock(reader: Reader) -> list[catalogue.Item]:
    gifts = catalogue.items_of(reader, batch_of(reader, THANKS).edition_id or 0)
    left = stock.available(reader, [gift.id for gift in gifts])
    return [gift for gift in gifts if gift.supplier_id is None and left[gift.id] >= REDEEMED]


def _gift_of_a_supplier(reader: Reader) -> catalogue.Item:
    gifts = catalogue.items_of(reader, batch_of(reader, THANKS).edition_id or 0)
    return next(gift for gift in gifts if gift.supplier_id is not None)


def _cards(reader: Reader) -> Iterator[Card]:
    """Yield the cards of the story in the order of their names on the list."""
    for line in cards.every_card_line(reader, batch_of(reader, THANKS).programme_id, at=clock.now()):
        yield cards.card_with_serial(reader, line.serial)


def _redemptions(reader: Reader) -> Iterator[Redemption]:
    """Yield what was redeemed, in the same order."""
    ids = [card.id for card in islice(_cards(reader), REDEEMED)]
    redeemed = redemption.redemptions_by_card(reader, ids)
    yield from (redeemed[card_id] for card_id in ids)


def _parcels(reader: Reader) -> list[Shipment]:
    """Return the parcels of what was redeemed, in the same order."""
    sources = [each.source for each in _redemptions(reader)]
    kind = sources[0][0]
    by_source = fulfilment.shipments_by_source(reader, kind, [source_id for _kind, source_id in sources])
    return [by_source[source_id] for _kind, source_id in sources]


def _holder(card: Card) -> Actor:
    return Actor(ActorKind.RECIPIENT, card.id)


def _holder_of(redeemed: Redemption) -> Actor:
    return Actor(ActorKind.RECIPIENT, redeemed.card_id)
