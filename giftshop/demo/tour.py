"""A walk through the demonstration in two minutes, and a way to be anybody in it without typing a password.

These addresses exist in demonstration mode alone; see giftshop/demo/wiring.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts
from giftshop.demo import people
from giftshop.demo.codes import Kept, fresh_codes
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web import Form, GiftShop, allow, anyone, current_shop, reader

bp = Blueprint("demo", __name__)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the tour: what is seen there, as whom, and where it begins."""

    title: str
    text: str
    role: MemberRole | StaffRole
    path: str
    picture: str


TOUR: Final[Sequence[Stop]] = (
    Stop(
        N_("A firm orders"),
        N_("Choose a gift book, say for how many, write the greeting, look at the proof. The total explains itself."),
        MemberRole.BUYER,
        "/orders/new",
        "gift-book",
    ),
    Stop(
        N_("Somebody approves"),
        N_("An order above the buyer's limit waits for an approver. One waits now."),
        MemberRole.APPROVER,
        "/orders",
        "fountain-pen",
    ),
    Stop(
        N_("Cards are printed"),
        N_("Codes leave the house once, in a sealed file that only production may fetch, for a reason."),
        StaffRole.PRODUCTION,
        "/desk/print-runs",
        "couplets",
    ),
    Stop(
        N_("Parcels leave"),
        N_("Scan, Enter, next: parcels at every stage wait at the bench. No mouse is needed."),
        StaffRole.FULFILMENT,
        "/dispatch",
        "open-box",
    ),
    Stop(
        N_("Somebody calls"),
        N_("The hotline hears a code, chooses for the caller and reads it back. It never sees a code."),
        StaffRole.HOTLINE,
        "/desk/hotline",
        "headphones",
    ),
    Stop(
        N_("Finance knows what is owed"),
        N_("To whom, since when, and why, on any evening of the past: on one page."),
        StaffRole.FINANCE,
        "/desk/owed",
        "desk-calendar",
    ),
    Stop(
        N_("A card is lost"),
        N_("Stop it, or its batch, programme or firm; replace it, move its value. Whatever is stopped can be undone."),
        StaffRole.ADMINISTRATOR,
        "/desk/cards",
        "suitcase",
    ),
)


@bp.get("/demonstration")
@allow(anyone)
def tour() -> ResponseReturnValue:
    """The tour, and below it everybody whom one can be."""
    settings = current_shop().settings
    books, shopping_cards = (fresh_codes(reader(), settings, kind) for kind in (Kept.GIFT_BOOKS, Kept.SHOPPING_CARDS))
    return render_template(
        "demo/tour.html",
        stops=[(stop, people.email_of(stop.role)) for stop in TOUR],
        gift_book=next(iter(books), "").replace(" ", ""),
        shopping_card=next(iter(shopping_cards), "").replace(" ", ""),
    )


@bp.post("/demonstration/enter")
@allow(anyone)
def enter() -> ResponseReturnValue:
    """Be somebody of the demonstration from now on, and go on to `next`, or to where their work begins."""
    wanted = request.form.get("who", "")
    found = next((each for _name, crew in crews() for each in crew if each.user.email == wanted), None)
    if found is None or not Form().validate_on_submit():
        raise Missing
    accounts.leave()
    return accounts.receive(found)


def crews() -> Sequence[tuple[str, Sequence[accounts.Person]]]:
    """Return the people of the demonstration who can sign in: the firm's and the operator's, each with its name."""
    return [
        (people.FIRM.name, _can_sign_in(people.firm_id(reader()))),
        (current_shop().settings.site_name, _can_sign_in(None)),
    ]


def _can_sign_in(firm_id: int | None) -> Sequence[accounts.Person]:
    members = (each for each in accounts.people_of(reader(), firm_id) if each.user.state is accounts.UserState.ACTIVE)
    order = list(accounts.role_words(firm_id))
    return sorted(members, key=lambda person: min(map(order.index, person.roles), default=len(order)))


def duties(person: accounts.Person) -> str:
    """Return what somebody is, in the current language."""
    words = accounts.role_words(person.user.firm_id)
    return ", ".join(_(label) for role, (label, _line) in words.items() if role in person.roles)


def on_pages(app: GiftShop) -> None:
    """Let the sign-in page offer everybody."""
    app.jinja_env.globals.update(demonstration_crews=crews, demonstration_duties=duties)
