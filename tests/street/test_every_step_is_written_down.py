"""Who did what on the street: one event for each thing done, by whoever did it, and a chain over all of them."""

from __future__ import annotations

from sqlalchemy import select

from giftshop import audit
from giftshop.audit import AuditEvent
from tests.street.conftest import Street

AT_THE_BENCH = [
    "staff: fulfilment.claim",
    "staff: fulfilment.pack",
    "staff: fulfilment.assign",
    "staff: fulfilment.draw_up_manifest",
    "staff: fulfilment.hand_over_manifest",
]
DONE = [
    "member: accounts.sign_in",
    "member: orders.start",
    "member: orders.accept_list",
    "member: production.keep_proof",
    "member: production.proof_approved",
    "member: payments.expect",
    "member: orders.place",
    "staff: accounts.sign_in",
    "staff: payments.mark_received",
    "staff: orders.settle",
    "staff: billing.issue",
    "staff: billing.issue",
    "system: cards.start_programme",
    "system: cards.draw_up",
    "system: cards.ask_to_issue",
    "system: cards.issue",
    "staff: accounts.sign_in",
    "staff: cards.open_for_print",
    "staff: production.start",
    "staff: production.fetch",
    "staff: cards.printed",
    "staff: cards.destroy_secrets",
    "staff: production.confirm",
    "system: orders.send_cards",
    *AT_THE_BENCH,
    "system: cards.shipped",
    "staff: fulfilment.deliver",
    "system: cards.active",
    "recipient: cards.claim",
    *AT_THE_BENCH,
    "staff: fulfilment.deliver",
]


def test_each_thing_done_left_one_event_by_whoever_did_it_and_all_are_sealed(street: Street) -> None:
    before = events(street)
    street.walk()
    assert events(street)[len(before) :] == DONE
    end = street.app.database.transact(audit.seal)
    with street.app.database.reading() as reader:
        verdict = audit.verify(reader, end)
    assert (verdict.sealed, verdict.fault, verdict.tail.count) == (len(before) + len(DONE), None, 0)


def events(street: Street) -> list[str]:
    with street.app.database.reading() as reader:
        told = reader.execute(select(AuditEvent.actor_kind, AuditEvent.action).order_by(AuditEvent.id))
        return [f"{kind}: {action}" for kind, action in told]
