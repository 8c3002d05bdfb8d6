"""`flask --app app audit …`: whether anybody has touched what was written down."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from giftshop.audit import Anchor, Fault, Verdict, kept_anchor, verify
from giftshop.web import current_shop

audit = AppGroup("audit", help="The record of who did what.")

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
        anchor = Anchor.parse(written) if written else kept_anchor(shop.settings.instance_path)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    with shop.database.reading() as reader:
        verdict = verify(reader, anchor)
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
    if verdict.fault:
        told.append(WORDS[verdict.fault].format(event_id=verdict.event_id, number=verdict.number))
    return told
