"""Puts the hotline onto the app."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop.db import Reader
from giftshop.hotline import queries
from giftshop.hotline.views import bp
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop, MenuItem, Piece, Waiting


def init_app(app: GiftShop) -> None:
    """Add the pages of the hotline; an agent who left a call open finds it again."""
    app.register_blueprint(bp)
    hint = N_("Take a call: find the card, hear its code, choose and send for whoever rings up.")
    readers = frozenset({StaffRole.HOTLINE, StaffRole.ADMINISTRATOR})
    app.menu.append(MenuItem(N_("Hotline"), "hotline.desk", readers, 64, "phone", hint))
    agents = frozenset({StaffRole.HOTLINE})
    app.waiting.append(
        Waiting(
            agents,
            queries.open_calls_of,
            _open_words,
            "hotline.desk",
            icon="phone",
            is_pressing=True,
            first=_on_the_line,
        )
    )


def _on_the_line(reader: Reader, agent: Actor) -> list[Piece]:
    call = queries.open_call_of(reader, agent)
    return [Piece(_("Back to the call"), url_for("hotline.call", call_id=call.id), since=call.began_at)] if call else []


def _open_words(count: int) -> str:
    return str(ngettext("You are on a call", "You are on %(num)s calls", count))
