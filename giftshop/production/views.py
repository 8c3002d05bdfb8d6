"""The desk of production: what is to be printed, and one print run from the batch to the print house."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, cards, jobs
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import StaffRole
from giftshop.listing import show as show_list
from giftshop.paper import grids_for
from giftshop.production import preflighting, queries, run_sheet, service
from giftshop.production.delivery import AS_PAGES, STANDARD, Delivery
from giftshop.production.exporting import PRINT_RUNS
from giftshop.production.forms import ReasonForm
from giftshop.production.house_forms import StartForm, values_of
from giftshop.production.models import PrintHouse, PrintRun
from giftshop.production.presenting import STATE_WORDS, refusal_of
from giftshop.production.proof_pages import run_proof
from giftshop.production.rules import PrintRunState, step_of
from giftshop.production.wording import design_of_run
from giftshop.web import Form, actor, allow, reader, staff, transact
from giftshop.web.health import is_alive

bp = Blueprint("production", __name__)
production = staff(StaffRole.PRODUCTION)


@bp.get("/desk/print-runs")
@allow(production)
def index() -> ResponseReturnValue:
    """Print runs that wait for somebody, or that are done."""
    is_open = request.args.get("view") != "done"
    listed = queries.print_runs_list(reader(), is_open=is_open, words=STATE_WORDS)
    found = show_list(listed, view=None if is_open else "done")
    if file := found.file(PRINT_RUNS):
        return file
    batches = {run.batch_id: cards.batch(reader(), run.batch_id) for run in found.rows}
    programmes = {run.programme_id: cards.programme(reader(), run.programme_id) for run in found.rows}
    views = [
        (_("To do"), url_for("production.index"), None, is_open),
        (_("Printed"), url_for("production.index", view="done"), None, not is_open),
    ]
    return render_template(
        "production/index.html", found=found, batches=batches, programmes=programmes, views=views, words=STATE_WORDS
    )


@bp.get("/desk/print-runs/<int:run_id>")
@allow(production)
def show(run_id: int) -> ResponseReturnValue:
    """One print run, and what can be done with it now."""
    run = queries.print_run(reader(), run_id)
    return page_of(run, _start_form(run) if run.can_start else ReasonForm())


@bp.post("/desk/print-runs/<int:run_id>/start")
@allow(production)
def start(run_id: int) -> ResponseReturnValue:
    """Open the batch for a reason and have its file written, as the print house wants it."""
    run = queries.print_run(reader(), run_id)
    form = _start_form(run)
    if form.validate_on_submit():
        try:
            transact(
                service.start,
                run_id,
                form.reason.data or "",
                delivery=form.delivery,
                house_id=form.house_id,
                by=actor(),
                at=clock.now(),
            )
            flash(_("The print file is being written. You can leave this page meanwhile."), "success")
            return redirect(url_for("production.show", run_id=run_id))
        except Refused as refusal:
            form.refuse(refusal)
    return page_of(queries.print_run(reader(), run_id), form)


@bp.get("/desk/print-runs/<int:run_id>/progress")
@allow(production)
def progress(run_id: int) -> ResponseReturnValue:
    """How far the file is: the part of the page that follows it."""
    run = queries.print_run(reader(), run_id)
    batch = cards.batch(reader(), run.batch_id)
    return render_template("production/_progress.html", run=run, batch=batch, **_of_the_worker(run))


def page_of(run: PrintRun, form: Form) -> ResponseReturnValue:
    """Return the page of a print run; 422 when `form` has something to put right."""
    facts = run_sheet.facts_of(reader(), run)
    return render_template(
        "production/show.html",
        run=run,
        form=form,
        step=step_of(run.state, run.fetched),
        facts=facts,
        programme=facts.programme,
        firm=facts.firm,
        batch=facts.batch,
        fetches=queries.fetches_of(reader(), run.id),
        people=accounts.users_by_id(reader(), run_sheet.people_of(reader(), run)),
        words=STATE_WORDS,
        proof=run_proof(reader(), run),
        refusal=refusal_of(run),
        **(_of_the_choice(form) if isinstance(form, StartForm) else {}),
        **(_of_the_worker(run) if run.state is PrintRunState.PRINTING else {}),
        preflight=preflighting.rows_of(run),
    ), 422 if form.has_errors else 200


def _start_form(run: PrintRun) -> StartForm:
    """Return the form as the house that was chosen wants it: by the address, else as the run was tried before."""
    asked = request.args.get("house")
    houses = queries.houses_to_choose(reader())
    was = queries.print_house(reader(), run.house_id) if run.house_id else None
    house: PrintHouse | None
    if asked is not None:
        house, delivery = next((each for each in houses if str(each.id) == asked), None), None
    elif run.delivery:
        house, delivery = was if was in houses else None, run.wanted
    else:
        house, delivery = next((each for each in houses if each.is_usual), None), None
    if delivery is None:
        delivery = Delivery.of(house.delivery) if house else AS_PAGES
    form = StartForm(data={"house": str(house.id) if house else "", **values_of(delivery)})
    form.offer(grids_for(design_of_run(reader(), run)))
    return form


def _of_the_choice(form: StartForm) -> dict[str, Any]:
    """Return what the page needs to choose a house and an output."""
    houses = queries.houses_to_choose(reader())
    too_many = {sheet: _("This card is too large for it.") for sheet in STANDARD if sheet not in form.offered}
    return {
        "houses": houses,
        "house": next((house for house in houses if str(house.id) == str(form.house.data)), None),
        "sheet_hints": too_many,
    }


def _of_the_worker(run: PrintRun) -> dict[str, Any]:
    """Return whether anybody writes the file: the worker may be down, or have given up."""
    given_up = any(
        job.kind == service.PRINT and job.payload.get("run_id") == run.id for job in jobs.failed_jobs(reader())
    )
    return {"is_given_up": given_up, "is_worker_alive": is_alive(jobs.last_beat(reader()))}
