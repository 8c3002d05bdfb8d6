"""`flask --app app privacy erase` and `privacy forget`."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from flask_babel import gettext

from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.privacy import service
from giftshop.privacy.forms import whom_named
from giftshop.web import current_shop, in_locale

group = AppGroup("privacy", help="What is known of people, and forgetting it.")


@group.command("erase")
@click.option("--phone", prompt="Phone number (empty: none)", default="", show_default=False)
@click.option("--email", prompt="E-mail address (empty: none)", default="", show_default=False)
@click.option("--yes", is_flag=True, help="Do not ask again.")
def erase_command(phone: str, email: str, yes: bool) -> None:
    """Erase all that is known of somebody. Asked for without options, so that no shell remembers them."""
    shop = current_shop()
    with in_locale(DEFAULT_LOCALE):
        try:
            whom = whom_named(phone, email)
        except Refused as error:
            raise click.ClickException(str(error)) from error
        with shop.database.reading() as reader:
            found = service.find(reader, shop.erasers, whom, at=clock.now())
        for each in found:
            needed = f"; still needed: {', '.join(each.traces.needed)}" if each.traces.needed else ""
            click.echo(f"{gettext(each.eraser.label)}: {len(each.traces.rows)} to erase{needed}")
    if not found:
        click.echo("Nothing is known of them.")
        return
    if not yes:
        click.confirm("Erase it for good?", abort=True)
    count, _needed = shop.database.transact(service.erase, shop.erasers, whom, by=SYSTEM, at=clock.now())
    shop.database.scrub()
    click.echo(f"{count} records were erased.")


@group.command("forget")
def forget_command() -> None:
    """Erase what is past its purpose: the worker does the same each night."""
    shop = current_shop()
    gone = service.forget_what_is_past(shop.database, shop.erasers, at=clock.now())
    shop.database.scrub()
    for kind, count in gone.items():
        click.echo(f"{kind}: {count}")
    if not gone:
        click.echo("Nothing is past its purpose.")
