"""The queues of the three reviewers: tick whom one accepts, write why one turns somebody down, send."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import accounts
from giftshop.campaigns import queries, reviewing
from giftshop.campaigns.presenting import STEP_WORDS
from giftshop.campaigns.queries import Entry
from giftshop.campaigns.reviewing import Judgement, Outcome
from giftshop.campaigns.rules import ROLE_OF, Step
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import own_firm
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import Form, Page, actor, allow, current_shop, members, reader, say, transact

reviewers = members(*ROLE_OF.values())
LONGEST_REASON = 200
TICKED, REASON, GRADE = "accept", "reason", "grade"
"""Names of what a row of the queue sends: a tick, `reason-<id>`, `grade-<id>`."""


@bp.get("/campaigns/reviews")
@allow(reviewers)
def my_reviews() -> ResponseReturnValue:
    """To the first queue of somebody's roles."""
    step = next(step for step in Step if actor().has(ROLE_OF[step]))
    return redirect(url_for("campaigns.queue", step=step.value))


@bp.get("/campaigns/reviews/<any(service, sales, planning):step>")
@allow(reviewers)
def queue(step: str) -> ResponseReturnValue:
    """Those who wait for one's verdict, the longest first."""
    return _queue(_step(step), Form())


@bp.post("/campaigns/reviews/<any(service, sales, planning):step>")
@allow(reviewers)
def judge(step: str) -> ResponseReturnValue:
    """Keep the verdicts of a whole page."""
    place, form = _step(step), Form()
    if not form.validate():
        abort(400)
    try:
        outcome = transact(
            reviewing.judge,
            own_firm(),
            place,
            _judgements(place),
            rules=current_shop().settings.market.gifts,
            by=actor(),
            at=clock.now(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _queue(place, form)
    _tell(outcome)
    return redirect(url_for("campaigns.queue", step=step))


def _step(name: str) -> Step:
    """Return a step that somebody's role lets them judge; to the others' queues there is no way."""
    step = Step(name)
    if not actor().has(ROLE_OF[step]):
        abort(404)
    return step


def _judgements(step: Step) -> list[Judgement]:
    """Return what was sent of each row: a reason turns somebody down, a tick without one accepts."""
    reasons = {
        _id(name.removeprefix(f"{REASON}-")): text.strip()[:LONGEST_REASON]
        for name, text in request.form.items()
        if name.startswith(f"{REASON}-") and text.strip()
    }
    ticked = [_id(text) for text in request.form.getlist(TICKED)]
    judged = [Judgement(nominee_id, is_yes=False, reason=reason) for nominee_id, reason in reasons.items()]
    judged += [
        Judgement(each, is_yes=True, grade_id=_id(request.form.get(f"{GRADE}-{each}", "")) or None)
        for each in dict.fromkeys(ticked)
        if each not in reasons
    ]
    return [each for each in judged if each.nominee_id]


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _tell(outcome: Outcome) -> None:
    if outcome.accepted:
        flash(ngettext("%(num)s nomination accepted.", "%(num)s nominations accepted.", outcome.accepted), "success")
    if outcome.turned_down:
        words = ngettext("%(num)s nomination turned down.", "%(num)s nominations turned down.", outcome.turned_down)
        flash(words, "success")
    names = queries.names_of(reader(), [nominee_id for nominee_id, _why in outcome.skipped])
    for nominee_id, why in outcome.skipped:
        flash(f"{names.get(nominee_id, '–')}: {say(why)}", "error")


def _view(each: Step, step: Step) -> tuple[str, str, int, bool]:
    """Return the way to one of somebody's queues, with how many wait in it."""
    count = queries.count_waiting(reader(), own_firm(), each)
    return _(STEP_WORDS[each]), url_for("campaigns.queue", step=each.value), count, each is step


def _queue(step: Step, form: Form) -> ResponseReturnValue:
    found: Page[Entry] = queries.waiting_page(reader(), own_firm(), step, after=request.args.get("after"))
    campaign_ids = {entry.nominee.campaign_id for entry in found.rows}
    reviews = queries.reviews_by_nominee(reader(), [entry.nominee.id for entry in found.rows])
    ids = {review.by for said in reviews.values() for review in said}
    ids |= {entry.nominee.nominated_by for entry in found.rows if entry.nominee.nominated_by}
    steps = [each for each in Step if actor().has(ROLE_OF[each])]
    return render_template(
        "campaigns/queue.html",
        form=form,
        step=step,
        page=found,
        views=[_view(each, step) for each in steps],
        campaigns=queries.campaigns_by_id(reader(), campaign_ids),
        groups=queries.groups_by_id(reader(), campaign_ids),
        grades=queries.grades_by_campaign(reader(), campaign_ids),
        reviews=reviews,
        users=accounts.users_by_id(reader(), ids),
        sent=request.form,
    ), 422 if form.has_errors else 200
