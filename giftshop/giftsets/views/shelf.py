"""A firm's gift sets: all of them, a new one, a copy, and the picture of each."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.giftsets import picture as pictures
from giftshop.giftsets import queries, service
from giftshop.giftsets.errors import NoSuchGiftSet
from giftshop.giftsets.forms import NameForm
from giftshop.giftsets.rules import MAX_NAME
from giftshop.giftsets.views.blueprint import bp, buyers, makers, own_firm, own_set
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import Form, actor, allow, members, reader, transact_once


@bp.get("/gift-sets")
@allow(members())
def index() -> ResponseReturnValue:
    """The firm's sets, newest first."""
    page = queries.gift_sets_page(reader(), own_firm(), after=request.args.get("after"))
    contents = queries.contents_by_id(reader(), [found.id for found in page.rows])
    return render_template("giftsets/index.html", page=page, contents=contents)


@bp.route("/gift-sets/new", methods=["GET", "POST"])
@allow(buyers)
def new() -> ResponseReturnValue:
    """Begin a set: only its name is asked."""
    form = NameForm()
    if form.validate_on_submit():
        try:
            name = form.name.data or ""
            set_id = transact_once(form.once(), service.draw_up, own_firm(), name, by=actor(), at=clock.now())
            return redirect(url_for("giftsets.build", gift_set_id=set_id))
        except Refused as refusal:
            form.refuse(refusal)
    return render_template("giftsets/new.html", form=form), 422 if form.has_errors else 200


@bp.post("/gift-sets/<int:gift_set_id>/copy")
@allow(buyers)
def copy(gift_set_id: int) -> ResponseReturnValue:
    """A set like this one, free to be changed."""
    name = _("%(name)s (copy)", name=own_set(gift_set_id).name)[:MAX_NAME]
    copied = transact_once(Form().once(), service.copy, gift_set_id, own_firm(), name, by=actor(), at=clock.now())
    flash(_("This is the copy. Change it as you like."), "success")
    return redirect(url_for("giftsets.build", gift_set_id=copied))


@bp.get("/gift-sets/<int:gift_set_id>/picture.svg")
@allow(members(), makers)
def picture(gift_set_id: int) -> ResponseReturnValue:
    """The set as it will look. Opened by itself it may show its own pictures and nothing else."""
    if actor().is_staff:
        found = queries.gift_sets_by_id(reader(), [gift_set_id]).get(gift_set_id)
        if found is None:
            raise NoSuchGiftSet
    else:
        found = own_set(gift_set_id)
    response = Response(pictures.picture_of(reader(), found), mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
