"""Beginning a set: with an idea that is put together already, or with an empty one and a name."""

from __future__ import annotations

from datetime import date

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.branding import OCCASION_WORDS
from giftshop.giftsets import picture as pictures
from giftshop.giftsets import service, starting
from giftshop.giftsets.forms import NameForm
from giftshop.giftsets.ideas import Idea, year_of
from giftshop.giftsets.rules import MAX_NAME, Rates
from giftshop.giftsets.views.blueprint import bp, buyers, own_firm
from giftshop.giftsets.views.shelf import drawing
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import Form, actor, allow, current_locale, current_shop, members, reader, transact_once


@bp.route("/gift-sets/new", methods=["GET", "POST"])
@allow(buyers)
def new() -> ResponseReturnValue:
    """Begin a set: with one of the ideas, or with nothing but a name."""
    form = NameForm()
    if form.validate_on_submit():
        try:
            name = form.name.data or ""
            set_id = transact_once(form.once(), service.draw_up, own_firm(), name, by=actor(), at=clock.now())
            return redirect(url_for("giftsets.build", gift_set_id=set_id))
        except Refused as refusal:
            form.refuse(refusal)
    ideas = starting.ideas_for(reader(), own_firm(), _today())
    page = render_template("giftsets/new.html", form=form, ideas=ideas, idea_title=idea_title, rates=Rates())
    return page, 422 if form.has_errors else 200


@bp.post("/gift-sets/ideas/<occasion>")
@allow(buyers)
def begin_with(occasion: str) -> ResponseReturnValue:
    """Begin a set with an idea."""
    today = _today()
    idea = starting.idea_for(reader(), own_firm(), occasion, today)
    name = _("%(occasion)s %(year)s", occasion=idea_title(idea), year=year_of(idea.occasion, today))[:MAX_NAME]
    set_id = transact_once(
        Form().once(),
        starting.draw_up_idea,
        own_firm(),
        occasion,
        name,
        locale=current_locale(),
        today=today,
        by=actor(),
        at=clock.now(),
    )
    return redirect(url_for("giftsets.build", gift_set_id=set_id))


@bp.get("/gift-sets/ideas/<occasion>.svg")
@allow(members())
def idea_picture(occasion: str) -> ResponseReturnValue:
    """An idea as it would look with the firm's own colours."""
    idea = starting.idea_for(reader(), own_firm(), occasion, _today())
    words = starting.words_for(reader(), own_firm(), idea.occasion, current_locale())
    contents = starting.marked(reader(), own_firm(), idea, words)
    return drawing(pictures.composed(reader(), own_firm(), contents, idea_title(idea)))


def idea_title(idea: Idea) -> str:
    """Return the occasion of an idea in words."""
    return str(_(OCCASION_WORDS[idea.occasion]))


def _today() -> date:
    return clock.local_day(clock.now(), current_shop().settings.time_zone)
