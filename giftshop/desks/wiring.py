"""Puts the desks onto the app."""

from __future__ import annotations

from giftshop.desks.cli import audit
from giftshop.desks.views import bp
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Add the machine room, and the command that checks the record."""
    app.register_blueprint(bp)
    app.cli.add_command(audit)
    hint = N_("Whether the worker lives, and what could not be done")
    administrators = frozenset({StaffRole.ADMINISTRATOR})
    app.menu.append(MenuItem(N_("Machine room"), "desks.machine", administrators, 90, "settings", hint))
