"""The desk's first page, and a programme: what waits, what is stopped, extended and settled."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, listing
from giftshop.cards import expiry, progress, queries, stops
from giftshop.cards.desk import queries as desk
from giftshop.cards.desk.blueprint import (
    administrators,
    bare_serial,
    bp,
    carried_out,
    extended_words,
    lookers,
    openers,
    rights,
)
from giftshop.cards.desk.forms import ExtendForm, StopForm, lift_forms
from giftshop.cards.exporting import PROGRAMMES_OF_ALL
from giftshop.cards.models import batch_number
from giftshop.cards.rules import StopScope
from giftshop.cards.words import BATCH_WORDS, SCOPE_WORDS, UNREDEEMED_WORDS
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.role import StaffRole
from giftshop.kernel.serials import parse_serial
from giftshop.web import Form, actor, allow, current_shop, reader, staff


@bp.get("/desk/cards")
@allow(lookers)
def index() -> ResponseReturnValue:
    """What waits, what is stopped, and every firm's programmes; a serial number leads to its card."""
    search = (request.args.get("q") or "").strip()[:100]
    if parse_serial(search):
        return redirect(url_for("card_desk.card", serial=bare_serial(search)))
    return _index()


@bp.post("/desk/cards/stop")
@allow(administrators)
def stop_all() -> ResponseReturnValue:
    """Stop every card there is."""
    form = StopForm(within="stop")

    def do(tx: Transaction) -> str:
        stops.stop(tx, StopScope.PLATFORM, reason=form.reason.data or "", by=actor(), at=clock.now())
        return str(_("No card can be redeemed until this is lifted."))

    return carried_out(form, do, url_for("card_desk.index")) or _index(stop_form=form)


@bp.post("/desk/stops/<int:stop_id>/lift")
@allow(administrators)
def lift(stop_id: int) -> ResponseReturnValue:
    """Let what was stopped go on."""
    form = StopForm(within=f"lift-{stop_id}")

    def do(tx: Transaction) -> str:
        stops.lift(tx, stop_id, reason=form.reason.data or "", by=actor(), at=clock.now())
        return str(_("Its cards can be redeemed again."))

    return carried_out(form, do, url_for("card_desk.index")) or _index(lifting={stop_id: form})


@bp.get("/desk/programmes/<int:programme_id>")
@allow(lookers)
def programme(programme_id: int) -> ResponseReturnValue:
    """One programme of whichever firm."""
    return _programme(programme_id)


@bp.post("/desk/programmes/<int:programme_id>/extend")
@allow(openers)
def extend_programme(programme_id: int) -> ResponseReturnValue:
    """Give everybody more time."""
    form = ExtendForm(within="extend")

    def do(tx: Transaction) -> str:
        count = expiry.extend_programme(
            tx, programme_id, form.day, reason=form.reason.data or "", by=actor(), at=clock.now()
        )
        return extended_words(count)

    here = url_for("card_desk.programme", programme_id=programme_id)
    return carried_out(form, do, here) or _programme(programme_id, extend_form=form)


@bp.post("/desk/programmes/<int:programme_id>/settle")
@allow(staff(StaffRole.FINANCE))
def settle(programme_id: int) -> ResponseReturnValue:
    """Decide what expired, as the firm chose."""
    here = url_for("card_desk.programme", programme_id=programme_id)

    def do(tx: Transaction) -> str:
        expiry.settle(tx, programme_id, market=current_shop().settings.market, by=actor(), at=clock.now())
        return str(_("Settled. The statement stands below, and the firm sees it too."))

    return carried_out(Form(), do, here) or redirect(here, 303)


@bp.post("/desk/programmes/<int:programme_id>/stop")
@allow(administrators)
def stop_programme(programme_id: int) -> ResponseReturnValue:
    """Stop every card of a programme, or of its whole firm."""
    scope = StopScope.FIRM if request.form.get("scope") == StopScope.FIRM else StopScope.PROGRAMME
    scope_id = queries.programme(reader(), programme_id).firm_id if scope is StopScope.FIRM else programme_id
    form = StopForm(within=f"stop-{scope}")

    def do(tx: Transaction) -> str:
        stops.stop(tx, scope, scope_id, reason=form.reason.data or "", by=actor(), at=clock.now())
        return str(_("Stopped. Nothing can be redeemed until this is lifted."))

    here = url_for("card_desk.programme", programme_id=programme_id)
    return carried_out(form, do, here) or _programme(programme_id, stopping={scope: form})


def _index(*, stop_form: StopForm | None = None, lifting: Mapping[int, StopForm] | None = None) -> ResponseReturnValue:
    found = listing.show(desk.all_programmes(), endpoint="card_desk.index")
    if file := found.file(PROGRAMMES_OF_ALL):
        return file
    stop_form = stop_form or StopForm(formdata=None, within="stop")
    waiting = desk.to_be_agreed(reader())
    on = stops.stops_on(reader())
    known = {each.id: each for each in found.rows}
    for batch in waiting:
        known.setdefault(batch.programme_id, queries.programme(reader(), batch.programme_id))
    counts = progress.programme_progress(reader(), [each.id for each in found.rows], at=clock.now())
    lifts = lift_forms(on, lifting)
    refused = [form for form in (stop_form, *lifts.values()) if form.has_errors]
    return render_template(
        "cards/desk/index.html",
        stop_form=stop_form,
        lift_forms=lifts,
        refused=refused,
        found=found,
        counts=counts,
        waiting=waiting,
        programmes=known,
        stops=on,
        stopped=[_stopped_words(each.scope, each.scope_id) for each in on],
        scope_words=SCOPE_WORDS,
        people=accounts.users_by_id(reader(), {each.stopped_by for each in on}),
        firms=accounts.firms_by_id(reader(), {each.firm_id for each in known.values()}),
        is_all_stopped=any(each.scope is StopScope.PLATFORM for each in on),
        may_stop=actor().has(StaffRole.ADMINISTRATOR),
    ), 422 if refused else 200


def _programme(
    programme_id: int,
    *,
    extend_form: ExtendForm | None = None,
    stopping: Mapping[StopScope, StopForm] | None = None,
) -> ResponseReturnValue:
    found, now = queries.programme_if_there(reader(), programme_id), clock.now()
    settlements = queries.settlements_of(reader(), programme_id)
    extend_form = extend_form or ExtendForm(formdata=None, within="extend")
    scopes = {StopScope.PROGRAMME: programme_id, StopScope.FIRM: found.firm_id}
    stopped = {scope: stops.stop_on(reader(), scope, scope_id) for scope, scope_id in scopes.items()}
    stop_forms = {scope: StopForm(formdata=None, within=f"stop-{scope}") for scope in scopes} | dict(stopping or {})
    refused = [form for form in (extend_form, *stop_forms.values()) if form.has_errors]
    batches = queries.batches_of(reader(), [programme_id])
    return render_template(
        "cards/desk/programme.html",
        programme=found,
        firm=accounts.firm(reader(), found.firm_id),
        counts=progress.programme_progress(reader(), [programme_id], at=now)[programme_id],
        batches=batches,
        batch_words=BATCH_WORDS,
        unredeemed_words=UNREDEEMED_WORDS,
        expired=desk.expired_of(reader(), programme_id),
        settlements=settlements,
        people=accounts.users_by_id(reader(), {each.settled_by for each in settlements}),
        programme_stop=stopped[StopScope.PROGRAMME],
        firm_stop=stopped[StopScope.FIRM],
        lift_forms=lift_forms(filter(None, stopped.values())),
        extend_form=extend_form,
        stop_forms=stop_forms,
        refused=refused,
        **rights(),
    ), 422 if refused else 200


def _stopped_words(scope: StopScope, scope_id: int) -> tuple[str, str | None]:
    """Return what to call something that is stopped, and the way to it."""
    match scope:
        case StopScope.BATCH:
            number = str(batch_number(scope_id))
            return str(_("Batch %(number)s", number=number)), url_for("card_desk.batch", batch_id=scope_id)
        case StopScope.PROGRAMME:
            name = queries.programme(reader(), scope_id).name
            return name, url_for("card_desk.programme", programme_id=scope_id)
        case StopScope.FIRM:
            return accounts.firm(reader(), scope_id).name, None
        case StopScope.PLATFORM:
            return str(_("Every card")), None
