"""`flask --app app audit …` and `ledger …`: whether what was written down is as it was, and adds up."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from giftshop import ledger, liability
from giftshop.audit import Anchor, Fault, Verdict, kept_anchor, kept_anchors, verify
from giftshop.cards import Difference, Promise
from giftshop.web import current_shop

audit = AppGroup("audit", help="The record of who did what.")

books = AppGroup("ledger", help="What is owed to whom.")

WORDS = {
    Fault.CHANGED: "CHANGED: event {event_id}, number {number} in the chain, is not what was sealed there.",
    Fault.MISSING: "MISSING: the event with number {number} in the chain is gone.",
    Fault.CUT_OFF: "CUT OFF: events from number {number} on were noted outside, and are gone.",
    Fault.REWRITTEN: "REWRITTEN: the chain up to number {number} is not the one that was noted outside.",
}


@audit.command("verify")
@click.option("--anchor", "written", help="The chain's end, NUMBER:SEAL, from a log kept elsewhere; else the file's.")
def verify_command(written: str | None) -> None:
    """Check every sealed event; name what is wrong, and what is not sealed yet. Ends with 1 when something is wrong."""
    shop = current_shop()
    try:
        folder = shop.settings.instance_path
        anchor = Anchor.parse(written) if written else kept_anchor(folder)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    with shop.database.reading() as reader:
        verdict = verify(reader, anchor, () if written else kept_anchors(folder, up_to=anchor))
    for line in lines(verdict, anchor):
        click.echo(line)
    sys.exit(1 if verdict.fault else 0)


def lines(verdict: Verdict, anchor: Anchor | None) -> list[str]:
    """Return what to tell whoever asked."""
    told = [f"{verdict.sealed} events are sealed, and their seals hold."]
    if anchor is None:
        told.append("The chain's end is noted nowhere outside: whether its last events were cut off cannot be seen.")
    tail = verdict.tail
    if tail.count:
        told.append(f"{tail.count} events are not sealed yet: {tail.first_id} to {tail.last_id}.")
    if verdict.late:
        named = ", ".join(str(event_id) for event_id in verdict.late)
        told.append(f"LATE: events {named} were put in long after what came later was sealed. Ask who did, and why.")
    if verdict.fault:
        told.append(WORDS[verdict.fault].format(event_id=verdict.event_id, number=verdict.number))
    return told


@books.command("prove")
def prove_command() -> None:
    """Prove that entries sum to zero, and that cards, batches and settlements are what was posted. Ends with 1 if not.

    Names at most a hundred differences, and says how many there are.
    """
    shop = current_shop()
    with shop.database.reading() as reader:
        standing, outcome = ledger.standing_of(reader), liability.prove(reader)
    for (account, currency), total in sorted(standing.items()):
        click.echo(f"{account:12} {total.amount_minor:>18} {currency}")
    for currency in sorted({currency for _account, currency in standing}):
        together = sum(total.amount_minor for (_, of), total in standing.items() if of == currency)
        click.echo(f"{'together':12} {together:>18} {currency}")
    for difference in outcome.differences:
        click.echo(_told(difference))
    if outcome.found > len(outcome.differences):
        click.echo(f"... and {outcome.found - len(outcome.differences)} more.")
    if not outcome.found:
        click.echo("Every entry sums to zero, and every card and batch holds what was posted.")
    sys.exit(1 if outcome.found else 0)


def _told(difference: Difference) -> str:
    posted = difference.posted
    if difference.promise is Promise.ENTRY:
        return (
            f"UNBALANCED: {difference.name} sums to {posted.amount_minor} {posted.currency} (minor units), not to zero."
        )
    return (
        f"DIFFERS ({difference.promise}): {difference.name} holds {difference.says.amount_minor}, and its postings say "
        f"{posted.amount_minor} {posted.currency} (minor units)."
    )
