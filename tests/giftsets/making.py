"""A shelf to put sets together from, a set, and an order of it: for tests of every room that deals with gift sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from giftshop import branding, catalogue, giftsets, orders, payments, stock
from giftshop.addresses import Address, Receiver
from giftshop.catalogue import DecorationFacts, DecorationKind, ItemFacts, PackagingFacts, PackagingKind
from giftshop.db import Database, Transaction
from giftshop.giftsets import Artwork, Wishes
from giftshop.kernel import clock
from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.orders import Brand, Delivery, Destination, Tariff
from tests.people import People
from tests.proofs import seen

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#800"/></svg>'
OFFICE = Receiver("陈婉仪", "+8613800138000", Address("CN", "广东省", "广州市", "天河区", "体育西路123号"))
WORDS = Brand(
    sender_name="联动",
    headline="中秋快乐",
    greeting="感谢您对我们的支持，愿您心想事成！",
    card_locale="zh_Hans",
    contact_line="客户服务 020-0000 0000",
    valid_until=None,
    is_surprise=False,
)


@dataclass(frozen=True)
class Shelf:
    """What there is: ids of items by name, of packaging, and of the places that decorations go to."""

    tea: int
    cup: int
    mooncakes: int
    bag: int
    cup_engraving: int
    bag_print: int


def fill_shelf(database: Database, people: People, *, on_hand: int = 100) -> Shelf:
    """Put goods, a bag, two decorations and the rule of mooncakes into the catalogue."""
    who: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}

    def telling(tx: Transaction) -> Shelf:
        tea = _item(tx, "TEA-1", "Longjing tea", "龙井茶", 19_800, 380, ("tea",), on_hand, who)
        cup = _item(tx, "CUP-2", "Thermos", "保温杯", 12_800, 420, ("office",), on_hand, who)
        cakes = _item(tx, "MOO-1", "Mooncakes", "月饼", 29_800, 900, ("mooncake",), on_hand, who)
        names = {"en": "Gift bag", "zh_Hans": "礼品袋"}
        bag = PackagingFacts("BAG-1", PackagingKind.BAG, names, Money(800, "CNY"), weight_g=90, holds_g=3_000)
        bag_id = catalogue.add_packaging(tx, bag, **who)
        engraving = _decoration(tx, DecorationKind.ENGRAVING, "Laser engraving", "激光雕刻", least=20, days=3, who=who)
        print_id = _decoration(tx, DecorationKind.BAG_PRINT, "Bag print", "礼品袋印刷", least=10, days=5, who=who)
        area: dict[str, Any] = {"width_mm": 40, "height_mm": 30}
        on_cup = catalogue.place_decoration(
            tx, engraving, item_id=cup, places={"en": "on the lid", "zh_Hans": "杯盖"}, **area, **who
        )
        on_bag = catalogue.place_decoration(
            tx, print_id, packaging_id=bag_id, places={"en": "on the front", "zh_Hans": "正面"}, **area, **who
        )
        reason = {"en": "Mooncakes are packed by themselves.", "zh_Hans": "月饼须单独包装。"}
        catalogue.add_bundle_rule(tx, "mooncake", "*", reason, **who)
        return Shelf(tea, cup, cakes, bag_id, on_cup, on_bag)

    return database.transact(telling)


def _item(
    tx: Transaction,
    sku: str,
    name: str,
    name_zh: str,
    price: int,
    weight: int,
    tags: tuple[str, ...],
    on_hand: int,
    who: Mapping[str, Any],
) -> int:
    names = {"en": name, "zh_Hans": name_zh}
    facts = ItemFacts(sku, names, Money(price, "CNY"), names, "longjing-tin", weight_g=weight, tags=tags)
    item = catalogue.draw_up_item(tx, facts, **who)
    catalogue.offer_item(tx, item.id, **who)
    if on_hand:
        stock.receive(tx, item.id, on_hand, "delivery note", **who)
    return item.id


def _decoration(
    tx: Transaction, kind: DecorationKind, name: str, name_zh: str, *, least: int, days: int, who: Mapping[str, Any]
) -> int:
    names = {"en": name, "zh_Hans": name_zh}
    money = {"setup": Money(20_000, "CNY"), "unit": Money(250, "CNY")}
    facts = DecorationFacts(kind, names, **money, least=least, lead_days=days, width_mm=80, height_mm=60)
    return catalogue.add_decoration(tx, facts, **who)


def draw_up(tx: Transaction, people: People, shelf: Shelf, *, decorated: bool = True, has_card: bool = True) -> int:
    """A set of tea and two cups in a bag, engraved, printed, with a card. Returns its id."""
    firm = people.lantern.id
    who: dict[str, Any] = {"by": people.lantern.buyer.actor, "at": clock.now()}
    set_id = giftsets.draw_up(tx, firm, "Mid-Autumn 2026", **who)
    for item_id in (shelf.tea, shelf.cup):
        giftsets.put_in(tx, set_id, firm, item_id)
    logo = branding.save_logo(tx, firm, branding.redraw(LOGO), **who)
    crafts = {shelf.cup_engraving: Artwork(text="联动"), shelf.bag_print: Artwork(logo.id)} if decorated else {}
    wishes = Wishes(
        "Mid-Autumn 2026",
        {shelf.cup: 2},
        shelf.bag,
        crafts,
        has_card=has_card,
        headline=WORDS.headline,
        greeting=WORDS.greeting,
        planned=30,
    )
    giftsets.arrange(tx, set_id, firm, wishes)
    return set_id


def people_of_a_list(count: int) -> list[dict[str, str]]:
    """So many people with addresses in Guangzhou."""
    return [
        {
            "name": f"王{number}",
            "phone": "+8613800138000",
            "kind": "老客户",
            "grade": "标准",
            "address": f"广东省广州市天河区体育西路{number}号",
            "ref": f"n-{number}",
        }
        for number in range(1, count + 1)
    ]


def order_set(
    database: Database,
    people: People,
    set_id: int,
    *,
    rows: Sequence[Mapping[str, str]] = (),
    quantity: int | None = None,
    not_before: date | None = None,
) -> int:
    """A placed order of a set: to the doors of the people of `rows`, or for a number, to the firm. Returns its id."""
    firm, buyer = people.lantern.id, people.lantern.buyer.actor

    def drawing_up(tx: Transaction) -> int:
        at = clock.now()
        number = orders.start_set(tx, firm, set_id, quantity=quantity, card_locale="zh_Hans", by=buyer, at=at)
        order_id = orders.order_of(tx, number, firm).id
        if rows:
            orders.keep_upload(tx, order_id, firm, "list.csv", rows, at=at)
            orders.accept_upload(tx, order_id, firm, by=buyer, at=at)
        orders.brand(tx, order_id, firm, WORDS)
        orders.dispatch_window(tx, order_id, firm, not_before=not_before, arrives_by=None, is_surprise=True)
        receiver = asdict(OFFICE) if orders.order_by_id(tx, order_id).delivery is Delivery.FIRM else None
        orders.send_to(tx, order_id, firm, Destination(receiver, "联动科技有限公司", "91440101MA5DEMO00X", ""))
        return order_id

    order_id = database.transact(drawing_up)
    database.transact(place, people, order_id)
    return order_id


def place(tx: Transaction, people: People, order_id: int) -> None:
    """Place a draft at today's total, and have it approved if that is needed."""
    order = orders.order_by_id(tx, order_id)
    total = orders.total_of(orders.lines_for(tx, order, Tariff()), order.currency)
    orders.place(
        tx,
        order_id,
        people.lantern.id,
        seen_total_minor=total.amount_minor,
        **seen(tx, order_id),
        tariff=Tariff(),
        market=MarketRules().stored_value,
        today=clock.local_day(clock.now(), "Asia/Shanghai"),
        by=people.lantern.buyer.actor,
        at=clock.now(),
    )
    tx.flush()
    if orders.order_by_id(tx, order_id).state is orders.OrderState.AWAITING_APPROVAL:
        orders.approve(tx, order_id, people.lantern.id, by=people.lantern.approver.actor, at=clock.now())


def pay(database: Database, people: People, order_id: int) -> None:
    """The transfer arrives."""
    today = clock.local_day(clock.now(), "Asia/Shanghai")

    def paying(tx: Transaction) -> None:
        payment = payments.payment_of(tx, payments.Payable(orders.KIND, order_id))
        assert payment is not None
        by = people.staff.finance.actor
        payments.mark_received(tx, payment.id, payment.amount_minor, today, "", today=today, by=by, at=clock.now())

    database.transact(paying)
