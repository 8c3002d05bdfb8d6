"""Puts firms, people and their coming in onto the app."""

from __future__ import annotations

from collections.abc import Collection

from flask import url_for

from giftshop.accounts import cli, factor_keys, privacy, queries, service, sessions
from giftshop.accounts.samples import samples
from giftshop.accounts.views import bp
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.notifications import add_samples
from giftshop.web import GiftShop, Inverse, MenuItem, Piece, Place, members, staff

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
        N_("Add firms, and look after their people."),
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
    app.places["firm"] = Place("accounts.firm_at_desk", _firms)
    administrators = (members(MemberRole.ADMINISTRATOR), staff(StaffRole.ADMINISTRATOR))
    app.inverses["accounts.disable"] = Inverse(service.let_in_again, administrators, N_("They may sign in again."))
    app.resealers.append(factor_keys.reseal)


def _firms(reader: Reader, ids: Collection[int]) -> dict[int, Piece]:
    firms = queries.firms_by_id(reader, ids)
    return {key: Piece(firm.name, url_for("accounts.firm_at_desk", firm_id=key)) for key, firm in firms.items()}
