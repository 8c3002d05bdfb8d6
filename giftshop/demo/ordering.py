"""What the demonstration's firm ordered: one order for each place that an order can be at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from giftshop import branding, cards, catalogue, orders, payments
from giftshop.addresses import Address, Receiver, normalise_phone, one_line, parse_china
from giftshop.config import Settings
from giftshop.db import Reader, Transaction
from giftshop.demo import brands, people
from giftshop.demo.goods import LARGE_BOOK, NEXT_BOOK, Book
from giftshop.demo.nominations import Nominee, nominees
from giftshop.demo.proofs import imprint_of, look_at
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.orders import Brand, Destination, Holder, OrderState, Tariff, Value
from giftshop.paper import DesignKind, Lettering
from giftshop.web import GiftShop

LOGO: Final = Path(__file__).with_name("lingnan.svg")
VALID_FOR: Final = timedelta(days=365)
CARDS_VALID_FOR: Final = timedelta(days=4 * 365)
"""Shopping cards of bearers last three years at least, counted from when they are ordered."""
OFFICE: Final = Receiver(
    people.MEMBERS[MemberRole.BUYER],
    "+8613800138000",
    Address("CN", "广东省", "广州市", "天河区", "体育西路 123 号岭南光学大厦 9 楼"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One order: the gift book or the shopping card, what its cards say, for how many or whom, how far it gets."""

    book: Book | None
    headline: str
    greeting: str
    reaches: OrderState
    quantity: int | None = None
    named: Sequence[Nominee] = ()
    face: Money | None = None
    """What each shopping card holds."""
    skus: Sequence[str] = ()
    """What it can be spent on."""
    is_digital: bool = False
    """Whether its cards are e-cards."""
    design: int = 0
    """Which of the designs there are."""
    accent: str = brands.TEAL
    lettering: Lettering = Lettering.SERIF


OLD_CLIENTS: Final = nominees()[:48]
THANKS: Final = Wish(
    NEXT_BOOK,
    "感恩同行",
    "感谢您多年来的信任与支持。谨备薄礼一份，聊表谢意，愿您阖家安康，万事顺遂。",
    OrderState.ISSUED,
    named=OLD_CLIENTS,
)
"""The one that is printed, delivered and redeemed."""
JUBILEE: Final = Wish(
    LARGE_BOOK,
    "二十周年",
    "岭南光学成立二十周年，一路有您，不胜感激。谨以此册，邀您共享这份喜悦。",
    OrderState.ISSUED,
    quantity=24,
    design=1,
    accent=brands.PLUM,
)
"""The one that waits for its cards to be printed."""
WELFARE: Final = Wish(
    None,
    "新春快乐",
    "感谢各位同事一年的辛勤付出。这份心意请随意挑选，祝阖家团圆，新春快乐。",
    OrderState.ISSUED,
    quantity=16,
    face=Money(50_000, "CNY"),
    design=2,
    accent=brands.LACQUER,
    skus=(
        "TEA-LJ-150",
        "FOD-NT-1200",
        "FOD-HN-2",
        "FOD-OO-2",
        "CER-MG-2",
        "CUP-TH-800",
        "HOM-TW-4",
        "OUT-UM-1",
        "ELE-WC-2",
    ),
)
"""Shopping cards for the firm's own people."""
LAUNCH: Final = Wish(
    NEXT_BOOK,
    "新品首发",
    "感谢莅临岭南光学新品发布会。一份心意，请您自选，期待与您携手前行。",
    OrderState.AWAITING_PAYMENT,
    quantity=60,
    design=3,
    lettering=Lettering.SANS,
)
YEAR_END: Final = Wish(
    LARGE_BOOK,
    "岁末答谢",
    "岁序更新，情谊长存。感谢各位经销商一年来的辛勤付出，祝新年吉祥，生意兴隆。",
    OrderState.AWAITING_APPROVAL,
    quantity=120,
    design=4,
    accent=brands.PINE,
)
MID_AUTUMN: Final = Wish(
    NEXT_BOOK,
    "中秋快乐",
    "感谢您对我们的支持，中秋佳节之际，请接受全体岭南光学员工深情的谢意和诚挚的祝福，愿您心想事成，财源滚滚！",
    OrderState.DRAFT,
    named=[person for person in nominees() if person.kind == "经销商"],
    design=5,
    accent=brands.AMBER,
)
WISHES: Final = (THANKS, JUBILEE, WELFARE, LAUNCH, YEAR_END, MID_AUTUMN)


def prepare(shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: a logo, five orders, and the money for two of them. Jobs then issue those two."""
    artwork = branding.redraw(LOGO.read_bytes())

    def telling(tx: Transaction) -> None:
        buyer = people.member(tx, MemberRole.BUYER)
        logo_id = brands.dress(tx, people.firm_id(tx), artwork, by=buyer)
        order_ids = {wish.headline: _draw_up(tx, wish, logo_id) for wish in WISHES}
        for wish in WISHES:
            if wish.reaches is not OrderState.DRAFT:
                place(tx, order_ids[wish.headline], destination(), shop.settings)
            if wish.reaches is OrderState.ISSUED:
                pay(tx, order_ids[wish.headline], shop.settings.time_zone)

    return telling


def batch_of(reader: Reader, wish: Wish) -> cards.Batch:
    """Return the cards that an order of ours was issued as."""
    programmes = cards.programmes_of(reader, people.firm_id(reader)).rows
    programme = next(each for each in programmes if each.headline == wish.headline)
    return cards.batches_of(reader, [programme.id])[0]


def receiver(person: Nominee) -> Receiver:
    """Return somebody of the campaign's list as the one who takes a parcel in."""
    place = parse_china(person.address)
    if not isinstance(place, Address):
        raise place
    return Receiver(person.name, normalise_phone(person.phone, "CN"), place)


def _draw_up(tx: Transaction, wish: Wish, logo_id: int) -> int:
    order_id = draw_up(tx, wish, [row_of(person) for person in wish.named])
    orders.set_logo(tx, order_id, people.firm_id(tx), logo_id)
    return order_id


def draw_up(tx: Transaction, wish: Wish, rows: Sequence[Mapping[str, str]]) -> int:
    """Draw up a draft, for the people of `rows` if there are any. Returns its id."""
    buyer, firm, at = people.member(tx, MemberRole.BUYER), people.firm_id(tx), clock.now()
    number = _start(tx, firm, wish, buyer)
    order_id = orders.order_of(tx, number, firm).id
    if rows:
        orders.keep_upload(tx, order_id, firm, "礼品册名单.csv", rows, at=at)
        orders.accept_upload(tx, order_id, firm, by=buyer, at=at)
    orders.brand(tx, order_id, firm, _words(wish))
    return order_id


def _start(tx: Transaction, firm: int, wish: Wish, buyer: Actor) -> str:
    at = clock.now()
    if wish.book is not None:
        edition_id = catalogue.edition_by_code(tx, wish.book.code).id
        return orders.start(
            tx,
            firm,
            edition_id,
            quantity=wish.quantity,
            card_locale=people.LOCALE,
            is_digital=wish.is_digital,
            by=buyer,
            at=at,
        )
    if wish.face is None:
        raise ValueError("an order of nothing")
    items = catalogue.items_by_sku(tx, wish.skus)
    value = Value(wish.face, Holder.BEARER, wish.quantity, [items[sku].id for sku in wish.skus], allows_difference=True)
    market = MarketRules().stored_value
    return orders.start_cards(tx, firm, value, market=market, card_locale=people.LOCALE, by=buyer, at=at)


def row_of(person: Nominee) -> Mapping[str, str]:
    """Return somebody of the campaign's list as a row of an order's."""
    somebody = receiver(person)
    return {
        "name": somebody.name,
        "phone": somebody.phone,
        "kind": person.kind,
        "grade": person.grade,
        "address": one_line(somebody.address),
    }


def _words(wish: Wish) -> Brand:
    return Brand(
        sender_name=people.FIRM.name,
        headline=wish.headline,
        greeting=wish.greeting,
        card_locale=people.LOCALE,
        contact_line=people.FIRM.contact_line,
        valid_until=clock.now().date() + (CARDS_VALID_FOR if wish.face else VALID_FOR),
        is_surprise=False,
        design=brands.design(DesignKind.SHOPPING_CARD if wish.face else DesignKind.GIFT_BOOK, wish.design),
        accent=wish.accent,
        lettering=wish.lettering,
    )


def destination() -> Destination:
    """Return the firm's office, and whom its invoices name."""
    email = f"{MemberRole.FINANCE}@{people.FIRM_DOMAIN}"
    return Destination(asdict(OFFICE), people.FIRM.invoice_title, people.FIRM.tax_number, email)


def place(tx: Transaction, order_id: int, to: Destination, settings: Settings) -> None:
    """Place a draft of the firm at today's total with its proof approved, and send it there."""
    buyer, firm, at = people.member(tx, MemberRole.BUYER), people.firm_id(tx), clock.now()
    orders.send_to(tx, order_id, firm, to)
    orders.place(
        tx,
        order_id,
        firm,
        seen_total_minor=_total(tx, order_id).amount_minor,
        seen_proof=look_at(tx, order_id, imprint_of(settings), by=buyer),
        imprint=imprint_of(settings),
        tariff=Tariff(),
        market=MarketRules().stored_value,
        today=clock.local_day(at, settings.time_zone),
        by=buyer,
        at=at,
    )


def _total(reader: Reader, order_id: int) -> Money:
    order = orders.order_by_id(reader, order_id)
    return orders.total_of(orders.lines_for(reader, order, Tariff()), order.currency)


def pay(tx: Transaction, order_id: int, time_zone: str) -> None:
    """The firm's transfer for an order arrives."""
    payment = payments.payment_of(tx, payments.Payable(orders.KIND, order_id))
    if payment is None:
        raise ValueError("an order that nobody expects money for")
    finance, at = people.staff(tx, StaffRole.FINANCE), clock.now()
    today = clock.local_day(at, time_zone)
    payments.mark_received(tx, payment.id, payment.amount_minor, today, "", today=today, by=finance, at=at)
