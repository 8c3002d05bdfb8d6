"""What lies off Lantern's street: e-cards, cards of value and more of it, second factors, a print house, an alarm."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from giftshop import alarms, cards, extensions, orders, redemption, topups
from giftshop.alarms import AlarmKind
from giftshop.cards import PrintedCard
from giftshop.db import Transaction
from giftshop.ecards import Delivery, Mailing, Moment
from giftshop.ecards.links import CardLink
from giftshop.kernel import clock
from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.orders import Brand, Destination, Holder, Value
from giftshop.payments.models import Checkout
from giftshop.production import houses
from giftshop.topups.service import Wanted
from tests.accounts.factors import SoftKey, add_passkey, knows_password, set_up_app
from tests.hostile.typed import ADDRESS_TYPED

if TYPE_CHECKING:
    from tests.hostile.world import World, _Street

FACE = Money(60_000, "CNY")
"""A card of so much asks for its holder's phone."""
FURTHER = 3
"""Cards of value on paper: one is spent, one paid along, one is about to be."""


@dataclass
class Further:
    """What has an address that nobody finds by links alone."""

    value_cards: list[PrintedCard] = field(default_factory=list)
    ecard_paths: list[str] = field(default_factory=list)
    pay_path: str = ""
    by_email: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Where somebody begins besides."""


def leave_further(street: _Street, house_names: str) -> Further:
    """Leave it all, in Lantern's name."""
    made, crew, staff = Further(), street.crew, street.people.staff
    on_its_way = Moment.of(clock.now() + timedelta(days=2), "Asia/Shanghai")
    for face, moment in ((None, None), (FACE, None), (None, on_its_way)):
        sent = _sent(street, face, moment)
        made.ecard_paths += _links(street, sent)
    order_id = _placed(street, _valued(street))
    made.value_cards = street.printed(up_to="delivered", order_id=order_id)
    programme_id = _programme(street, order_id)
    first, along, _ = (_card(street, card) for card in made.value_cards)
    street.transact(_spend, street, first, along)
    top_up = _topped_up(street, programme_id)
    longer = street.transact(_longer, street, sent)
    who: dict[str, Any] = {"by": staff.production.actor, "at": clock.now()}
    street.transact(houses.add_house, houses.HouseFacts(house_names), **who)
    facts: dict[str, str | int] = {"network": "192.0.2.0/24", "cards": 20}
    for kind in (AlarmKind.MANY_CARDS_FROM_ONE_PLACE, AlarmKind.LEDGER_DIFFERENCE):
        street.transact(alarms.raise_alarm, kind, ("network", 1), facts=facts, at=clock.now())
    draft, branches, made_set = _numbers(street)
    off_the_way = (
        f"/orders/{draft}/value",
        f"/orders/{branches}/branches",
        f"/orders/{made_set}/parcels",
        "/ecards/came-back",
    )
    made.by_email = {
        crew.buyer.email: (*off_the_way, f"/top-ups/{top_up}", f"/extensions/{longer}"),
        staff.finance.email: (f"/desk/top-ups/{top_up}", f"/desk/extensions/{longer}"),
        staff.administrator.email: ("/design/mail/en", "/desk/wrong-codes/forgive", f"/desk/cards/{first.serial}"),
    }
    with street.app.database.reading() as reader:
        made.pay_path = f"/pay/{reader.scalars(select(Checkout.key).limit(1)).one()}"
    return made


def let_in_further(world: World, made: Further) -> None:
    """Browsers for it: who has a second factor, who stands between two doors, who holds value or an e-card."""
    staff, clients = world.people.staff, {surfer.name: surfer.client for surfer in world.browsers}
    sales, finance = clients[staff.sales.email], clients[world.people.lantern.finance.email]
    uploaded = sales.post("/desk/items/import", data={"file": (io.BytesIO(_items()), "items.csv")})
    made.by_email.setdefault(staff.sales.email, ())
    made.by_email[staff.sales.email] += (uploaded.location or "/",)
    set_up_app(finance)
    add_passkey(finance, SoftKey())
    for surfer in world.browsers:
        surfer.start += made.by_email.get(surfer.name, ())
    halfway = world.app.test_client()
    knows_password(halfway, world.people.lantern.finance)
    new = world.app.test_client()
    knows_password(new, world.people.lantern.approver)
    spent, along, full = (world.app.test_client() for _ in made.value_cards)
    for client, card in zip((spent, along, full), made.value_cards, strict=True):
        assert client.post("/r", data={"code": card.secret.printed}).status_code == 303
    counts = {f"item-{item_id}": "1" for item_id in world.item_ids}
    assert full.post("/r/gift/choice", data=counts).status_code == 303
    assert full.post("/r/gift/address", data=ADDRESS_TYPED).status_code == 303
    pages = ("/r/gift", "/r/gift/choice", "/r/gift/address", "/r/gift/check", "/r/gift/phone", "/r/gift/problem")
    codes = tuple(f"{path}/code" for path in made.ecard_paths)
    world.add_browser("between two doors", halfway, "/sign-in/code")
    world.add_browser("with a new second factor", new, "/sign-in/set-up")
    world.add_browser("with a card of value", full, *pages)
    world.add_browser("with a card that was spent", spent, "/r/gift", "/r/gift/orders/1", "/r/gift/problem")
    world.add_browser("with a card that paid along", along, "/r/gift", "/r/gift/along/1")
    world.add_browser("with an e-card", world.app.test_client(), *made.ecard_paths, *codes)
    world.add_browser("who paid", world.app.test_client(), made.pay_path)


def _items() -> bytes:
    return b"SKU,Name,Price\nNEW-1,New,10\n,Nothing,5\n"


def _card(street: _Street, printed: PrintedCard) -> cards.Card:
    with street.app.database.reading() as reader:
        return cards.card_with_serial(reader, printed.serial)


def _valued(street: _Street) -> int:
    """A complete draft of cards of value on paper. Returns its id."""
    value = Value(FACE, Holder.BEARER, FURTHER, street.item_ids)
    return street.transact(_draw_up, street, value, None)


def _draw_up(tx: Transaction, street: _Street, value: Value | None, moment: Moment | None) -> int:
    firm, words = street.crew.id, street.words
    who: dict[str, Any] = {"by": street.crew.buyer.actor, "at": clock.now()}
    is_digital = value is None or value.is_digital
    if value is None:
        number = orders.start(tx, firm, street.edition_id, quantity=None, card_locale="en", is_digital=True, **who)
    else:
        number = orders.start_cards(tx, firm, value, market=MarketRules().stored_value, card_locale="en", **who)
    order_id = orders.order_of(tx, number, firm).id
    if is_digital:
        rows = [{**street.person(), "phone": "", "email": f"li{place}@lantern.example"} for place in range(2)]
        orders.keep_upload(tx, order_id, firm, "list.csv", rows, at=clock.now())
        orders.accept_upload(tx, order_id, firm, **who)
    days = 4 * 365 if value else 200
    brand = Brand(f"{words} Ltd", words, words, "en", words, street.today + timedelta(days=days), is_surprise=False)
    orders.brand(tx, order_id, firm, brand)
    receiver = None if is_digital else asdict(street.receiver())
    orders.send_to(tx, order_id, firm, Destination(receiver, words, words, "a@b.example"))
    if is_digital:
        orders.send_when(tx, order_id, firm, moment, **who)
    return order_id


def _placed(street: _Street, order_id: int) -> int:
    street.place(order_id)
    return order_id


def _sent(street: _Street, face: Money | None, moment: Moment | None) -> int:
    """E-cards that were paid. Returns their programme's id."""
    value = Value(face, Holder.BEARER, None, street.item_ids, is_digital=True) if face else None
    order_id = street.transact(_draw_up, street, value, moment)
    street.pay(_placed(street, order_id))
    return _programme(street, order_id)


def _programme(street: _Street, order_id: int) -> int:
    """What came of a paid order."""
    with street.app.database.reading() as reader:
        programme = cards.programme_bought_by(reader, orders.KIND, order_id)
    assert programme
    return programme.id


def _links(street: _Street, programme_id: int) -> list[str]:
    with street.app.database.reading() as reader:
        wanted = select(Delivery).join(Mailing, Mailing.batch_id == Delivery.batch_id)
        found = reader.scalars(wanted.where(Mailing.programme_id == programme_id).order_by(Delivery.card_id).limit(1))
        public_ids = [reader.get_one(cards.Card, each.card_id).public_id for each in found]
    return [CardLink(public_id, 1).url("", street.app.settings.link_key) for public_id in public_ids]


def _spend(tx: Transaction, street: _Street, first: cards.Card, along: cards.Card) -> None:
    """Four pieces, for which one card is not enough."""
    redemption.buy(
        tx,
        first.id,
        {street.item_ids[0]: 4},
        street.receiver(),
        further=[along.id],
        not_before=None,
        email=None,
        locale="en",
        draft_key=None,
        by=street.people.staff.hotline.actor,  # of whom no proof of a phone is asked
        at=clock.now(),
    )


def _topped_up(street: _Street, programme_id: int) -> str:
    wanted = Wanted(programme_id, Money(10_000, "CNY"))
    firm = street.crew.id
    who: dict[str, Any] = {"by": street.crew.buyer.actor, "at": clock.now()}
    market = MarketRules().stored_value
    with street.app.database.reading() as reader:
        total = topups.service.pick(reader, firm, wanted, market=market, at=clock.now()).total
    facts: dict[str, Any] = {"seen_total_minor": total.amount_minor, "market": market}
    number: str = street.transact(topups.place, firm, wanted, **facts, **who)
    return number


def _longer(tx: Transaction, street: _Street, programme_id: int) -> str:
    programme = cards.programme_of(tx, street.crew.id, programme_id)
    assert programme.valid_until
    until = programme.valid_until + timedelta(days=60)
    fee = extensions.service.estimate(tx, street.crew.id, programme_id, fee_minor=500, at=clock.now())
    return extensions.service.ask(
        tx,
        street.crew.id,
        programme_id,
        until,
        seen_minor=fee.total.amount_minor,
        fee_minor=500,
        by=street.crew.buyer.actor,
        at=clock.now(),
    )


def _numbers(street: _Street) -> list[str]:
    """The numbers of a draft of cards of value, of one that goes to branches, and of an order of sets at the bench."""
    found = (_valued(street), street.set_order(orders.Delivery.BRANCHES), street.made_set)
    with street.app.database.reading() as reader:
        return [orders.order_by_id(reader, order_id).number for order_id in found]
