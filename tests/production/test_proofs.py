"""What is printed was approved: versions, who decided, and that nothing else leaves the house."""

from __future__ import annotations

from itertools import pairwise
from threading import Barrier, Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from giftshop import cards, production
from giftshop.cards import BlockReason
from giftshop.cards.models import Programme
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.errors import Refused
from giftshop.production import (
    CardProof,
    CommentMissing,
    Drawn,
    PrintRun,
    PrintRunState,
    ProofChanged,
    ProofDecided,
    ProofMissing,
    ProofState,
    proofs,
)
from giftshop.production.printing import write_sealed
from giftshop.production.proof_errors import NothingAsked
from giftshop.production.proof_models import ProofFile, ProofRemark
from giftshop.production.proof_queries import versions_of
from giftshop.production.service import start
from giftshop.web import GiftShop
from tests.people import People, sign_in
from tests.production.test_print_runs import run_id
from tests.proofs import approve_run, blank

__all__ = ["run_id"]
SUBJECT = ("order", 17)


def drawn(content: str = "a") -> Drawn:
    """A proof whose content is called `content`."""
    return Drawn(content * 64, content * 64, blank() + b"%" + content.encode(), "https://gifts.example/r#SPEC")


class Firm:
    """Lantern and its proof of order 17."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.id, self.people = database, people.lantern.id, people
        self.chen, self.zhao = people.lantern.buyer.actor, people.lantern.approver.actor

    def keep(self, content: str = "a") -> int:
        facts: dict[str, Any] = {"about": "O-17", "by": self.chen, "at": clock.now()}
        return self.database.transact(proofs.keep, SUBJECT, self.id, drawn(content), **facts)

    def approve(self, seen: str, **who: Any) -> None:
        facts: dict[str, Any] = {"by": self.chen, "at": clock.now()} | who
        self.database.transact(proofs.approve, SUBJECT, self.id, seen, **facts)

    def ask(self, seen: str, comment: str = "更大的标志", **who: Any) -> None:
        facts: dict[str, Any] = {"by": self.chen, "at": clock.now()} | who
        self.database.transact(proofs.ask_for_changes, SUBJECT, self.id, seen, comment, **facts)

    @property
    def last(self) -> CardProof:
        with self.database.reading() as reader:
            found = production.latest_proof(reader, SUBJECT)
            assert found is not None
            return found

    def refuses(self, content: str) -> type[Refused] | None:
        with self.database.reading() as reader:
            try:
                proofs.refuse_unapproved(reader, SUBJECT, content * 64)
            except Refused as refusal:
                return type(refusal)
        return None


@pytest.fixture
def firm(database: Database, people: People) -> Firm:
    return Firm(database, people)


def test_only_the_last_version_counts_and_only_approved(firm: Firm) -> None:
    assert firm.refuses("a") is ProofMissing
    firm.keep("a")
    assert firm.refuses("a") is ProofMissing
    firm.approve(firm.last.seen)
    firm.approve(drawn("a").seen)
    assert firm.refuses("a") is None
    assert firm.refuses("b") is ProofChanged
    firm.keep("b")
    assert (firm.refuses("a"), firm.refuses("b")) == (ProofChanged, ProofMissing)
    with pytest.raises(ProofDecided):
        firm.approve(drawn("a").seen)
    for nonsense in ("", "x", "a" * 64, "a" * 64 + ".9999999999999", "b" * 64 + ".٣"):
        with pytest.raises(ProofDecided):
            firm.approve(nonsense)


def test_the_same_is_kept_once_and_every_change_with_who_and_when(firm: Firm) -> None:
    assert firm.keep("a") == firm.keep("a")
    firm.ask(firm.last.seen)
    firm.database.transact(proofs.answer, firm.last.id, "好的", by=firm.people.staff.sales.actor, at=clock.now())
    firm.keep("b")
    firm.approve(firm.last.seen, by=firm.zhao)
    firm.keep("a")
    with firm.database.reading() as reader:
        versions = versions_of(reader, SUBJECT)
        said = reader.execute(select(ProofRemark.act, ProofRemark.by_id, ProofRemark.words).order_by(ProofRemark.id))
        assert [(each.version, each.state.value) for each in versions] == [
            (3, "waiting"),
            (2, "approved"),
            (1, "waiting"),
        ]
        assert [(row.act.value, row.by_id, row.words) for row in said] == [
            ("asked", firm.chen.id, "更大的标志"),
            ("answered", firm.people.staff.sales.id, "好的"),
            ("approved", firm.zhao.id, ""),
        ]
        assert len(reader.scalars(select(ProofFile.sha256)).all()) == 2


def test_whoever_did_not_see_what_was_said_cannot_decide_over_it(firm: Firm) -> None:
    firm.keep()
    seen = firm.last.seen
    with pytest.raises(CommentMissing):
        firm.ask(seen, "  ")
    firm.ask(seen)
    with pytest.raises(ProofDecided):
        firm.approve(seen)
    assert firm.refuses("a") is ProofMissing
    answering: Any = (proofs.answer, firm.last.id, "标志已是最大")
    who: dict[str, Any] = {"by": firm.people.staff.production.actor, "at": clock.now()}
    firm.database.transact(*answering, **who)
    with pytest.raises(NothingAsked):
        firm.database.transact(*answering, **who)
    firm.approve(firm.last.seen)
    assert firm.refuses("a") is None
    with pytest.raises(ProofDecided):
        firm.ask(firm.last.seen)


def test_of_two_who_decide_at_once_one_is_heard(firm: Firm) -> None:
    firm.keep()
    seen, together, outcomes = firm.last.seen, Barrier(2), []

    def decide(act: Any) -> None:
        together.wait()
        try:
            act(seen)
            outcomes.append("heard")
        except ProofDecided:
            outcomes.append("too late")

    pair = [Thread(target=decide, args=(act,)) for act in (firm.approve, firm.ask)]
    for each in pair:
        each.start()
    for each in pair:
        each.join()
    assert sorted(outcomes) == ["heard", "too late"]
    assert firm.last.turn == 1


def test_of_two_who_change_at_once_each_content_has_one_number(firm: Firm) -> None:
    together = Barrier(4)

    def change(content: str) -> None:
        together.wait()
        for _try in range(3):  # as whoever is told that somebody was faster looks at the page again
            try:
                firm.keep(content)
            except ProofDecided:
                continue
            return

    everybody = [Thread(target=change, args=(content,)) for content in ("a", "a", "b", "b")]
    for each in everybody:
        each.start()
    for each in everybody:
        each.join()
    with firm.database.reading() as reader:
        versions = versions_of(reader, SUBJECT)
    assert [each.version for each in versions] == list(range(len(versions), 0, -1))
    assert all(one.content_hash != other.content_hash for one, other in pairwise(versions))


def test_a_print_run_starts_with_an_approved_proof_and_not_with_another_word(
    app: GiftShop, people: People, run_id: int
) -> None:
    zheng: dict[str, Any] = {"by": people.staff.production.actor, "at": clock.now()}
    app.database.transact(_reword, "中秋安康")
    with pytest.raises(ProofChanged):
        app.database.transact(start, run_id, "first printing", **zheng)
    app.database.transact(approve_run, run_id)
    app.database.transact(start, run_id, "first printing", **zheng)
    app.database.transact(_reword, "中秋快乐")
    never = app.settings.instance_path / "never"
    with app.database.reading() as reader:
        run = reader.get_one(PrintRun, run_id)
        with pytest.raises(ProofChanged):
            write_sealed(reader, run, never, keyring=app.settings.keyring)
    app.jobs.run_due()
    with app.database.reading() as reader:
        run = reader.get_one(PrintRun, run_id)
    assert run.state is PrintRunState.REFUSED
    assert "no longer the one that was approved" in run.refusal


def test_without_a_proof_nothing_is_printed_but_what_was_ordered_before_there_were_any(
    app: GiftShop, people: People, run_id: int
) -> None:
    zheng: dict[str, Any] = {"by": people.staff.production.actor, "at": clock.now()}
    nothing = {"state": ProofState.FROM_BEFORE, "content_hash": None, "art_hash": None, "pdf_sha256": None}
    with app.database.reading() as reader:
        approved = reader.scalars(select(CardProof)).one()
    elsewhere = update(CardProof).values(subject_id=approved.subject_id + 1)
    app.database.transact(lambda tx: tx.change(elsewhere))
    with pytest.raises(ProofMissing):
        app.database.transact(start, run_id, "first printing", **zheng)
    before = update(CardProof).values(subject_id=approved.subject_id, **nothing)
    app.database.transact(lambda tx: tx.change(before))
    app.database.transact(start, run_id, "first printing", **zheng)


def test_replacements_are_printed_under_the_approval_of_the_first(
    app: GiftShop, people: People, client: FlaskClient, run_id: int
) -> None:
    zheng: dict[str, Any] = {"by": people.staff.production.actor, "at": clock.now()}
    database = app.database
    database.transact(start, run_id, "first printing", **zheng)
    app.jobs.run_due()
    database.transact(production.fetch, run_id, **zheng)
    database.transact(production.confirm, run_id, **zheng)
    with database.reading() as reader:
        run = reader.get_one(PrintRun, run_id)
        ids = list(reader.scalars(select(cards.Card.id).where(cards.Card.batch_id == run.batch_id)))
    for move in (cards.mark_shipped, cards.activate):
        database.transact(move, run.batch_id, by=SYSTEM, at=clock.now())
    facts: dict[str, Any] = {"public_url": "https://elsewhere.example", "keyring": app.settings.keyring} | zheng
    batch_id = database.transact(cards.reissue, ids[:1], reason=BlockReason.LOST, **facts)
    with database.reading() as reader:
        again = production.print_run_of(reader, batch_id).id
    database.transact(_reword, "另一句话")
    with pytest.raises(ProofChanged):
        database.transact(start, again, "a lost card", **zheng)
    database.transact(_reword, "中秋快乐")
    database.transact(start, again, "a lost card", **zheng)
    app.jobs.run_due()
    with database.reading() as reader:
        assert production.print_run_of(reader, batch_id).state is PrintRunState.READY


def test_a_firm_asks_the_desk_answers_and_another_firm_sees_nothing(app: GiftShop, firm: Firm) -> None:
    proof_id = firm.keep()
    firm.ask(firm.last.seen, "标志太小 <b>")
    desk = app.test_client()
    sign_in(desk, firm.people.staff.sales)
    assert "标志太小 &lt;b&gt;" in desk.get("/desk/proofs").text
    desk.post(f"/desk/proofs/{proof_id}/answer", data={"words": " "})
    assert desk.post(f"/desk/proofs/{proof_id}/answer", data={"words": "已经最大"}).status_code == 302
    assert "标志太小" not in desk.get("/desk/proofs").text
    harbour = app.test_client()
    sign_in(harbour, firm.people.harbour.buyer)
    for page in (f"/proofs/{proof_id}.pdf", f"/proofs/{proof_id}/1.png"):
        assert harbour.get(page).status_code == 404
    lantern = app.test_client()
    sign_in(lantern, firm.people.lantern.buyer)
    assert lantern.get(f"/proofs/{proof_id}.pdf").data == drawn("a").pdf


def _reword(tx: Transaction, headline: str) -> None:
    tx.change(update(Programme).values(headline=headline))
