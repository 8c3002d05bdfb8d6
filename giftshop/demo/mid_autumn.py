"""`demo mid-autumn`: Liandong's campaign of mooncakes from the first nomination to the last parcel, in one year.

It runs on a database of its own, by the commands that the site's pages use, while the clock stands where the story is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from giftshop import (
    accounts,
    campaigns,
    catalogue,
    fulfilment,
    orders,
    payments,
    production,
    schema,
    stock,
    tabular,
)
from giftshop.campaigns import Handover, Judgement, Report, Step
from giftshop.config import Settings
from giftshop.db import Reader, Transaction
from giftshop.demo import people, sets
from giftshop.demo.bench import Bench, prepare_carriers
from giftshop.demo.campaign import BUDGETED, Drawn, choose_gift, draw_up, facts_of, judge, terms_of
from giftshop.demo.goods import load_goods
from giftshop.demo.nominations import nominations_file
from giftshop.demo.ordering import OFFICE
from giftshop.demo.proofs import imprint_of, look_at
from giftshop.fulfilment import Shipment, ShipmentState
from giftshop.giftsets import Artwork
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.lunar import LunarDay
from giftshop.kernel.market import Counterparty, MarketRules
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.orders import Delivery, OrderState
from giftshop.web import GiftShop

Args = ParamSpec("Args")
Result = TypeVar("Result")

FIRM: Final = accounts.FirmDetails(
    name="联动",
    locale="zh_Hans",
    invoice_title="联动科技有限公司",
    tax_number="91440101MA5DEMO00X",
    contact_line="联动客户服务 020-0000 0000",
)
IN_STOCK: Final = 390
"""Mooncakes of each kind that come for the campaign."""
DECIDED: Final = LunarDay(7, 24)
"""The orders are placed and paid."""
MADE: Final = LunarDay(7, 28)
"""The last card is printed."""
AT_THE_FIRM: Final = LunarDay(8, 4)
"""What visitors are handed is there: the day before the first of them."""
LATE: Final = 3
"""Parcels that the carrier brings in the evening of the last day, after the hour."""
RETURNED: Final = 1
"""Parcels that come back."""
AT_ONCE: Final = 40
"""Parcels that the packer hands to the driver together."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the story leaves to read: the contradictions as they were found, the word on each, and the report."""

    year: int
    contradictions: Sequence[campaigns.Contradiction]
    held: int
    """Parcels that lay ready when the list was with the carrier, and did not leave before the window."""
    report: Report


def tell(anew: Callable[[Settings], GiftShop], folder: Path, year: int) -> Told:
    """Tell the whole story in an empty `folder`, in the days of that year, to an app made `anew`. Returns what came."""
    environ = {"GIFTSHOP_MODE": "demo", "INSTANCE_PATH": str(folder)}
    shop = anew(Settings.from_environ(environ))
    try:
        with shop.app_context():
            return Story(shop, year).told()
    finally:
        shop.database.dispose()


class Story:
    """One campaign in one year, day by day."""

    def __init__(self, shop: GiftShop, year: int) -> None:
        self.shop, self.year = shop, year
        self.facts = facts_of(year, FIRM.name)
        self.zone = ZoneInfo(shop.settings.time_zone)

    def told(self) -> Told:
        """Go through the days in their order."""
        window = self.facts.window
        with self.day(LunarDay(7, 15).in_year(self.year), 9):
            self.begin()
            drawn = self.do(draw_up, self.facts, at=clock.now())
        with self.day(DECIDED.in_year(self.year), 9):
            self.nominate(drawn)
            self.review(drawn)
            found = self.contradictions(drawn)
            self.decide(drawn)
            self.order(drawn)
        with self.day(MADE.in_year(self.year), 9):
            self.make(drawn)
            self.dispatch(self.parcels(drawn, is_on_site=True))
        with self.day(AT_THE_FIRM.in_year(self.year), 9):
            self.deliver(self.parcels(drawn, is_on_site=True))
        with self.day(window.list_day, 10):
            parcels = self.parcels(drawn, is_on_site=False)
            held = self.held(parcels)
        self.send_and_deliver(drawn, parcels)
        with self.day(window.last_day + timedelta(days=3), 9):
            return Told(self.year, found, held, self.report(drawn))

    def send_and_deliver(self, drawn: Drawn, parcels: Sequence[int]) -> None:
        """The window: parcels leave on its first day and come until its last hour, but for those that are late."""
        window = self.facts.window
        with self.day(window.first_day, 7):
            self.shop.jobs.run_due()
        for place in range(0, len(parcels) - LATE, AT_ONCE):
            with self.day(window.first_day, 8 + place // AT_ONCE):
                self.dispatch(parcels[place : min(place + AT_ONCE, len(parcels) - LATE)])
        with self.day(window.first_day, 18):
            self.dispatch(parcels[-LATE:])
        with self.day(window.last_day, 11):
            self.deliver(parcels[RETURNED:-LATE])
            self.take_back(parcels[:RETURNED])
            self.hand_over(drawn)
        with self.day(window.last_day, window.last_hour + 2):
            self.deliver(parcels[-LATE:])

    @contextmanager
    def day(self, day: date, hour: int) -> Iterator[None]:
        """Let it be that hour of that day, by the firm's clocks."""
        with clock.standing_at(datetime.combine(day, time(hour), self.zone).astimezone(UTC)):
            yield

    def do(
        self, command: Callable[Concatenate[Transaction, Args], Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Do something in a transaction, and the jobs it promises behind it."""
        done = self.shop.database.transact(command, *args, **kwargs)
        self.shop.jobs.run_due()
        return done

    def begin(self) -> None:
        """The firm, its people, the goods, the carriers; mooncakes enough for everybody, and the two sets of them."""
        schema.migrate(self.shop.database, self.shop.settings)
        self.do(people.prepare(self.shop, FIRM))
        self.do(load_goods, at=clock.now())
        self.do(prepare_carriers(self.shop))
        self.do(_stock_mooncakes)
        self.do(self._put_together)

    def _put_together(self, tx: Transaction) -> None:
        words, mark = (self.facts.occasion, self.facts.greeting), Artwork(text=FIRM.name)
        sets.put_mooncakes_together(tx, sets.offer_crafts(tx), words=words, mark=mark)

    def nominate(self, drawn: Drawn) -> None:
        """Sales people hand in the list of 390 people as their spreadsheet writes it, and declare it true."""
        terms = terms_of(self.shop, clock.now())
        with self.shop.database.reading() as reader:
            context = campaigns.Context(
                groups=campaigns.groups_of(reader, drawn.id),
                there=[],
                rules=terms.rules,
                nature=terms.nature,
                counterparty=Counterparty.BUSINESS,
                influence=campaigns.Influence.STRONG,
                reason="中秋答谢",
                over_the_year=lambda _nominations: {},
            )
            read = campaigns.read_nominations(tabular.read_table(nominations_file(), campaigns.COLUMNS), context)

        def hand_in(tx: Transaction) -> None:
            who: dict[str, Any] = {"by": people.member(tx, MemberRole.NOMINATOR), "at": clock.now()}
            kept = ("nominations.csv", read.nominations)
            campaigns.keep_list(tx, drawn.id, drawn.firm_id, *kept, today=terms.today, **who)
            campaigns.accept_list(tx, drawn.id, drawn.firm_id, is_declared=True, terms=terms, **who)

        self.do(hand_in)

    def review(self, drawn: Drawn) -> None:
        """Both managers say yes to everybody; planning gives each the grade that their group is meant for."""
        for step in Step:
            self.do(self._judge_all, drawn, step)

    def _judge_all(self, tx: Transaction, drawn: Drawn, step: Step) -> None:
        after: str | None = None
        meant = {group.id: group.grade_id for group in campaigns.groups_of(tx, drawn.id)}
        while True:
            page = campaigns.waiting_page(tx, drawn.firm_id, step, after=after)
            verdicts = [
                Judgement(each.nominee.id, is_yes=True, grade_id=meant[each.nominee.group_id]) for each in page.rows
            ]
            judge(tx, self.shop, drawn, step, verdicts, at=clock.now())
            after = page.next
            if after is None:
                return

    def contradictions(self, drawn: Drawn) -> list[campaigns.Contradiction]:
        """Return what is found in the plan as it was written."""
        with self.shop.database.reading() as reader:
            campaign = campaigns.campaign_of(reader, drawn.id, drawn.firm_id)
            return campaigns.open_contradictions(reader, campaign, today=self.today)

    def decide(self, drawn: Drawn) -> None:
        """Planning chooses the gifts, which ends ¥XX, says a word on everything else, and closes the decision."""
        for grade in BUDGETED:
            self.do(choose_gift, self.shop, drawn, grade, at=clock.now())
        word = "已核对：按名单 390 人执行，到访客户的礼品由公司当面交付。"

        def close(tx: Transaction) -> None:
            who: dict[str, Any] = {"by": people.member(tx, MemberRole.PLANNING), "at": clock.now()}
            campaign = campaigns.campaign_of(tx, drawn.id, drawn.firm_id)
            for each in campaigns.open_contradictions(tx, campaign, today=self.today):
                campaigns.answer(tx, drawn.id, drawn.firm_id, each.key, word, today=self.today, **who)
            campaigns.close_decision(tx, drawn.id, drawn.firm_id, today=self.today, **who)

        self.do(close)

    def order(self, drawn: Drawn) -> None:
        """Orders are drawn up; the buyer places each, the approver agrees, the money comes."""
        giving, rules = campaigns.supplier_of(self.shop), self.shop.settings.market.gifts
        zone = self.shop.settings.time_zone

        def order(tx: Transaction) -> None:
            who: dict[str, Any] = {"by": people.member(tx, MemberRole.PLANNING), "at": clock.now()}
            campaigns.order(tx, drawn.id, drawn.firm_id, giving, rules=rules, today=self.today, zone=zone, **who)

        self.do(order)
        for each in self.drawn_orders(drawn):
            self.do(_place_and_pay, each.number, self.today, imprint_of(self.shop.settings))

    def make(self, drawn: Drawn) -> None:
        """Production decorates the packaging and prints the greeting cards, which sends every parcel to the bench."""
        for each in self.drawn_orders(drawn):
            self.do(_make, each.number)

    def parcels(self, drawn: Drawn, *, is_on_site: bool) -> list[int]:
        """Return the shipments to people's doors, or those that bring to the firm what is handed over there."""
        numbers = [each.number for each in self.drawn_orders(drawn) if each.is_on_site is is_on_site]
        with self.shop.database.reading() as reader:
            return [shipment_id for number in numbers for shipment_id in _shipments_of(reader, number, drawn)]

    def held(self, parcels: Sequence[int]) -> int:
        """Return how many parcels nobody can pack yet."""
        with self.shop.database.reading() as reader:
            return sum(each.state is ShipmentState.HELD for each in _shipments(reader, parcels))

    def dispatch(self, parcels: Sequence[int]) -> None:
        """The packer scans what goes in, labels, and hands all over on a manifest."""
        self.do(lambda tx: Bench.opened(tx).dispatch(_shipments(tx, parcels)))

    def deliver(self, parcels: Sequence[int]) -> None:
        """The carrier delivers."""

        def told(tx: Transaction) -> None:
            bench = Bench.opened(tx)
            for shipment in _shipments(tx, parcels):
                bench.deliver(shipment)

        self.do(told)

    def take_back(self, parcels: Sequence[int]) -> None:
        """A parcel comes back: nobody was there."""
        for parcel_id in parcels:
            self.do(_take_back, parcel_id)

    def hand_over(self, drawn: Drawn) -> None:
        """Visitors are handed theirs, and sign with their name."""

        def told(tx: Transaction) -> None:
            by, on_site = people.member(tx, MemberRole.NOMINATOR), _on_site(tx, drawn)
            for entry in campaigns.accepted_entries(tx, drawn.id, group_ids=on_site):
                campaigns.hand_over(
                    tx,
                    drawn.id,
                    drawn.firm_id,
                    entry.nominee.id,
                    received_by=entry.name,
                    signature=None,
                    by=by,
                    at=clock.now(),
                )

        self.do(told)

    def report(self, drawn: Drawn) -> Report:
        """Return the campaign in figures."""
        giving, zone = campaigns.supplier_of(self.shop), self.shop.settings.time_zone
        with self.shop.database.reading() as reader:
            campaign = campaigns.campaign_of(reader, drawn.id, drawn.firm_id)
            return campaigns.report_of(reader, campaign, giving, zone=zone, at=clock.now())

    @property
    def today(self) -> date:
        """The day it is in the story."""
        return clock.local_day(clock.now(), self.shop.settings.time_zone)

    def drawn_orders(self, drawn: Drawn) -> list[campaigns.DrawnOrder]:
        """Return the campaign's orders, those of the better grade first."""
        with self.shop.database.reading() as reader:
            by_grade = campaigns.orders_by_grade(reader, drawn.id)
            return [each for grade in BUDGETED for each in by_grade.get(drawn.grades[grade], [])]


def _stock_mooncakes(tx: Transaction) -> None:
    skus = [sku for _name, sku, _packaging, _kind in sets.MOONCAKES.values()]
    for item in catalogue.items_by_sku(tx, skus).values():
        stock.receive(tx, item.id, IN_STOCK, "中秋备货", by=SYSTEM, at=clock.now())


def _place_and_pay(tx: Transaction, number: str, today: date, imprint: orders.Imprint) -> None:
    firm, at = people.firm_id(tx), clock.now()
    buyer, approver = people.member(tx, MemberRole.BUYER), people.member(tx, MemberRole.APPROVER)
    finance = people.staff(tx, StaffRole.FINANCE)
    order_id = orders.order_of(tx, number, firm).id
    email = f"{MemberRole.FINANCE}@{people.FIRM_DOMAIN}"
    order = orders.order_by_id(tx, order_id)
    receiver = asdict(OFFICE) if order.delivery is Delivery.FIRM else None
    orders.send_to(tx, order_id, firm, orders.Destination(receiver, FIRM.invoice_title, FIRM.tax_number, email))
    total = orders.total_of(orders.lines_for(tx, order, orders.Tariff()), order.currency)
    orders.place(
        tx,
        order_id,
        firm,
        seen_total_minor=total.amount_minor,
        seen_proof=look_at(tx, order_id, imprint, by=buyer),
        imprint=imprint,
        tariff=orders.Tariff(),
        market=MarketRules().stored_value,
        today=today,
        by=buyer,
        at=at,
    )
    if order.state is OrderState.AWAITING_APPROVAL:
        orders.approve(tx, order_id, firm, by=approver, at=at)
    payment = payments.payment_of(tx, payments.Payable(orders.KIND, order_id))
    if payment is None:
        raise ValueError("an order that nobody expects money for")
    payments.mark_received(tx, payment.id, payment.amount_minor, today, "", today=today, by=finance, at=at)


def _make(tx: Transaction, number: str) -> None:
    printer: dict[str, Any] = {"by": people.staff(tx, StaffRole.PRODUCTION), "at": clock.now()}
    order = orders.order_of(tx, number, None)
    for job in production.jobs_of(tx, (orders.KIND, order.id)):
        production.begin(tx, job.id, **printer)
        production.finish(tx, job.id, **printer)


def _take_back(tx: Transaction, parcel_id: int) -> None:
    fulfilment.take_back(tx, parcel_id, goods_are_sound=True, by=Bench.opened(tx).packer, at=clock.now())


def _shipments_of(reader: Reader, number: str, drawn: Drawn) -> Iterator[int]:
    order = orders.order_of(reader, number, drawn.firm_id)
    for parcel in orders.parcels_of(reader, order.id):
        if parcel.number:
            yield fulfilment.shipment_by_number(reader, parcel.number).id


def _on_site(reader: Reader, drawn: Drawn) -> list[int]:
    return [each.id for each in campaigns.groups_of(reader, drawn.id) if each.handover is Handover.ON_SITE]


def _shipments(reader: Reader, ids: Sequence[int]) -> list[Shipment]:
    found = fulfilment.shipments_by_id(reader, ids)
    return [found[shipment_id] for shipment_id in ids]
