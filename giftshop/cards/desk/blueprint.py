"""Who may do what at the cards desk, and how a form there is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from giftshop.db import Transaction
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.role import StaffRole
from giftshop.kernel.serials import parse_serial, printed
from giftshop.web import Form, actor, say, staff, transact_once

bp = Blueprint("card_desk", __name__)

LOOKERS: Final = (
    StaffRole.FINANCE,
    StaffRole.PRODUCTION,
    StaffRole.HOTLINE,
    StaffRole.SALES,
    StaffRole.ADMINISTRATOR,
)
OPENERS: Final = (StaffRole.FINANCE, StaffRole.ADMINISTRATOR)
MENDERS: Final = (StaffRole.HOTLINE, StaffRole.ADMINISTRATOR)
lookers = staff(*LOOKERS)
openers = staff(*OPENERS)
menders = staff(*MENDERS)
administrators = staff(StaffRole.ADMINISTRATOR)

Doing = Callable[[Transaction], str]
"""A command as a form asks for it; returns what to tell."""


def carried_out(form: Form, do: Doing, here: str) -> ResponseReturnValue | None:
    """Run what a form asks for, once, and lead back `here`; None when the form is to be shown with its errors."""
    if not form.validate_on_submit():
        return None
    try:
        flash(transact_once(form.once(), do), "success")
    except (Refused, Missing) as refusal:
        if refusal.field is None and type(form) is Form:
            flash(say(refusal), "error")
        form.refuse(refusal)
        return None
    return redirect(here, 303)


def rights() -> dict[str, Any]:
    """What whoever looks may do here."""
    return {
        "may_open": actor().has(*OPENERS),
        "may_mend": actor().has(*MENDERS),
        "may_stop": actor().has(StaffRole.ADMINISTRATOR),
        "may_settle": actor().has(StaffRole.FINANCE),
    }


def bare_serial(serial: str) -> str:
    """A serial number as an address has it."""
    known = parse_serial(serial)
    return printed(known.number).replace(" ", "-") if known else serial


def extended_words(count: int) -> str:
    """Return what to tell whoever extended so many cards."""
    return str(ngettext("%(num)s card is good for longer.", "%(num)s cards are good for longer.", count))
