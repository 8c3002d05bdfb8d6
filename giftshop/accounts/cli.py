"""`flask --app app staff …`: for whoever has the machine, before anybody can sign in."""

from __future__ import annotations

import secrets

import click
from flask.cli import AppGroup

from giftshop.accounts import letters, queries, second_factor, service
from giftshop.accounts.rules import FactorNews, ResetReason
from giftshop.accounts.service import Invitee
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import DEFAULT_LOCALE, LOCALES
from giftshop.kernel.role import StaffRole
from giftshop.web import current_shop

staff = AppGroup("staff", help="The operator's people.")


@staff.command("invite")
@click.argument("email")
@click.option("--name", default="", help="How they are greeted; the address when left out.")
@click.option("--role", "roles", type=click.Choice([role.value for role in StaffRole]), multiple=True, required=True)
@click.option("--locale", type=click.Choice(list(LOCALES)), default=DEFAULT_LOCALE, help="The language of the mail.")
def invite(email: str, name: str, roles: tuple[str, ...], locale: str) -> None:
    """Invite EMAIL, and print the link that the mail holds: good once, for the first administrator above all."""
    shop, secret = current_shop(), secrets.token_urlsafe(32)
    invitee = Invitee(email, name or email.partition("@")[0], locale, frozenset(StaffRole(role) for role in roles))
    letter = letters.invitation(secret, name=invitee.name, firm=shop.settings.site_name, locale=locale)
    try:
        shop.database.transact(service.invite, None, invitee, secret=secret, letter=letter, by=SYSTEM, at=clock.now())
    except Refused as error:
        raise click.ClickException(str(error)) from error
    click.echo(letters.link("invitation", secret))


@staff.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Take away the second factor of EMAIL, for the last administrator who lost theirs. Signs them out everywhere."""
    shop = current_shop()
    with shop.database.reading() as reader:
        person = queries.person_by_email(reader, email)
    if person is None or person.user.firm_id is not None:
        raise click.ClickException("None of the staff has this e-mail address.")
    notice = letters.second_factor_news(FactorNews.RESET, name=person.user.name, locale=person.user.locale)
    reset, why = second_factor.reset, ResetReason.CONSOLE
    try:
        shop.database.transact(reset, None, person.user.id, reason=why, notice=notice, by=SYSTEM, at=clock.now())
    except Refused as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{person.user.email} has no second factor any more, and is signed out everywhere.")
