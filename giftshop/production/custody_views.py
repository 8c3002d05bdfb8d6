"""The custody of a print file: fetched once, again with a second person, destroyed when the print house has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from flask import Response, flash, redirect, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import cards
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused
from giftshop.production import queries, service
from giftshop.production.delivery import Medium
from giftshop.production.errors import NotReady
from giftshop.production.forms import ReasonForm
from giftshop.production.printing import folder_of
from giftshop.production.rules import PrintRunState
from giftshop.production.views import bp, page_of, production
from giftshop.web import Form, actor, allow, current_shop, reader, transact, transact_once

KINDS: Final = {Medium.PDF: ("pdf", "application/pdf"), Medium.DATA: ("csv.p7m", "application/pkcs7-mime")}
"""How a file is called and what a browser is told it is (RFC 5751, 3.2.1)."""


@bp.post("/desk/print-runs/<int:run_id>/file")
@allow(production)
def fetch(run_id: int) -> ResponseReturnValue:
    """The print file itself, unsealed as it streams out. Each fetching is recorded before the first byte."""
    run = queries.print_run(reader(), run_id)
    path = folder_of(current_shop().settings.instance_path) / run.file_name
    if run.state is not PrintRunState.READY or not path.exists():
        raise NotReady
    opening_id = transact(service.fetch, run_id, by=actor(), at=clock.now())
    ending, mimetype = KINDS[run.wanted.medium]
    return Response(
        stream_with_context(_unsealed(path, opening_id)),
        mimetype=mimetype,
        headers={"Content-Disposition": f'attachment; filename="batch-{run.batch_id}.{ending}"'},
    )


@bp.post("/desk/print-runs/<int:run_id>/ask")
@allow(production)
def ask_again(run_id: int) -> ResponseReturnValue:
    """Ask for the file once more. Raises NotReady when there is none."""
    if queries.print_run(reader(), run_id).state is not PrintRunState.READY:
        raise NotReady
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            transact(service.ask_again, run_id, form.reason.data or "", by=actor(), at=clock.now())
            flash(_("Now somebody else of production has to agree."), "success")
            return redirect(url_for("production.show", run_id=run_id))
        except Refused as refusal:
            form.refuse(refusal)
    return page_of(queries.print_run(reader(), run_id), form)


@bp.post("/desk/print-runs/<int:run_id>/agree")
@allow(production)
def agree(run_id: int) -> ResponseReturnValue:
    """The second person's yes."""
    transact(service.agree, run_id, by=actor(), at=clock.now())
    flash(_("They may now fetch the file once more."), "success")
    return redirect(url_for("production.show", run_id=run_id))


@bp.post("/desk/print-runs/<int:run_id>/confirm")
@allow(production)
def confirm(run_id: int) -> ResponseReturnValue:
    """The print house has the file: codes, key and file are destroyed."""
    transact_once(Form().once(), _confirmed, run_id, by=actor(), at=clock.now())
    flash(_("Codes, key and file are destroyed. The printed cards can now go to the firm."), "success")
    return redirect(url_for("production.show", run_id=run_id))


def _unsealed(path: Path, opening_id: int) -> Iterator[bytes]:
    keyring = current_shop().settings.keyring
    with path.open("rb") as sealed, current_shop().database.reading() as custody:
        yield from cards.open_print_file(custody, opening_id, sealed, keyring=keyring)


def _confirmed(tx: Transaction, run_id: int, *, by: Actor, at: datetime) -> None:
    service.confirm(tx, run_id, by=by, at=at)
