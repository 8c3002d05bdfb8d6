"""A recipient asks to be forgotten: nothing of them is left anywhere, and the books stand as they stood."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import select, update

from giftshop import redemption
from giftshop.accounts.models import User, UserState
from giftshop.addresses import Address, Receiver
from giftshop.audit import AuditEvent
from giftshop.campaigns.models import Campaign, NominationList, NomineePerson, Review, VisitHandover
from giftshop.cards import PrintedCard
from giftshop.cards.models import Addressee
from giftshop.config import Settings
from giftshop.db import Base, Transaction
from giftshop.fulfilment import Shipment
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.retention import BadRetention, Retention
from giftshop.notifications import queue_mail, queue_text
from giftshop.orders.models import ListUpload, Order, OrderBranch, OrderRecipient
from giftshop.orders.rules import OrderState
from giftshop.privacy import erase, find, forget_what_is_past
from giftshop.redemption import ProblemKind
from giftshop.redemption.drafts import keep_receiver
from giftshop.redemption.models import Problem
from giftshop.web import GiftShop
from giftshop.web.privacy import Whom
from tests.people import sign_in
from tests.redemption.conftest import Book, Recipient, holder
from tests.redemption.purses import prove
from tests.schema.rows import fill

PHONE, EMAIL = "+8613900001234", "kingfisher@canary.example"
BIRD = Receiver("Kingfisher", PHONE, Address("CN", "广东省", "广州市", "天河区", "Kingfisher Lane 77", ""))
CANARIES = ("Kingfisher", "kingfisher", PHONE, PHONE[3:], "13900001234")
WHOM = Whom(PHONE, EMAIL)
Row = dict[str, Any]


def everything(app: GiftShop) -> dict[str, list[Row]]:
    """Every row of every table."""
    with app.database.reading() as reader:
        return {
            table.name: [dict(row) for row in reader.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }


def sightings(app: GiftShop) -> list[str]:
    """Where a canary is: rows, files of the database with all that was ever in them, and files beside it."""
    rows = {name: repr(rows) for name, rows in everything(app).items()}
    seen = [name for name, told in rows.items() if any(canary in told for canary in CANARIES)]
    for path in app.settings.instance_path.rglob("*"):
        if path.is_file() and any(canary.encode() in path.read_bytes() for canary in CANARIES):
            seen.append(path.name)
    return seen


def redeems_and_tells(book: Book, card: PrintedCard) -> None:
    """They redeem, are written to, complain, thank, and begin another choice that they never finish."""
    transact, now = book.database.transact, clock.now()
    book.redeemed(card, receiver=BIRD, email=EMAIL)
    card_id = book.card_id(card)
    book.dispatch(card)
    book.app.jobs.run_due()
    said: dict[str, Any] = {"by": holder(card_id), "at": now}
    transact(redemption.report, card_id, ProblemKind.DAMAGED, "Kingfisher Lane has a dog", **said)
    transact(lambda tx: tx.change(update(Problem).values(closed_at=now)))
    transact(redemption.thank, book.redemption(card).id, "So kind", "Kingfisher", **said)
    transact(keep_receiver, card_id, BIRD, not_before=None, email=EMAIL, key=None, at=now)
    transact(queue_mail, to=EMAIL.upper(), subject="To Kingfisher", text="Dear Kingfisher")
    transact(queue_text, phone=PHONE, text="Dear Kingfisher")
    transact(queue_text, phone="+8613912345679", text=f"Call {PHONE} about the dog")
    book.app.jobs.run_due()


def is_on_lists(tx: Transaction) -> None:
    """Firms have them on their lists: a row of each table, with their name wherever one fits."""
    receiver = json.loads(json.dumps(asdict(BIRD)))
    tx.change(update(OrderRecipient).values(name="Kingfisher", phone=PHONE, address="Kingfisher Lane", ref=""))
    tx.change(update(ListUpload).values(rows=[{"name": "Kingfisher", "phone": PHONE}]))
    tx.change(update(Order).values(state=OrderState.ISSUED, paid_at=clock.now(), issued_at=clock.now(), total_minor=1))
    tx.change(update(Order).values(receiver=receiver, invoice_email=EMAIL))
    tx.change(update(OrderBranch).values(receiver=receiver))
    recipient = tx.scalars(select(OrderRecipient.id)).first()
    tx.change(update(Addressee).values(name="Kingfisher", ref=recipient))
    tx.change(update(NomineePerson).values(name="Kingfisher", phone=PHONE, reason="Kingfisher buys"))
    tx.change(update(Review).values(reason="Kingfisher is known to us"))
    tx.change(update(VisitHandover).values(received_by="Kingfisher"))
    tx.change(update(NominationList).values(rows=[{"name": "Kingfisher", "phone": PHONE}]))
    newest = tx.scalars(select(User.id).order_by(User.id.desc())).first()
    mine = update(User).where(User.id == newest)
    tx.change(mine.values(name="Kingfisher", email=EMAIL, phone=PHONE, state=UserState.DISABLED))
    tx.execute(sa.text("UPDATE batches SET state = 'printed' WHERE state IN ('drawn_up', 'sealed')"))
    tx.change(update(Campaign).values(year=2020, listed_by=801, starts=808, last=815))


@pytest.fixture
def known(app: GiftShop, book: Book, card: PrintedCard) -> PrintedCard:
    """Their card, after all of that. Parcels of others are on their way."""
    redeems_and_tells(book, card)
    fill_lists(app)
    return card


def fill_lists(app: GiftShop) -> None:
    """One row for each table that is empty yet; none for sessions, which are numbered by hand here, nor for the books.

    A settlement that nothing was posted for is a difference, and names nobody.
    """
    with app.database.reading() as reader:
        empty = {each.name for each in Base.metadata.sorted_tables if not reader.execute(select(each).limit(1)).first()}
    fill(app.database, only=empty - {"sign_ins", "settlements"})
    app.database.transact(is_on_lists)


def test_after_somebody_was_erased_nothing_of_them_is_found_anywhere(
    app: GiftShop, book: Book, known: PrintedCard, capfd: pytest.CaptureFixture[str]
) -> None:
    seen = sightings(app)
    assert {*seen} >= {
        *("shipments", "messages", "redemptions", "redemption_drafts", "problems", "thank_yous", "users", "addressees"),
        *("orders", "order_recipients", "order_branches", "list_uploads"),
        *("nominee_people", "nominee_reviews", "visit_handovers", "nomination_lists"),
    }
    assert any(name.endswith(".eml") for name in seen), "the outbox has their mail"
    postings = everything(app)["postings"]

    book.deliver(known)
    told = app.test_cli_runner().invoke(
        args=["privacy", "erase", "--phone", "139 0000 1234", "--email", EMAIL, "--yes"], catch_exceptions=False
    )
    assert told.exit_code == 0, told.output
    assert sightings(app) == []
    assert everything(app)["postings"] == postings
    with app.database.reading() as reader:
        prove(reader)
        event = reader.scalars(select(AuditEvent).where(AuditEvent.action == "privacy.erase")).one()
        assert event.facts["fulfilment.receivers"] == 1
        assert find(reader, app.erasers, WHOM, at=clock.now()) == []
    logged = "".join(capfd.readouterr())
    assert not [canary for canary in CANARIES if canary in logged]
    again = app.test_cli_runner().invoke(args=["privacy", "erase", "--phone", PHONE, "--email", "", "--yes"])
    assert again.output == "Nothing is known of them.\n"


def test_a_parcel_on_its_way_keeps_its_address_and_is_named(app: GiftShop, book: Book, card: PrintedCard) -> None:
    book.redeemed(card, receiver=BIRD)
    count, needed = app.database.transact(erase, app.erasers, WHOM, by=SYSTEM, at=clock.now())
    assert list(needed) == [book.shipment(card).number]
    assert book.shipment(card).receiver_name == "Kingfisher"
    book.dispatch(card)
    book.deliver(card)
    count, needed = app.database.transact(erase, app.erasers, WHOM, by=SYSTEM, at=clock.now())
    assert (count >= 1, list(needed), book.shipment(card).receiver_phone) == (True, [], "")


def test_pages_of_an_erased_parcel_still_open(
    app: GiftShop, book: Book, card: PrintedCard, recipient: Recipient
) -> None:
    book.redeemed(card, receiver=BIRD)
    book.dispatch(card)
    book.deliver(card)
    app.database.transact(erase, app.erasers, WHOM, by=SYSTEM, at=clock.now())
    assert recipient.opens_card(card).status_code == 200
    client = app.test_client()
    sign_in(client, book.people.staff.fulfilment)
    number = book.shipment(card).id
    for path in ("/dispatch/", f"/dispatch/shipments/{number}"):
        assert client.get(path, follow_redirects=True).status_code in {200, 404}


def test_the_hotline_erases_on_its_page(app: GiftShop, book: Book, known: PrintedCard) -> None:
    book.deliver(known)
    client = app.test_client()
    sign_in(client, book.people.staff.hotline)
    nothing = client.post("/desk/privacy", data={"phone": "", "email": ""})
    assert nothing.status_code == 422
    page = client.post("/desk/privacy", data={"phone": "13900001234", "email": EMAIL})
    assert "Names and addresses of parcels" in page.text
    gone = client.post("/desk/privacy/erase", data={"phone": "13900001234", "email": EMAIL})
    assert (gone.status_code, gone.location) == (303, "/desk/privacy")
    assert sightings(app) == []
    sign_in(client, book.people.staff.sales)
    assert client.get("/desk/privacy").status_code == 403


def test_each_night_what_is_past_its_purpose_goes_and_what_is_not_stays(
    app: GiftShop, book: Book, settings: Settings
) -> None:
    early, late = book.cards(2)
    for card in (early, late):
        book.redeemed(card, receiver=BIRD)
        book.dispatch(card)
        book.deliver(card)
    app.jobs.run_due()
    keep = settings.retention
    app.database.transact(_delivered, book.shipment(early).id, clock.now() - timedelta(days=keep.addresses + 1))
    night_comes(app)
    assert (book.shipment(early).street, book.shipment(late).street) == ("", "Kingfisher Lane 77")
    with app.database.reading() as reader:
        told = reader.scalars(select(AuditEvent).where(AuditEvent.action == "privacy.forget")).all()
    assert [event.facts for event in told] == [{"fulfilment.receivers": 1}]
    assert night_comes(app) == 0, "once a night"
    later = clock.now() + timedelta(days=keep.messages + 1)
    assert forget_what_is_past(app.database, app.erasers, at=later)["notifications.messages"] > 0
    assert not list((settings.instance_path / "outbox").glob("*"))


def night_comes(app: GiftShop) -> int:
    for each in app.rounds:
        app.database.transact(each, clock.now())
    return app.jobs.run_due()


def _delivered(tx: Transaction, shipment_id: int, at: Any) -> None:
    tx.change(update(Shipment).where(Shipment.id == shipment_id).values(delivered_at=at))


def test_who_was_erased_is_erased_again_when_an_older_backup_is_restored(
    app: GiftShop, book: Book, card: PrintedCard, tmp_path: Path
) -> None:
    book.redeemed(card, receiver=BIRD)
    book.dispatch(card)
    book.deliver(card)
    file = tmp_path.parent / f"{tmp_path.name}-backup.tar"
    runs: Callable[..., Any] = app.test_cli_runner().invoke
    assert runs(args=["backup", str(file)]).exit_code == 0
    app.database.transact(erase, app.erasers, WHOM, by=SYSTEM, at=clock.now())
    assert runs(args=["restore", str(file), "--replace"]).exit_code == 0
    assert book.shipment(card).street == ""
    app.database.scrub()
    assert "shipments" not in sightings(app)


def test_days_are_the_operators(settings: Settings) -> None:
    assert Retention.parse("addresses=30, messages = 7") == replace(Retention(), addresses=30, messages=7)
    for wrong in ("address=3", "addresses=0", "addresses=x", "addresses", "addresses=-1", "addresses=٣"):
        with pytest.raises(BadRetention):
            Retention.parse(wrong)
