"""The desk of production: what is to be printed, and the custody of each file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, cards
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.production import preflighting, queries, service
from giftshop.production.errors import NotReady
from giftshop.production.forms import ReasonForm
from giftshop.production.models import PrintRun
from giftshop.production.printing import folder_of
from giftshop.production.rules import PrintRunState
from giftshop.web import Form, actor, allow, current_shop, reader, staff, transact, transact_once

bp = Blueprint("production", __name__)
production = staff(StaffRole.PRODUCTION)
STATE_WORDS = {
    PrintRunState.WAITING: N_("To be printed"),
    PrintRunState.PRINTING: N_("File being written"),
    PrintRunState.READY: N_("File ready"),
    PrintRunState.REFUSED: N_("Cannot be printed"),
    PrintRunState.CONFIRMED: N_("Printed"),
}


class WithReason(Protocol):
    """A command on a print run that wants a reason."""

    def __call__(self, tx: Transaction, run_id: int, reason: str, /, *, by: Actor, at: datetime) -> None:
        """Do it to `run_id` for `reason`."""


@bp.get("/desk/print-runs")
@allow(production)
def index() -> ResponseReturnValue:
    """Print runs that wait for somebody, or that are done."""
    is_open = request.args.get("view") != "done"
    page = queries.print_runs_page(reader(), is_open=is_open, after=request.args.get("after"))
    batches = {run.batch_id: cards.batch(reader(), run.batch_id) for run in page.rows}
    programmes = {run.programme_id: cards.programme(reader(), run.programme_id) for run in page.rows}
    views = [
        (_("To do"), url_for("production.index"), None, is_open),
        (_("Printed"), url_for("production.index", view="done"), None, not is_open),
    ]
    return render_template(
        "production/index.html", page=page, batches=batches, programmes=programmes, views=views, words=STATE_WORDS
    )


@bp.get("/desk/print-runs/<int:run_id>")
@allow(production)
def show(run_id: int) -> ResponseReturnValue:
    """One print run, and what can be done with it now."""
    return _page(queries.print_run(reader(), run_id), ReasonForm())


@bp.post("/desk/print-runs/<int:run_id>/start")
@allow(production)
def start(run_id: int) -> ResponseReturnValue:
    """Open the batch for a reason and have its file written."""
    return _with_reason(run_id, service.start, _("The print file is being written. This takes a moment."))


@bp.post("/desk/print-runs/<int:run_id>/ask")
@allow(production)
def ask_again(run_id: int) -> ResponseReturnValue:
    """Ask for the file once more."""
    return _with_reason(run_id, service.ask_again, _("Now somebody else of production has to agree."))


@bp.post("/desk/print-runs/<int:run_id>/agree")
@allow(production)
def agree(run_id: int) -> ResponseReturnValue:
    """The second person's yes."""
    transact(service.agree, run_id, by=actor(), at=clock.now())
    flash(_("They may now fetch the file once more."), "success")
    return redirect(url_for("production.show", run_id=run_id))


@bp.post("/desk/print-runs/<int:run_id>/file")
@allow(production)
def fetch(run_id: int) -> ResponseReturnValue:
    """The print file itself, unsealed as it streams out. Each fetching is recorded before the first byte."""
    run = queries.print_run(reader(), run_id)
    path = folder_of(current_shop().settings.instance_path) / run.file_name
    if run.state is not PrintRunState.READY or not path.exists():
        raise NotReady
    opening_id = transact(service.fetch, run_id, by=actor(), at=clock.now())
    return Response(
        stream_with_context(_unsealed(path, opening_id)),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="batch-{run.batch_id}.pdf"'},
    )


@bp.post("/desk/print-runs/<int:run_id>/confirm")
@allow(production)
def confirm(run_id: int) -> ResponseReturnValue:
    """The print house has the file: codes, key and file are destroyed."""
    transact_once(Form().once(), _confirmed, run_id)
    flash(_("Codes, key and file are destroyed. The printed cards can now go to the firm."), "success")
    return redirect(url_for("production.show", run_id=run_id))


def _unsealed(path: Path, opening_id: int) -> Iterator[bytes]:
    keyring = current_shop().settings.keyring
    with path.open("rb") as sealed, current_shop().database.reading() as custody:
        yield from cards.open_print_file(custody, opening_id, sealed, keyring=keyring)


def _confirmed(tx: Transaction, run_id: int) -> None:
    service.confirm(tx, run_id, by=actor(), at=clock.now())


def _with_reason(run_id: int, command: WithReason, done: str) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            transact(command, run_id, form.reason.data or "", by=actor(), at=clock.now())
            flash(done, "success")
            return redirect(url_for("production.show", run_id=run_id))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(queries.print_run(reader(), run_id), form)


def _page(run: PrintRun, form: ReasonForm) -> ResponseReturnValue:
    programme = cards.programme(reader(), run.programme_id)
    concerned = {person for person in (run.allowed_to, run.asked_by, run.confirmed_by) if person}
    return render_template(
        "production/show.html",
        run=run,
        form=form,
        programme=programme,
        firm=accounts.firm(reader(), programme.firm_id),
        batch=cards.batch(reader(), run.batch_id),
        people=accounts.users_by_id(reader(), concerned),
        words=STATE_WORDS,
        preflight=preflighting.rows_of(run),
    ), 422 if form.has_errors else 200
