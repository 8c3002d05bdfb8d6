"""Where everybody begins, and what everybody may read."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from giftshop.accounts.views.blueprint import bp
from giftshop.accounts.views.door import firm_name_of
from giftshop.accounts.views.me import myself
from giftshop.kernel.actor import ActorKind
from giftshop.web import actor, allow, anyone, current_shop, reader, recent_of, staff, tasks_of


@bp.get("/")
@allow(anyone)
def home() -> ResponseReturnValue:
    """A front page for visitors, and for members what they can do."""
    if actor().kind is ActorKind.MEMBER:
        return _home()
    if actor().is_staff:
        return redirect(url_for("accounts.desk"))
    return current_shop().front()


@bp.get("/desk")
@allow(staff())
def desk() -> ResponseReturnValue:
    """What one of the staff can do."""
    return _home()


@bp.get("/privacy")
@allow(anyone)
def privacy() -> ResponseReturnValue:
    """What is kept of whom, for what, and how long."""
    return render_template("accounts/privacy.html")


@bp.get("/contact")
@allow(anyone)
def contact() -> ResponseReturnValue:
    """How to reach us."""
    return render_template("accounts/contact.html")


def _home() -> ResponseReturnValue:
    shop, person = current_shop(), actor()
    return render_template(
        "accounts/home.html",
        firm=firm_name_of(myself()),
        tasks=tasks_of(shop.waiting, reader(), person),
        recent=recent_of(shop.lately, reader(), person),
    )
