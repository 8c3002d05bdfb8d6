"""Two firms with something at every step of the street, so that every page has something to show and to lose.

All that Lantern writes holds markup; all that is Harbour's holds a canary, which nobody of Lantern may ever see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update

from giftshop import (
    branding,
    campaigns,
    cards,
    catalogue,
    fulfilment,
    giftsets,
    notifications,
    orders,
    payments,
    redemption,
    stock,
    wishes,
)
from giftshop import production as decorations
from giftshop.accounts.access import Letter, mail_link
from giftshop.accounts.models import Firm, FirmState, LinkPurpose, User, UserState
from giftshop.addresses import Address, Receiver
from giftshop.campaigns.links import NominationLink
from giftshop.cards import PrintedCard
from giftshop.catalogue import CollectionKind, DecorationFacts, DecorationKind, PackagingFacts, PackagingKind
from giftshop.db import Transaction
from giftshop.fulfilment import ExceptionReason, Shipment, carrier_files, printing
from giftshop.fulfilment.rules import NUMBERS, FileKind, Paper
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, VISITOR, Actor, ActorKind
from giftshop.kernel.clock import local_day
from giftshop.kernel.lunar import LunarDay
from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.orders import Brand, Destination, Tariff
from giftshop.orders.errors import PriceChanged
from giftshop.payments import checkouts, disputes, refunds
from giftshop.payments.rules import SeenDispute, SeenSession
from giftshop.production import PrintRun
from giftshop.production import service as production
from giftshop.redemption import afterwards
from giftshop.redemption.links import TrackingLink
from giftshop.redemption.rules import ProblemKind
from giftshop.web import GiftShop
from giftshop.wishes.links import secret_of
from tests.hostile.further import Further, leave_further, let_in_further
from tests.hostile.typed import ADDRESS_TYPED, MARKUP
from tests.people import Crew, People, Somebody, sign_in
from tests.proofs import seen as seen_proof

CANARY = "kanarie"
"""Stands in every text that is Harbour's; its people's addresses and its name are known without it."""
PLACES = ("stopped", "packing", "in", "packed", "listed", "shipped", "returned", "delivered")
"""Where a redeemed gift can be; one of each firm's is at each, and one still waits."""
BOOKS = 2 + len(PLACES)
PRICE = Money(20_000, "CNY")
LINKS = {
    "invited@lantern.example": LinkPurpose.INVITATION,
    "nominator@lantern.example": LinkPurpose.PASSWORD_RESET,
}
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="%d" height="9" fill="#800"/></svg>'


@dataclass
class Surfer:
    """Somebody's browser, and where they begin."""

    name: str
    client: FlaskClient
    start: tuple[str, ...]
    person: Somebody | None = None

    @property
    def is_of_lantern(self) -> bool:
        """Whether they belong to Lantern: its people and those who hold its cards."""
        return self.person is None or self.person.email.endswith("@lantern.example")

    @property
    def is_of_harbour(self) -> bool:
        """Whether they are of the other firm."""
        return self.person is not None and self.person.email.endswith("@harbour.example")


@dataclass
class World:
    """The app, its people, and the codes that are out there."""

    app: GiftShop
    people: People
    edition_id: int
    item_ids: list[int]
    open_card: PrintedCard
    """One of Lantern's, not redeemed yet."""
    chosen_card: PrintedCard
    """One of Lantern's, redeemed and not packed yet."""
    browsers: list[Surfer] = field(default_factory=list)

    def let_in(self, further: Further) -> None:
        """Give everybody a browser: all people, recipients on their way, and a visitor."""
        for person in self.people:
            client = self.app.test_client()
            sign_in(client, person)
            start: tuple[str, ...] = ("/", "/me/password", "/dispatch/printouts/1")
            if person is self.people.staff.hotline:
                start += self._on_a_call(client)
            self.browsers.append(Surfer(person.email, client, start, person))
        self.browsers += [self._recipient("with an open card", self.open_card, is_choosing=True)]
        self.browsers += [self._recipient("with a chosen gift", self.chosen_card, is_choosing=False)]
        letters = ("/invitation/secret-invitation", "/password/reset/secret-password_reset", self._tracking_link())
        nominating = "/n/" + NominationLink(1, 1).signed(self.app.settings.link_key)
        wish_list = "/l/" + secret_of(1, self.app.settings.link_key)
        looking = ("/", "/gift-books", "/compare?gift=TEA-1&gift=CUP-2")
        entrances = (*looking, "/sign-in", "/r", "/r/not-open", "/healthz", nominating, wish_list, *letters)
        self.browsers.append(Surfer("a visitor", self.app.test_client(), entrances))
        let_in_further(self, further)

    def add_browser(self, name: str, client: FlaskClient, *start: str) -> None:
        """Let somebody in who is nobody's person."""
        self.browsers.append(Surfer(name, client, start))

    def _on_a_call(self, client: FlaskClient) -> tuple[str, ...]:
        """Somebody reads the code of the open card out to the hotline, and chooses; then says what is wrong."""
        call = client.post("/desk/hotline/calls", data={"locale": "en"}).location
        assert client.post(f"{call}/code", data={"code": self.open_card.secret.printed}).status_code == 303
        choice = {"gift": str(self.item_ids[0])} | ADDRESS_TYPED
        assert client.post(f"{call}/choice", data=choice).status_code == 303
        return call, f"{call}/choice", f"{call}/check"

    def _tracking_link(self) -> str:
        with self.app.database.reading() as reader:
            public_id = cards.card_with_serial(reader, self.chosen_card.serial).public_id
        return TrackingLink(public_id, 1).url("", self.app.settings.link_key)

    def _recipient(self, name: str, card: PrintedCard, *, is_choosing: bool) -> Surfer:
        client = self.app.test_client()
        assert client.post("/r", data={"code": card.secret.printed}).status_code == 303
        if is_choosing:
            assert client.post("/r/gift/choice", data={"gift": str(self.item_ids[0])}).status_code == 303
            assert client.post("/r/gift/address", data=ADDRESS_TYPED).status_code == 303
        else:
            assert client.post("/r/gift/proof", data={"last_digits": "5678"}).status_code == 303
        pages = ("", "/choice", "/address", "/check", "/problem", "/thanks")
        return Surfer(name, client, tuple(f"/r/gift{page}" for page in pages))


def make_world(app: GiftShop, people: People) -> World:
    """Build it all by the commands of the rooms, as the pages would."""
    app.database.transact(_name_firms, people)
    edition_id, item_ids = _fill_shelves(app, people)
    lantern = _Street(app, people, people.lantern, edition_id, item_ids, MARKUP)
    harbour = _Street(app, people, people.harbour, edition_id, item_ids, CANARY)
    lantern.walk()
    harbour.walk()
    further = leave_further(lantern, MARKUP)
    app.database.transact(_at_the_bench, people)
    world = World(app, people, edition_id, item_ids, lantern.active[0], lantern.active[1])
    world.let_in(further)
    return world


def _name_firms(tx: Transaction, people: People) -> None:
    for crew, words in ((people.lantern, MARKUP), (people.harbour, CANARY)):
        named = {"name": f"{crew.name} {words}", "invoice_title": words, "tax_number": words, "contact_line": words}
        tx.change(update(Firm).where(Firm.id == crew.id).values(**named))
        tx.change(update(User).where(User.firm_id == crew.id).values(name=User.name + f" {words}", phone="+861380000"))
        for state in (UserState.DISABLED, UserState.INVITED):
            email = f"{state}@{crew.buyer.email.partition('@')[2]}"
            tx.add(User(email=email, name=words, firm_id=crew.id, state=state, created_at=clock.now()))
    for state in (UserState.DISABLED, UserState.INVITED):
        tx.add(User(email=f"{state}@giftshop.example", name=MARKUP, state=state, created_at=clock.now()))
    tx.add(Firm(name=f"Elsewhere {MARKUP}", currency="CNY", state=FirmState.SUSPENDED, created_at=clock.now()))


def _fill_shelves(app: GiftShop, people: People) -> tuple[int, list[int]]:
    who: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}
    transact = app.database.transact
    names = {"en": f"Tea {MARKUP}", "zh_Hans": f"茶 {MARKUP}"}
    facts = catalogue.ItemFacts(sku="TEA-1", names=names, price=PRICE, descriptions=names, picture="longjing-tin")
    book = catalogue.EditionFacts(code="AUTUMN-200", names=names, tier=PRICE, labels=names)
    edition_id, item_ids = transact(catalogue.draw_up_edition, book, **who).id, []
    shelf = catalogue.CollectionFacts("tea", CollectionKind.OCCASION, names, names)
    transact(catalogue.add_collection, shelf, **who)
    facts = replace(facts, tags=("tea",))
    for sku in ("TEA-1", "CUP-2"):
        item_ids.append(transact(catalogue.draw_up_item, replace(facts, sku=sku), **who).id)
        transact(catalogue.offer_item, item_ids[-1], **who)
        transact(stock.receive, item_ids[-1], 100, f"opening {MARKUP}", **who)
        transact(catalogue.add_gift, edition_id, item_ids[-1], **who)
    transact(catalogue.offer_edition, edition_id, **who)
    supplier = catalogue.SupplierFacts("GROWER", {"en": f"Growers {MARKUP}"}, f"Liu {MARKUP}")
    transact(catalogue.add_supplier, supplier, **who)
    bag = PackagingFacts("BAG-1", PackagingKind.BAG, names, PRICE, weight_g=90, holds_g=3_000)
    bag_id = transact(catalogue.add_packaging, bag, **who)
    craft = DecorationFacts(DecorationKind.BAG_PRINT, names, PRICE, PRICE, 1, 2, width_mm=80, height_mm=60)
    craft_id = transact(catalogue.add_decoration, craft, **who)
    area: dict[str, Any] = {"places": names, "width_mm": 40, "height_mm": 30}
    transact(catalogue.place_decoration, craft_id, packaging_id=bag_id, **area, **who)
    transact(catalogue.place_decoration, craft_id, item_id=item_ids[0], **area, **who)
    transact(catalogue.add_bundle_rule, f"wine {MARKUP}", "*", names, **who)
    transact(fulfilment.add_usual_carriers, **(who | {"by": people.staff.fulfilment.actor}))
    return edition_id, item_ids


def _at_the_bench(tx: Transaction, people: People) -> None:
    """Papers that were printed, and a carrier's file that waits."""
    who: dict[str, Any] = {"by": people.staff.fulfilment.actor, "at": clock.now()}
    ids = tx.scalars(select(Shipment.id)).all()
    printing.print_papers(tx, ids, set(Paper), **who)
    rows = [carrier_files.FileRow(2, NUMBERS.of(shipment_id), f"SF9{shipment_id:09d}", MARKUP) for shipment_id in ids]
    carrier_files.keep_file(tx, FileKind.TRACKING, f"{MARKUP}.csv", rows, **who)
    waiting = tx.scalars(select(Shipment.id).where(Shipment.tracking_number.is_(None))).first() or 0
    good = [carrier_files.FileRow(2, NUMBERS.of(waiting), "SF900000000", "SF")]
    carrier_files.keep_file(tx, FileKind.TRACKING, f"{MARKUP}.csv", good, **who)
    letter = Letter(MARKUP, MARKUP)
    for email, purpose in LINKS.items():
        user = tx.scalars(select(User).where(User.email == email)).one()
        mail_link(tx, user, purpose, f"secret-{purpose}", letter, at=clock.now())


class _Street:
    """What one firm has at each step."""

    def __init__(
        self, app: GiftShop, people: People, crew: Crew, edition_id: int, item_ids: list[int], words: str
    ) -> None:
        self.app, self.people, self.crew, self.words = app, people, crew, words
        self.edition_id, self.item_ids = edition_id, item_ids
        self.transact = app.database.transact
        self.packer = people.staff.fulfilment.actor
        self.today = local_day(clock.now(), "Asia/Shanghai")
        self.active: list[PrintedCard] = []
        self.made_set = 0
        """The order of gift sets that are at the bench."""

    def walk(self) -> None:
        """Leave something at every step."""
        self.waiting_list()
        self.order(quantity=3)
        self.placed(quantity=1000)
        self.placed(quantity=5)
        self.by_card(quantity=4)
        self.by_card(quantity=7, is_troubled=True)
        self.cancelled()
        self.printed(up_to="waiting")
        self.printed(up_to="fetched")
        if self.words == MARKUP:
            self.printed(up_to="ready")
            self.printed(up_to="packing")
            self.printed(up_to="shipped")
        self.gift_sets()
        self.wish_list()
        self.active = self.printed(up_to="delivered")
        self.parcels(self.active)
        self.campaign()
        self.transact(notifications.queue_mail, to="a@b.example", subject=self.words, text=self.words)
        self.app.jobs.run_due()

    def person(self) -> dict[str, str]:
        return {"name": self.words, "phone": "+8613800138000", "kind": self.words, "grade": "A", "address": ""}

    def receiver(self) -> Receiver:
        street = f"体育西路123号 {self.words}"
        return Receiver(self.words, "+8613812345678", Address("CN", "广东省", "广州市", "天河区", street, ""))

    def order(self, *, quantity: int | None) -> int:
        """A complete draft. Returns its id."""
        firm, by, at = self.crew.id, self.crew.buyer.actor, clock.now()
        brand = Brand(
            sender_name=f"{self.words} Ltd",
            headline=self.words,
            greeting=self.words,
            card_locale="en",
            contact_line=self.words,
            valid_until=self.today + timedelta(days=200),
            is_surprise=False,
        )
        destination = Destination(asdict(self.receiver()), self.words, self.words, "a@b.example")

        def draw_up(tx: Transaction) -> int:
            number = orders.start(tx, firm, self.edition_id, quantity=quantity, card_locale="en", by=by, at=at)
            order_id = orders.order_of(tx, number, firm).id
            orders.brand(tx, order_id, firm, brand)
            orders.send_to(tx, order_id, firm, destination)
            logo = branding.save_logo(tx, firm, branding.redraw(LOGO % len(self.words)), by=by, at=at)
            orders.set_logo(tx, order_id, firm, logo.id)
            return order_id

        return self.transact(draw_up)

    def waiting_list(self) -> None:
        order_id = self.order(quantity=None)
        people = [self.person()]
        self.transact(orders.keep_upload, order_id, self.crew.id, f"{self.words}.csv", people, at=clock.now())

    def placed(self, *, quantity: int | None, people: int = 0) -> int:
        """An order that waits for approval when it is large, else for the money. Returns its id."""
        order_id, firm, by = self.order(quantity=quantity), self.crew.id, self.crew.buyer.actor
        if people:
            named = [{**self.person(), "phone": f"+86138001380{place:02d}"} for place in range(people)]
            self.transact(orders.keep_upload, order_id, firm, "list.csv", named, at=clock.now())
            self.transact(orders.accept_upload, order_id, firm, by=by, at=clock.now())
        self.place(order_id)
        return order_id

    def place(self, order_id: int) -> None:
        """Place a draft at its total."""
        firm, by, market = self.crew.id, self.crew.buyer.actor, MarketRules().stored_value
        facts: dict[str, Any] = {"tariff": Tariff(), "market": market, "today": self.today}
        settings = self.app.settings
        facts |= self.transact(seen_proof, order_id, orders.Imprint(settings.hotline, settings.public_url))
        try:
            self.transact(orders.place, order_id, firm, seen_total_minor=-1, by=by, at=clock.now(), **facts)
        except PriceChanged as changed:
            total = changed.facts["current"]
            assert isinstance(total, Money)
            seen = total.amount_minor
        self.transact(orders.place, order_id, firm, seen_total_minor=seen, by=by, at=clock.now(), **facts)

    def pay(self, order_id: int) -> None:
        """The money for an order arrives, and what it brings about is done."""
        with self.app.database.reading() as reader:
            payment = payments.payment_of(reader, payments.Payable(orders.KIND, order_id))
        assert payment
        who: dict[str, Any] = {"today": self.today, "by": self.people.staff.finance.actor, "at": clock.now()}
        amount = payment.amount_minor
        self.transact(payments.mark_received, payment.id, amount, self.today, self.words, **who)
        self.app.jobs.run_due()

    def gift_sets(self) -> None:
        """A set being put together, one on its way through an order, one being made, one at the bench."""
        self.gift_set()
        for delivery in orders.Delivery:
            self.set_order(delivery)
        for is_made in (False, True):
            self.made_set = order_id = self.set_order(orders.Delivery.DIRECT)
            self.place(order_id)
            self.pay(order_id)
            with self.app.database.reading() as reader:
                jobs = [job.id for job in decorations.jobs_of(reader, (orders.KIND, order_id))]
            for job_id in jobs if is_made else jobs[:1]:
                who: dict[str, Any] = {"by": self.people.staff.production.actor, "at": clock.now()}
                self.transact(decorations.begin, job_id, **who)
                if is_made:
                    self.transact(decorations.finish, job_id, **who)
            self.app.jobs.run_due()

    def wish_list(self) -> None:
        """A list that was shown to somebody, who answered; and a favourite."""
        firm, by, at = self.crew.id, self.crew.buyer.actor, clock.now()

        def telling(tx: Transaction) -> None:
            list_id = wishes.draw_up(tx, firm, self.words, self.item_ids[:1], by=by, at=at)
            wishes.arrange(tx, list_id, firm, wishes.Wanted(self.words, 3, notes={self.item_ids[0]: self.words}))
            link_id = wishes.share(tx, list_id, firm, wishes.Showing(with_prices=True), by=by, at=at)
            said = {self.item_ids[0]: wishes.Said(wishes.Verdict.YES, self.words)}
            wishes.answer(tx, link_id, self.words, said, words=self.words, by=VISITOR, at=at)
            wishes.keep(tx, self.crew.buyer.id, self.item_ids[1], at=at)

        self.transact(telling)

    def gift_set(self) -> int:
        """A decorated set with a card. Returns its id."""
        firm = self.crew.id
        who: dict[str, Any] = {"by": self.crew.buyer.actor, "at": clock.now()}

        def draw_up(tx: Transaction) -> int:
            set_id = giftsets.draw_up(tx, firm, f"Set {self.words}", **who)
            for item_id in self.item_ids:
                giftsets.put_in(tx, set_id, firm, item_id)
            logo = branding.save_logo(tx, firm, branding.redraw(LOGO % len(self.words)), **who)
            art = {1: giftsets.Artwork(logo.id), 2: giftsets.Artwork(text=self.words)}
            wishes = giftsets.Wishes(
                f"Set {self.words}", {}, 1, art, headline=self.words, greeting=self.words, planned=2
            )
            giftsets.arrange(tx, set_id, firm, wishes)
            return set_id

        return self.transact(draw_up)

    def set_order(self, delivery: orders.Delivery) -> int:
        """A draft of such a set. Returns its id."""
        set_id, firm = self.gift_set(), self.crew.id
        who: dict[str, Any] = {"by": self.crew.buyer.actor, "at": clock.now()}
        quantity = None if delivery is orders.Delivery.DIRECT else 4

        def draw_up(tx: Transaction) -> int:
            number = orders.start_set(tx, firm, set_id, quantity=quantity, card_locale="en", delivery=delivery, **who)
            order_id = orders.order_of(tx, number, firm).id
            if quantity is None:
                where = f"广东省广州市天河区体育西路123号 {self.words}"
                row = {**self.person(), "address": where}
                rows = [row, {**row, "phone": "+8613800138001"}]
                orders.keep_upload(tx, order_id, firm, f"{self.words}.csv", rows, at=clock.now())
                orders.accept_upload(tx, order_id, firm, **who)
            if delivery is orders.Delivery.BRANCHES:
                orders.add_branch(tx, order_id, firm, asdict(self.receiver()), 3, **who)
            to_firm = asdict(self.receiver()) if delivery is orders.Delivery.FIRM else None
            orders.send_to(tx, order_id, firm, Destination(to_firm, self.words, self.words, "a@b.example"))
            return order_id

        return self.transact(draw_up)

    def by_card(self, *, quantity: int, is_troubled: bool = False) -> None:
        """An order that was paid by card, twice and with a bank that wants it back when `is_troubled`."""
        order_id, by, at = self.placed(quantity=quantity), self.crew.buyer.actor, clock.now()
        today: dict[str, Any] = {"received_on": self.today, "by": SYSTEM, "at": at}

        def pay(tx: Transaction) -> None:
            payment = payments.payment_of(tx, payments.Payable(orders.KIND, order_id))
            assert payment
            going: dict[str, Any] = {"return_to": "/", "cancel_to": "/", "locale": "en"}
            checkout = checkouts.begin(tx, payment.id, **going, by=by, at=at)
            seen = SeenSession(
                id=f"cs_{order_id}",
                key=checkout.key,
                reference=payment.reference,
                status="complete",
                is_paid=True,
                amount=payment.amount,
                intent=f"pi_{order_id}",
                url="",
                expires_at=None,
            )
            if is_troubled:
                finance: dict[str, Any] = {"today": self.today, "by": self.people.staff.finance.actor, "at": at}
                payments.mark_received(tx, payment.id, payment.amount_minor, self.today, self.words, **finance)
            checkouts.take_session(tx, seen, **today)
            if is_troubled:
                (refund,) = payments.refunds_of(tx, payment.id)
                refunds.note_refused(tx, refund.id, self.words, by=SYSTEM, at=at)
                disputes.take_dispute(tx, SeenDispute(f"dp_{order_id}", seen.intent, ""), by=SYSTEM, at=at)

        self.transact(pay)

    def cancelled(self) -> None:
        order_id, by = self.placed(quantity=6), self.crew.buyer.actor
        self.transact(orders.cancel, order_id, self.crew.id, hotline="1", by=by, at=clock.now())

    def printed(self, *, up_to: str, order_id: int | None = None) -> list[PrintedCard]:
        """An order that was paid, and brought `up_to` a step of its cards. Returns what the print house got."""
        order_id, at = order_id or self.placed(quantity=None, people=BOOKS), clock.now()
        self.pay(order_id)
        if up_to == "waiting":
            return []
        with self.app.database.reading() as reader:
            run = reader.scalars(select(PrintRun).order_by(PrintRun.id.desc()).limit(1)).one()
        by = self.people.staff.production.actor
        self.transact(production.start, run.id, self.words, by=by, at=at)
        self.app.jobs.run_due()
        if up_to == "ready":
            return []
        opening_id = self.transact(production.fetch, run.id, by=by, at=at)
        with self.app.database.reading() as reader:
            printed = list(cards.open_secrets(reader, opening_id, keyring=self.app.settings.keyring))
        if up_to == "fetched":
            if self.words == CANARY:
                asker = self.people.staff.administrator.actor
                self.transact(production.ask_again, run.id, self.words, by=asker, at=at)
            return []
        self.transact(production.confirm, run.id, by=by, at=at)
        self.through_the_door(self.parcel_for(("batch", run.batch_id)), tracked=False, up_to=up_to)
        return printed

    def parcels(self, printed: list[PrintedCard]) -> None:
        """Redeem all cards but the first, and leave each parcel somewhere else."""
        redeemed = [self.redeem(card) for card in printed[1:]]
        for number, up_to in zip(redeemed[1:], PLACES, strict=True):
            self.through_the_door(self.parcel_for(("redemption", number)), tracked=True, up_to=up_to)
        holder = Actor(ActorKind.RECIPIENT, 1)
        thanked, at = redeemed[-1], clock.now()
        self.transact(afterwards.thank, thanked, self.words, self.words, by=holder, at=at)
        with self.app.database.reading() as reader:
            card_id = reader.get_one(redemption.Redemption, thanked).card_id
        self.transact(afterwards.report, card_id, ProblemKind.OTHER, self.words, by=holder, at=at)

    def campaign(self) -> None:
        """One with somebody at each step, a visitor who signed, and a list that waits; and one that is decided."""
        for is_decided in (False, True):
            drawn = self.transact(self.drawn_up)
            first = [self.nominated(drawn, place) for place in range(4)]
            for step, by in zip(campaigns.Step, self.reviewers(), strict=True):
                first = first if is_decided else first[:-1]
                verdicts = [campaigns.Judgement(each, is_yes=True, grade_id=drawn[2]) for each in first]
                rules = self.app.settings.market.gifts
                self.transact(campaigns.judge, self.crew.id, step, verdicts, rules=rules, by=by, at=clock.now())
            self.transact(self.end_campaign, drawn[0], first[0], is_decided=is_decided)

    def reviewers(self) -> tuple[Actor, ...]:
        crew = self.crew
        return tuple(each.actor for each in (crew.service_manager, crew.sales_manager, crew.planning))

    def drawn_up(self, tx: Transaction) -> tuple[int, int, int]:
        """A campaign with a grade and a group, shared by link. Returns their ids."""
        who: dict[str, Any] = {"by": self.crew.planning.actor, "at": clock.now()}
        window = campaigns.Window(self.today.year + 1, LunarDay(8, 8), LunarDay(8, 9), LunarDay(8, 13), 18)
        facts = campaigns.CampaignFacts(self.words, self.words, window, self.today + timedelta(days=9), self.words, 300)
        campaign_id = campaigns.draw_up(tx, self.crew.id, facts, currency="CNY", **who)
        offer = campaigns.supplier_of(self.app).offers(tx, self.crew.id, "CNY")[0]
        grade = campaigns.GradeFacts(self.words[:20], 4, offer.price.amount_minor, offer.gift)
        grade_id = campaigns.add_grade(tx, campaign_id, self.crew.id, grade, **who)
        group = campaigns.GroupFacts(
            self.words, 4, 4, campaigns.Handover.ON_SITE, self.words, self.words, grade_id=grade_id
        )
        group_id = campaigns.add_group(tx, campaign_id, self.crew.id, group, **who)
        campaigns.share_link(tx, campaign_id, self.crew.id, **who)
        return campaign_id, group_id, grade_id

    def somebody(self, group_id: int, place: int) -> campaigns.Nomination:
        phone = f"+86139{self.crew.id:04d}{place:04d}"
        words = self.words
        return campaigns.Nomination(group_id, words, words, "", phone, f"{words} {place}", reason=words)

    def nominated(self, drawn: tuple[int, int, int], place: int) -> int:
        facts: dict[str, Any] = {"is_declared": True, "terms": self.terms, "at": clock.now()}
        somebody, by = self.somebody(drawn[1], place), self.crew.nominator.actor
        return self.transact(campaigns.nominate, drawn[0], self.crew.id, somebody, by=by, **facts)

    @property
    def terms(self) -> campaigns.Terms:
        nature = campaigns.supplier_of(self.app).nature
        return campaigns.Terms(self.app.settings.market.gifts, nature, self.today)

    def end_campaign(self, tx: Transaction, campaign_id: int, nominee_id: int, *, is_decided: bool) -> None:
        """Answer a contradiction and keep a list; or answer all, decide, and hand one gift over."""
        place, at = (campaign_id, self.crew.id), clock.now()
        planner, nominator = self.crew.planning.actor, self.crew.nominator.actor
        found = campaigns.open_contradictions(tx, campaigns.campaign_of(tx, *place), today=self.today)
        for each in found:
            campaigns.answer(tx, *place, each.key, self.words, today=self.today, by=planner, at=at)
        group_id = campaigns.groups_of(tx, campaign_id)[0].id
        if is_decided:
            campaigns.close_decision(tx, *place, today=self.today, by=planner, at=at)
            signed: dict[str, Any] = {"received_by": self.words, "signature": b"\x89PNG", "by": nominator}
            campaigns.hand_over(tx, *place, nominee_id, at=at, **signed)
        else:
            more = [self.somebody(group_id, 9)]
            campaigns.keep_list(tx, *place, f"{self.words}.csv", more, today=self.today, by=nominator, at=at)

    def redeem(self, card: PrintedCard) -> int:
        with self.app.database.reading() as reader:
            card_id = cards.card_with_serial(reader, card.serial).id
        return self.transact(
            redemption.redeem,
            card_id,
            self.item_ids[0],
            self.receiver(),
            email=f"{CANARY}@harbour.example" if self.words == CANARY else "li@lantern.example",
            locale="en",
            by=Actor(ActorKind.RECIPIENT, card_id),
            at=clock.now(),
        )

    def parcel_for(self, source: tuple[str, int]) -> Shipment:
        with self.app.database.reading() as reader:
            found = fulfilment.shipment_by_source(reader, source)
        assert found
        return found

    def through_the_door(self, parcel: Shipment, *, tracked: bool, up_to: str) -> None:
        """Take a parcel as far as `up_to`."""
        for name, step in self.steps_of(parcel, tracked=tracked):
            if name in {"stopped", "returned"} and name != up_to:
                continue
            self.transact(step)
            if name == up_to:
                return

    def steps_of(self, parcel: Shipment, *, tracked: bool) -> Iterator[tuple[str, Any]]:
        by, at = self.packer, clock.now()
        with self.app.database.reading() as reader:
            lines = fulfilment.lines_by_shipment(reader, [parcel.id])[parcel.id]
            carriers = {carrier.code: carrier.id for carrier in fulfilment.all_carriers(reader)}
        why, note = ExceptionReason.OTHER, f"lost {self.words}"
        number = f"SF{parcel.id:012d}" if tracked else None
        goes: dict[str, Any] = {"carrier_id": carriers["SF" if tracked else "OWN"], "tracking_number": number}
        yield "stopped", lambda tx: fulfilment.stop(tx, parcel.id, why, note, by=by, at=at)
        yield "packing", lambda tx: fulfilment.claim(tx, parcel.id, by=by, at=at)
        for line in lines:
            yield "in", lambda tx, line=line: self.put_in(tx, parcel.id, line, by=by, at=at)
        yield "packed", lambda tx: fulfilment.pack(tx, parcel.id, by=by, at=at)
        yield "assigned", lambda tx: fulfilment.assign(tx, parcel.id, by=by, at=at, **goes)
        yield "listed", lambda tx: self.leave(fulfilment.draw_up(tx, [parcel.id], by=by, at=at).manifests[0])
        yield "shipped", lambda tx: fulfilment.hand_over(tx, self.leaving, 1, by=by, at=at)
        yield "returned", lambda tx: fulfilment.take_back(tx, parcel.id, goods_are_sound=True, by=by, at=at)
        yield "delivered", lambda tx: fulfilment.deliver(tx, parcel.id, by=by, at=at)

    def leave(self, manifest_id: int) -> None:
        self.leaving = manifest_id

    @staticmethod
    def put_in(tx: Transaction, parcel_id: int, line: Any, *, by: Actor, at: datetime) -> None:
        if line.code:
            fulfilment.scan(tx, parcel_id, line.code, line.quantity, by=by, at=at)
        else:
            fulfilment.tick_off(tx, parcel_id, line.id, by=by, at=at)
