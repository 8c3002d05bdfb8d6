"""Puts firms, people and their coming in onto the app."""

from __future__ import annotations

from giftshop.accounts import cli, factor_keys, privacy, sessions
from giftshop.accounts.samples import samples
from giftshop.accounts.views import bp
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.notifications import add_samples
from giftshop.web import GiftShop, MenuItem

MENU = (
    MenuItem(
        N_("People"),
        "accounts.members_people",
        frozenset({MemberRole.ADMINISTRATOR}),
        80,
        "users",
        N_("Invite colleagues, say what each may do, and close accounts."),
    ),
    MenuItem(
        N_("Our firm"),
        "accounts.firm",
        frozenset({MemberRole.ADMINISTRATOR}),
        85,
        "building",
        N_("Name, invoice title, tax number and contact line."),
    ),
    MenuItem(
        N_("Firms"),
        "accounts.firms",
        frozenset({StaffRole.ADMINISTRATOR, StaffRole.SALES}),
        80,
        "building",
        N_("Take on firms, and look after their people."),
    ),
    MenuItem(
        N_("Staff"),
        "accounts.staff_people",
        frozenset({StaffRole.ADMINISTRATOR}),
        85,
        "users",
        N_("Invite colleagues, say what each may do, and close accounts."),
    ),
)


def init_app(app: GiftShop) -> None:
    """Let the app know who makes a request, and add the pages and commands about people."""
    add_samples(app, "accounts", samples())
    sessions.init_app(app)
    app.register_blueprint(bp)
    app.erasers += privacy.erasers(app.settings.retention)
    app.cli.add_command(cli.staff)
    app.menu.extend(MENU)
    app.resealers.append(factor_keys.reseal)
