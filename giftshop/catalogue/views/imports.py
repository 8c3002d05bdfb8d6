"""Importing a list of items: a file, a preview, a decision."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.catalogue import importing
from giftshop.catalogue.errors import FileGone, FileMissing
from giftshop.catalogue.forms import ItemFileForm
from giftshop.catalogue.listing import COLUMNS, read_listing
from giftshop.catalogue.views.blueprint import KEEPERS, bp
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.tabular import write_csv
from giftshop.web import actor, allow, current_locale, current_shop, reader, say, transact
from giftshop.web.filters import shown

SHOWN_FLAWS = 200
SHOWN_ITEMS = 20


@bp.route("/desk/items/import", methods=["GET", "POST"])
@allow(KEEPERS)
def upload() -> ResponseReturnValue:
    """Choose a file; one that cannot be read at all is refused here."""
    form = ItemFileForm()
    if form.validate_on_submit():
        try:
            return redirect(url_for("catalogue.preview", file_id=_uploaded(form)))
        except Refused as refusal:
            refusal.field = "file"
            form.refuse(refusal)
    return render_template("catalogue/import.html", form=form), 422 if form.has_errors else 200


def _uploaded(form: ItemFileForm) -> int:
    if not form.file.data:
        raise FileMissing
    raw, filename = form.file.data.read(), form.file.data.filename or ""
    read_listing(raw, currency=_currency())
    return transact(importing.upload_items, filename, raw, by=actor(), at=clock.now())


@bp.get("/desk/items/import/<int:file_id>")
@allow(KEEPERS)
def preview(file_id: int) -> ResponseReturnValue:
    """What importing this file would do, or what has to be mended first."""
    try:
        file = importing.uploaded_file(reader(), file_id, by=actor())
    except FileGone as gone:
        flash(say(gone), "error")
        return redirect(url_for("catalogue.upload"))
    told = importing.difference(reader(), file.raw, currency=_currency())
    return render_template(
        "catalogue/import_preview.html",
        file=file,
        told=told,
        flaws=[(flaw, text, say(flaw.reason)) for flaw, text in told.listing.flaws[:SHOWN_FLAWS]],
        some=told.listing.items[:SHOWN_ITEMS],
    )


@bp.get("/desk/items/import/<int:file_id>/flaws.csv")
@allow(KEEPERS)
def flaws(file_id: int) -> ResponseReturnValue:
    """Every flaw, as a table to work through."""
    file = importing.uploaded_file(reader(), file_id, by=actor())
    told = importing.difference(reader(), file.raw, currency=_currency())
    rows = [(flaw.row, flaw.column, text, say(flaw.reason)) for flaw, text in told.listing.flaws]
    headings = [_("Row"), _("Column"), _("Cell content"), _("Why not")]
    return _download(write_csv(headings, rows), "flaws.csv")


@bp.post("/desk/items/import/<int:file_id>/accept")
@allow(KEEPERS)
def accept(file_id: int) -> ResponseReturnValue:
    """Import it."""
    try:
        new, changed = transact(importing.import_items, file_id, currency=_currency(), by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(url_for("catalogue.preview", file_id=file_id))
    flash(_("Imported: %(new)s new items, %(changed)s changed.", new=shown(new), changed=shown(changed)), "success")
    return redirect(url_for("catalogue.items"))


@bp.post("/desk/items/import/<int:file_id>/drop")
@allow(KEEPERS)
def drop(file_id: int) -> ResponseReturnValue:
    """Forget it."""
    transact(importing.drop_file, file_id, by=actor())
    return redirect(url_for("catalogue.upload"))


@bp.get("/desk/items/import/template.csv")
@allow(KEEPERS)
def template() -> ResponseReturnValue:
    """An empty table with the right headings, in the language of the page."""
    place = 1 if current_locale() == "zh_Hans" else 0
    names = [column.names[place] for column in COLUMNS if column.key not in {"name", "description"}]
    return _download(write_csv(names, []), "items.csv")


def _download(table: bytes, filename: str) -> Response:
    response = Response(table, mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={filename}"
    return response


def _currency() -> str:
    return current_shop().settings.currency
