"""Lists that the desks work with: what they find, in which order, and what of it leaves as a file."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop import fulfilment
from giftshop.campaigns.models import Campaign
from giftshop.catalogue.models import Edition, Supplier
from giftshop.catalogue.rules import EditionState
from giftshop.db import Database, Transaction
from giftshop.fulfilment.models import Carrier, Manifest
from giftshop.fulfilment.rules import ManifestState
from giftshop.hotline.models import Call
from giftshop.hotline.rules import Outcome
from giftshop.kernel import clock
from giftshop.production.models import DecorationJob
from giftshop.production.proof_models import CardProof, ProofFile, ProofRemark
from giftshop.production.proof_rules import ProofAct, ProofState
from giftshop.production.rules import DecorationState, JobKind
from tests.people import People, Somebody, sign_in

FORMULA = "=HYPERLINK(1)"
TODAY = date(2026, 9, 1)


def _suppliers(tx: Transaction, people: People) -> None:
    tx.add(Supplier(code="GANNAN", names={"en": "Gannan Orchards", "zh_Hans": "赣南果园"}, contact=FORMULA, email=""))
    tx.add(Supplier(code="ANXI", names={"en": "Anxi Tea"}, contact="", email="tea@anxi.example", is_active=False))


def _editions(tx: Transaction, people: People) -> None:
    labels = {"en": "Autumn 2026"}
    for code, name, tier in (("C-1", FORMULA, 300_00), ("A-1", "Garden", 100_00), ("B-1", "Harbour", 200_00)):
        state = EditionState.CLOSED if code == "A-1" else EditionState.DRAWN_UP
        tx.add(Edition(code=code, names={"en": name}, labels=labels, tier_minor=tier, currency="CNY", state=state))


def _calls(tx: Transaction, people: People) -> None:
    for agent, outcome, note in (
        (people.staff.hotline, Outcome.ANSWERED, FORMULA),
        (people.staff.hotline, Outcome.NOTHING, "Rang off"),
        (people.staff.administrator, Outcome.ANSWERED, "Rang in"),
    ):
        at = clock.now()
        tx.add(Call(agent_id=agent.id, began_at=at, ended_at=at, locale="en", outcome=outcome, note=note))


def _campaigns(tx: Transaction, people: People) -> None:
    for firm, name, starts in (
        (people.lantern, FORMULA, 809),
        (people.lantern, "Spring", 105),
        (people.harbour, "Secret", 105),
    ):
        owner = firm.planning.id
        days = {"listed_by": starts - 1, "starts": starts, "last": starts + 4, "last_hour": 18, "closes_on": TODAY}
        facts = {"occasion": "中秋快乐", "greeting": "", "card_price_minor": 300, "currency": "CNY"}
        campaign = Campaign(
            firm_id=firm.id, owner_id=owner, name=name, year=2026, created_at=clock.now(), **days, **facts
        )
        tx.add(campaign)


def _manifests(tx: Transaction, people: People) -> None:
    at, by = clock.now(), people.staff.fulfilment
    fulfilment.add_usual_carriers(tx, by=by.actor, at=at)
    carriers = tx.scalars(select(Carrier).order_by(Carrier.id)).all()
    for count, carrier, state in ((3, carriers[0], ManifestState.OPEN), (9, carriers[1], ManifestState.DISCARDED)):
        tx.add(Manifest(carrier_id=carrier.id, state=state, drawn_up_by=by.id, drawn_up_at=at, parcel_count=count))


def _jobs(tx: Transaction, people: People) -> None:
    for place, (about, days, quantity, state) in enumerate(
        (
            ("O-B", 9, 10, DecorationState.WAITING),
            ("O-A", 2, 30, DecorationState.WAITING),
            (FORMULA, 5, 20, DecorationState.BEGUN),
            ("O-D", 1, 40, DecorationState.DONE),
        ),
        start=1,
    ):
        at = clock.now()
        job = DecorationJob(
            source_kind="test",
            source_id=place,
            position=1,
            firm_id=(people.harbour if about == "O-B" else people.lantern).id,
            about=about,
            kind=JobKind.STICKER,
            words={"en": "Sticker"},
            on_words={"en": "Tin"},
            places={"en": "Lid"},
            quantity=quantity,
            width_mm=50,
            height_mm=40,
            text="Thank you",
            begin_by=TODAY,
            due_on=TODAY + timedelta(days=days),
            state=state,
            asked_at=at,
            begun_at=None if state is DecorationState.WAITING else at,
            begun_by=None if state is DecorationState.WAITING else people.staff.production.id,
            done_at=at if state is DecorationState.DONE else None,
        )
        tx.add(job)


def _proofs(tx: Transaction, people: People) -> None:
    at = clock.now()
    tx.add(ProofFile(sha256="f", content=b"%PDF"))
    tx.flush()
    for place, (about, asked, state) in enumerate(
        (
            ("O-B", FORMULA, ProofState.RETURNED),
            ("O-A", "Larger", ProofState.RETURNED),
            ("O-C", "", ProofState.APPROVED),
        )
    ):
        proof = CardProof(
            subject_kind="test",
            subject_id=place,
            version=1,
            firm_id=people.lantern.id,
            about=about,
            state=state,
            content_hash="c",
            art_hash="a",
            pdf_sha256="f",
            made_at=at - timedelta(days=9),
        )
        tx.add(proof)
        tx.flush()
        if asked:
            tx.add(ProofRemark(proof_id=proof.id, act=ProofAct.ASKED, words=asked, at=at - timedelta(days=place)))


LISTS = {
    "suppliers": (_suppliers, "/desk/suppliers", "sales", "Code"),
    "editions": (_editions, "/desk/editions", "sales", "Book code"),
    "calls": (_calls, "/desk/hotline", "administrator", "Note"),
    "campaigns": (_campaigns, "/campaigns", "planning", "Campaign"),
    "manifests": (_manifests, "/dispatch/manifests", "fulfilment", "Parcels"),
    "jobs": (_jobs, "/desk/decorations", "production", "Order"),
    "proofs": (_proofs, "/desk/proofs", "sales", "Order"),
}
"""What fills a list, where it is, who reads it, and the column by which a test knows its rows."""
TEXT = f"'{FORMULA}"

CASES = [
    ("suppliers", {}, ["ANXI", "GANNAN"]),
    ("suppliers", {"sort": "contact"}, ["GANNAN", "ANXI"]),
    ("suppliers", {"q": "果园"}, ["GANNAN"]),
    ("suppliers", {"q": "tea@anxi"}, ["ANXI"]),
    ("suppliers", {"used": "yes"}, ["GANNAN"]),
    ("editions", {}, ["B-1", "A-1", "C-1"]),
    ("editions", {"sort": "-price"}, ["C-1", "B-1", "A-1"]),
    ("editions", {"q": "garden"}, ["A-1"]),
    ("editions", {"q": "autumn", "state": "drawn_up"}, ["B-1", "C-1"]),
    ("calls", {}, ["Rang in", "Rang off", TEXT]),
    ("calls", {"q": "rang", "outcome": "nothing"}, ["Rang off"]),
    ("calls", {"began_from": "2999-01-01"}, []),
    ("campaigns", {}, ["Spring", TEXT]),
    ("campaigns", {"sort": "-window"}, [TEXT, "Spring"]),
    ("campaigns", {"q": "中秋", "state": "open"}, ["Spring", TEXT]),
    ("campaigns", {"q": "spring"}, ["Spring"]),
    ("manifests", {}, ["9", "3"]),
    ("manifests", {"sort": "parcels"}, ["3", "9"]),
    ("manifests", {"state": "open"}, ["3"]),
    ("jobs", {}, ["O-A", TEXT, "O-B"]),
    ("jobs", {"sort": "pieces"}, ["O-B", TEXT, "O-A"]),
    ("jobs", {"view": "done"}, ["O-D"]),
    ("jobs", {"state": "begun"}, [TEXT]),
    ("jobs", {"q": "o-b"}, ["O-B"]),
    ("proofs", {}, ["O-A", "O-B"]),
    ("proofs", {"sort": "-since"}, ["O-B", "O-A"]),
    ("proofs", {"view": "all"}, ["O-C", "O-A", "O-B"]),
    ("proofs", {"view": "all", "state": "approved"}, ["O-C"]),
]


def _reader(people: People, who: str) -> Somebody:
    found = getattr(people.staff, who, None) or getattr(people.lantern, who)
    assert isinstance(found, Somebody)
    return found


@pytest.mark.parametrize("name", LISTS)
def test_a_list_finds_sorts_and_leaves_as_plain_text(
    client: FlaskClient, database: Database, people: People, name: str
) -> None:
    fill, path, who, column = LISTS[name]
    sign_in(client, _reader(people, who))
    empty = client.get(path).text
    assert "listing-bar" not in empty, "there is nothing to narrow yet"
    assert "Nothing in this list matches" not in empty
    database.transact(fill, people)
    for said, expected in ((said, expected) for of, said, expected in CASES if of == name):
        file = client.get(path, query_string={**said, "as": "csv"}).data.decode("utf-8-sig")
        assert [row[column] for row in csv.DictReader(io.StringIO(file))] == expected, said
        page = client.get(path, query_string=said).text
        assert page.count("<tr>") == len(expected) + bool(expected), said
    nothing = client.get(path, query_string={"q": "nobody at all"}).text
    assert "Nothing in this list matches" in nothing
    everything = client.get(path, query_string={"as": "csv", "view": "all"}).data.decode("utf-8-sig")
    assert not [cell for line in csv.reader(io.StringIO(everything)) for cell in line if cell.startswith("=")]


def test_another_firms_jobs_are_found_by_its_name(client: FlaskClient, database: Database, people: People) -> None:
    database.transact(_jobs, people)
    sign_in(client, people.staff.production)
    file = client.get(f"/desk/decorations?firm={people.harbour.id}&as=csv").data.decode("utf-8-sig")
    assert [row["Order"] for row in csv.DictReader(io.StringIO(file))] == ["O-B"]


def test_an_agent_sees_and_takes_their_own_calls_only(client: FlaskClient, database: Database, people: People) -> None:
    database.transact(_calls, people)
    sign_in(client, people.staff.hotline)
    file = client.get(f"/desk/hotline?as=csv&agent={people.staff.administrator.id}").data.decode("utf-8-sig")
    assert [row["Note"] for row in csv.DictReader(io.StringIO(file))] == ["Rang off", TEXT]
