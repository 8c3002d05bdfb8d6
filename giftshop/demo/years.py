"""Shopping cards of years before, of three firms: some are over, some lapse soon, some are new, some on their way.

What a finance person looks at needs a past. Each part is told as of its own day, so that postings lie where they would.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from sqlalchemy import select

from giftshop import accounts, cards, catalogue, production
from giftshop.cards import Card, ProgrammeKind, ProgrammeTerms
from giftshop.db import Reader, Transaction
from giftshop.demo import brands, people, proofs
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor, ActorKind
from giftshop.kernel.money import Money
from giftshop.kernel.role import StaffRole
from giftshop.paper import DesignKind
from giftshop.web import GiftShop

LONG_AGO: Final = timedelta(days=1300)
LATELY: Final = timedelta(days=100)
KIND: Final = "demo"
"""What these programmes were bought by: nothing that orders know."""
HARBOUR: Final = accounts.FirmDetails(
    "海港纺织有限公司", "zh_Hans", "海港纺织有限公司", "91440300MA5DEMO01X", "0755-0000 0000"
)
NORTHWIND: Final = accounts.FirmDetails("Northwind Trading Ltd.", "en", "Northwind Trading Ltd.", "", "+1 555 0100")
SKUS: Final = ("TEA-LJ-150", "FOD-NT-1200", "FOD-HN-2", "CUP-TH-800")


@dataclass(frozen=True, slots=True)
class Given:
    """Cards that a firm gave."""

    number: int
    """Which of these programmes it is."""
    firm: accounts.FirmDetails
    name: str
    face: Money
    quantity: int
    lasts: timedelta | None
    """From when they were ordered; None: they never lapse."""
    opened: bool = True


OLD: Final = (
    Given(1, people.FIRM, "员工关怀卡（往年春节）", Money(30_000, "CNY"), 40, timedelta(days=1100)),
    Given(2, people.FIRM, "经销商答谢卡（往年）", Money(50_000, "CNY"), 36, timedelta(days=1130)),
    Given(3, HARBOUR, "老客户购物卡（往年）", Money(20_000, "CNY"), 44, timedelta(days=1160)),
    Given(4, HARBOUR, "周年庆购物卡", Money(20_000, "CNY"), 30, timedelta(days=1340)),
)
NEW: Final = (
    Given(5, people.FIRM, "夏季慰问卡", Money(50_000, "CNY"), 24, timedelta(days=1100)),
    Given(6, HARBOUR, "工会会员卡", Money(100_000, "CNY"), 12, None),
    Given(7, NORTHWIND, "Partner thank-you cards", Money(5_000, "USD"), 20, timedelta(days=1100)),
    Given(8, NORTHWIND, "Year-end cards", Money(10_000, "USD"), 10, timedelta(days=1200), opened=False),
)


def sell(given: Sequence[Given], shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: programmes are started, and their cards made by jobs."""

    def telling(tx: Transaction) -> None:
        items = catalogue.items_by_sku(tx, SKUS)
        for each in given:
            programme_id = cards.start_programme(
                tx, _terms(tx, each, [items[sku].id for sku in SKUS]), by=SYSTEM, at=clock.now()
            )
            batch_id = cards.draw_up(
                tx,
                programme_id,
                face=each.face,
                quantity=each.quantity,
                public_url=shop.settings.public_url,
                by=SYSTEM,
                at=clock.now(),
            )
            cards.issue(tx, batch_id, by=SYSTEM, at=clock.now())

    return telling


def print_them(given: Sequence[Given], shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the proofs are approved, production opens the batches, and jobs write their print files."""
    with shop.database.reading() as reader:
        drawn = [
            proofs.draw_run(reader, production.print_run_of(reader, batch.id)) for batch in _batches(reader, given)
        ]

    def telling(tx: Transaction) -> None:
        printer = people.staff(tx, StaffRole.PRODUCTION)
        for batch, proof in zip(_batches(tx, given), drawn, strict=True):
            run = production.print_run_of(tx, batch.id)
            proofs.approve_run(tx, run, proof, by=SYSTEM)
            production.start(tx, run.id, "首次印制", by=printer, at=clock.now())

    return telling


def deliver(given: Sequence[Given], _shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: the print house has them, they are sent, and opened where they have arrived."""

    def telling(tx: Transaction) -> None:
        printer = people.staff(tx, StaffRole.PRODUCTION)
        for each, batch in zip(given, _batches(tx, given), strict=True):
            run = production.print_run_of(tx, batch.id)
            production.fetch(tx, run.id, by=printer, at=clock.now())
            production.confirm(tx, run.id, by=printer, at=clock.now())
            cards.mark_shipped(tx, batch.id, by=SYSTEM, at=clock.now())
            if each.opened:
                cards.activate(tx, batch.id, by=SYSTEM, at=clock.now())

    return telling


def spend(given: Sequence[Given], every: int, _shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: of each `every` cards one stays as it is, one is spent in part, the others wholly."""

    def telling(tx: Transaction) -> None:
        for each, batch in zip(given, _batches(tx, given), strict=True):
            for place, card_id in enumerate(_card_ids(tx, batch.id) if each.opened else ()):
                part = {0: 0, 1: 6}.get(place % every, 10)
                if part:
                    _spend(tx, card_id, Money(each.face.amount_minor * part // 10, each.face.currency))

    return telling


def put_back(given: Sequence[Given], _shop: GiftShop) -> Callable[[Transaction], None]:
    """Return the telling: somebody gave back a part of what was chosen."""

    def telling(tx: Transaction) -> None:
        for each, batch in zip(given, _batches(tx, given), strict=True):
            if each.opened:
                card_id = _card_ids(tx, batch.id)[1]
                some = Money(each.face.amount_minor // 10, each.face.currency)
                cards.put_back(tx, card_id, some, subject=("card", card_id), by=_holder(card_id), at=clock.now())

    return telling


sell_old, sell_new = partial(sell, OLD), partial(sell, NEW)
print_old, print_new = partial(print_them, OLD), partial(print_them, NEW)
deliver_old, deliver_new = partial(deliver, OLD), partial(deliver, NEW)
spend_old, spend_new = partial(spend, OLD, 4), partial(spend, NEW, 3)
put_back_new = partial(put_back, NEW)


def _terms(tx: Transaction, given: Given, products: Sequence[int]) -> ProgrammeTerms:
    valid_until: date | None = None if given.lasts is None else clock.now().date() + given.lasts
    firm_id = _firm_id(tx, given)
    look = brands.give_look(tx, firm_id, given.firm.name, by=SYSTEM)
    return ProgrammeTerms(
        firm_id=firm_id,
        order_kind=KIND,
        order_id=given.number,
        name=given.name,
        sender_name=given.firm.name,
        hotline="400-000-0000",
        valid_until=valid_until,
        time_zone="Asia/Shanghai",
        headline=given.name,
        greeting="",
        locale=given.firm.locale,
        kind=ProgrammeKind.STORED_VALUE,
        products=products,
        design=brands.design(DesignKind.SHOPPING_CARD, given.number),
        accent=look.accent,
        lettering=look.lettering,
    )


def _firm_id(tx: Transaction, given: Given) -> int:
    known = {firm.name: firm.id for firm in accounts.all_firms(tx)}
    if given.firm.name in known:
        return known[given.firm.name]
    return accounts.establish_firm(tx, given.firm, currency=given.face.currency, by=SYSTEM, at=clock.now())


def _batches(reader: Reader, given: Sequence[Given]) -> list[cards.Batch]:
    return [_batch_of(reader, each) for each in given]


def _batch_of(reader: Reader, given: Given) -> cards.Batch:
    programme = cards.programme_bought_by(reader, KIND, given.number)
    if programme is None:
        raise ValueError("cards that nobody sold")
    return cards.batches_of(reader, [programme.id])[0]


def _card_ids(reader: Reader, batch_id: int) -> list[int]:
    return list(reader.scalars(select(Card.id).where(Card.batch_id == batch_id).order_by(Card.serial)))


def _spend(tx: Transaction, card_id: int, cost: Money) -> None:
    cards.spend(tx, card_id, cost, subject=("card", card_id), by=_holder(card_id), at=clock.now())


def _holder(card_id: int) -> Actor:
    return Actor(ActorKind.RECIPIENT, card_id)
