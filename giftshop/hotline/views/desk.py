"""Where an agent waits for the next call, and where calls are looked up later."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from giftshop import accounts, cards
from giftshop.hotline import queries, service
from giftshop.hotline.exporting import CALLS
from giftshop.hotline.forms import BeginForm
from giftshop.hotline.views.blueprint import bp
from giftshop.hotline.views.common import agents
from giftshop.hotline.words import FOUND_WORDS, OUTCOME_WORDS
from giftshop.kernel import clock
from giftshop.kernel.locale import LOCALES
from giftshop.kernel.role import StaffRole
from giftshop.listing import show
from giftshop.web import actor, allow, current_locale, reader, staff, transact


@bp.get("/desk/hotline")
@allow(agents, staff(StaffRole.ADMINISTRATOR))
def desk() -> ResponseReturnValue:
    """The next call, the one that goes on, and those before. An administrator sees everybody's, and takes none."""
    is_agent = actor().has(StaffRole.HOTLINE)
    agent_id = actor().id if is_agent else None
    found = show(queries.calls_list(reader(), agent_id=agent_id, outcomes=OUTCOME_WORDS))
    if file := found.file(CALLS):
        return file
    return render_template(
        "hotline/desk.html",
        found=found,
        is_agent=is_agent,
        form=BeginForm(data={"locale": current_locale()}),
        open_call=queries.open_call_of(reader(), actor()),
        agents=accounts.users_by_id(reader(), {each.agent_id for each in found.rows}),
        serials=cards.serials_by_id(reader(), {each.card_id for each in found.rows if each.card_id}),
        outcome_words=OUTCOME_WORDS,
        found_words=FOUND_WORDS,
    )


@bp.post("/desk/hotline/calls")
@allow(agents)
def begin() -> ResponseReturnValue:
    """Take a call; whoever is on one already goes on with it."""
    wanted = BeginForm().locale.data
    locale = wanted if wanted in LOCALES else current_locale()
    call_id = transact(service.begin, locale=locale, by=actor(), at=clock.now())
    return redirect(url_for("hotline.call", call_id=call_id), 303)
