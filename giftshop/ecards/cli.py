"""`flask --app app ecards …`: what a mail server tells us."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from giftshop.kernel import clock
from giftshop.notifications import LONGEST_REPORT, mark_refused, undelivered_in
from giftshop.web import current_shop

ecards = AppGroup("ecards", help="E-cards.")


@ecards.command("bounced")
def bounced() -> None:
    """Read a report of non-delivery (RFC 3464) from standard input, as the mail server pipes it in.

    What is no report, or about no mail of ours, is passed over: anybody can write to the address that mail comes from.
    """
    shop = current_shop()
    told = undelivered_in(sys.stdin.buffer.read(LONGEST_REPORT), shop.settings.link_key)
    if told is None:
        click.echo("passed over: no report of a mail of ours that failed")
    elif shop.database.transact(mark_refused, told.message_id, told.status, at=clock.now()):
        click.echo(f"message {told.message_id} came back: {told.status}")
    else:
        click.echo(f"message {told.message_id}: known before, or not there")
