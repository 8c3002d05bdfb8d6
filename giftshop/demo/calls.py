"""Who rang up in the demonstration: somebody whose parcel takes long, somebody without a smartphone, a lost card."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from giftshop import cards, hotline, redemption
from giftshop.cards import BlockReason, Card
from giftshop.db import Transaction
from giftshop.demo import people
from giftshop.demo.ordering import OLD_CLIENTS, THANKS, batch_of, receiver
from giftshop.hotline import Choice, FoundBy, Outcome
from giftshop.kernel import clock
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop

WHERE_IS_IT = "询问包裹到哪里了，已告知快递公司和预计送达时间。"
CHOSEN = "老人家没有智能手机，已代为选择并念给对方确认。"
LOST_CARD = "卡片遗失，已冻结，请对方联系送卡单位补卡。"


def prepare(_shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: three calls of one agent, each about another card."""

    def telling(tx: Transaction) -> None:
        lines = list(cards.every_card_line(tx, batch_of(tx, THANKS).programme_id, at=clock.now()))
        chosen = [line.serial for line in lines if line.claimed_at]
        not_chosen = [line.serial for line in lines if not line.claimed_at]
        _asks_where_it_is(tx, cards.card_with_serial(tx, chosen[-1]))
        _chooses_on_the_telephone(tx, cards.card_with_serial(tx, not_chosen[1]))
        _has_lost_the_card(tx, cards.card_with_serial(tx, not_chosen[2]))

    return telling


def _asks_where_it_is(tx: Transaction, card: Card) -> None:
    call_id = _begin(tx)
    _look_at(tx, call_id, card, FoundBy.PARCEL)
    _end(tx, call_id, Outcome.ANSWERED, WHERE_IS_IT)


def _chooses_on_the_telephone(tx: Transaction, card: Card) -> None:
    """The code is read out; the demonstration has destroyed it, so it is only noted that it was heard."""
    call_id, agent, at = _begin(tx), people.staff(tx, StaffRole.HOTLINE), clock.now()
    hotline.hear(tx, call_id, card.id, by=agent, at=at)
    goods = redemption.goods_of(tx, cards.held_card(tx, card.id, at=at))
    gift = next(gift for gift in goods if gift.is_there and gift.item.supplier_id is None)
    (person,) = islice(OLD_CLIENTS, 30, 31)
    hotline.note_choice(tx, call_id, Choice(receiver(person), item_id=gift.item.id), by=agent, at=at)
    hotline.confirm(tx, call_id, revision=2, by=agent, at=at)
    _end(tx, call_id, Outcome.REDEEMED, CHOSEN)


def _has_lost_the_card(tx: Transaction, card: Card) -> None:
    call_id, agent = _begin(tx), people.staff(tx, StaffRole.HOTLINE)
    _look_at(tx, call_id, card, FoundBy.ORDER)
    hotline.block(tx, call_id, BlockReason.LOST, by=agent, at=clock.now())
    _end(tx, call_id, Outcome.BLOCKED, LOST_CARD)


def _begin(tx: Transaction) -> int:
    return hotline.begin(tx, locale=people.LOCALE, by=people.staff(tx, StaffRole.HOTLINE), at=clock.now())


def _look_at(tx: Transaction, call_id: int, card: Card, found_by: FoundBy) -> None:
    agent = people.staff(tx, StaffRole.HOTLINE)
    hotline.look_at(tx, call_id, card.id, found_by, proved_id=None, by=agent, at=clock.now())


def _end(tx: Transaction, call_id: int, outcome: Outcome, note: str) -> None:
    hotline.end(tx, call_id, outcome, note, by=people.staff(tx, StaffRole.HOTLINE), at=clock.now())
