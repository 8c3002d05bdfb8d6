"""Carriers' files: uploaded, looked at row by row, taken over whole or not at all."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop.fulfilment import carrier_files, carriers
from giftshop.fulfilment.blueprint import bench, bp
from giftshop.fulfilment.forms import FileForm
from giftshop.fulfilment.pages import carrier_choices
from giftshop.fulfilment.rules import FileKind
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import actor, allow, reader, say, transact

SHOWN_ROWS = 500
"""Rows of a report that one page shows; those that keep the file from being taken over come first."""


@bp.get("/files")
@allow(bench)
def files() -> ResponseReturnValue:
    """Where a carrier's file is sent in."""
    return _upload_page(_form())


@bp.post("/files")
@allow(bench)
def upload() -> ResponseReturnValue:
    """Read a file and show what it would do."""
    form = _form()
    if form.validate():
        try:
            kind = FileKind(form.kind.data)
            rows = carrier_files.read_file(form.file.data.read(), kind)
            chosen = carriers.carrier_by_code(reader(), form.carrier.data).id if form.carrier.data else None
            file_id = transact(
                carrier_files.keep_file,
                kind,
                form.file.data.filename or "",
                rows,
                carrier_id=chosen,
                by=actor(),
                at=clock.now(),
            )
            return redirect(url_for("fulfilment.file_report", file_id=file_id))
        except Refused as refusal:
            refusal.field = refusal.field or "file"
            form.refuse(refusal)
    return _upload_page(form), 422


@bp.get("/files/<int:file_id>")
@allow(bench)
def file_report(file_id: int) -> ResponseReturnValue:
    """What a file would do, or did."""
    file = carrier_files.carrier_file_of(reader(), file_id)
    outcome = carrier_files.report(reader(), file)
    verdicts = sorted(outcome.verdicts, key=lambda verdict: (verdict.is_fine, verdict.row.line))
    return render_template(
        "fulfilment/file.html",
        file=file,
        report=outcome,
        verdicts=verdicts[:SHOWN_ROWS],
        carriers={carrier.id: carrier for carrier in carriers.all_carriers(reader(), with_retired=True)},
    )


@bp.post("/files/<int:file_id>/apply")
@allow(bench)
def apply_file(file_id: int) -> ResponseReturnValue:
    """Take it over."""
    try:
        changed = transact(carrier_files.apply_file, file_id, by=actor(), at=clock.now())
        flash(
            ngettext("Imported: %(num)s shipment changed.", "Imported: %(num)s shipments changed.", changed),
            "success",
        )
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("fulfilment.file_report", file_id=file_id))


def _form() -> FileForm:
    form = FileForm()
    form.carrier.choices = [("", _("Each parcel keeps its own"))]
    form.carrier.choices += carrier_choices(list(carriers.all_carriers(reader())))[1:]
    return form


def _upload_page(form: FileForm) -> str:
    return render_template(
        "fulfilment/files.html",
        form=form,
        columns={kind.value: columns for kind, columns in carrier_files.COLUMNS.items()},
        latest=carrier_files.latest_files(reader()),
    )
