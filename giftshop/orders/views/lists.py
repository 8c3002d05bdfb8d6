"""The step that asks who receives a gift: upload a list, look at it, accept it."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from flask import Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from giftshop import tabular
from giftshop.kernel import clock
from giftshop.kernel.errors import DomainError
from giftshop.kernel.role import MemberRole
from giftshop.orders import drafts, queries, uploading
from giftshop.orders.forms import ListForm
from giftshop.orders.lists import COLUMNS, ECARD_COLUMNS, ReadList
from giftshop.orders.models import Order
from giftshop.orders.rules import Step
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.steps import draft, go_on, own_firm, page, proposers
from giftshop.tabular import ColumnsForm, FileNotThere, Flaw, KeptFile, Upload
from giftshop.web import actor, allow, reader, say, transact

SHOWN_PEOPLE = 20
SHOWN_FLAWS = 100


@bp.route("/orders/<number>/recipients", methods=["GET", "POST"])
@allow(proposers)
def recipients(number: str) -> ResponseReturnValue:
    """The list: upload it, look at it, accept it."""
    order = draft(number)
    form = ListForm()
    if form.validate_on_submit():
        try:
            _take(order, form.file.data)
            return redirect(url_for("orders.recipients", number=number))
        except DomainError as refusal:
            refusal.field = "file"
            form.refuse(refusal)
    file = uploading.file_of(reader(), order.id)
    mapping = tabular.columns_form(file, uploading.columns_of(order), is_sent=False) if file else None
    is_open = mapping is not None and mapping.refuse_doubts()
    upload = queries.upload_of(reader(), order.id)
    read = None if upload or is_open or file is None else _read_again(order, file)
    return _page(order, form, mapping, read)


@bp.post("/orders/<number>/recipients/columns")
@allow(proposers)
def recipients_columns(number: str) -> ResponseReturnValue:
    """Say by hand which column of the uploaded file is what; it is read anew."""
    order = draft(number)
    g.shown_at = url_for("orders.recipients", number=number)
    here = redirect(g.shown_at)
    file = uploading.file_of(reader(), order.id)
    if file is None:
        flash(say(FileNotThere()), "error")
        return here
    mapping = tabular.columns_form(file, uploading.columns_of(order), is_sent=True)
    if mapping.validate():
        layout = mapping.layout()
        try:
            people = uploading.read_list(order, tabular.read_sheet(file.raw), layout).people
            transact(uploading.lay_out, order.id, own_firm(), layout, people, seen=file, at=clock.now())
            return here
        except DomainError as refusal:
            mapping.refuse(refusal)
    return _page(order, ListForm(formdata=None), mapping, None, is_refused=True)


def _take(order: Order, sent: FileStorage) -> None:
    """Keep an uploaded file with what was read of it. Raises what is wrong with the file as a whole."""
    raw = sent.read()
    sheet = tabular.read_sheet(raw)
    columns = uploading.columns_of(order)
    layout = tabular.layout_for(reader(), uploading.headings_of(own_firm()), sheet, columns)
    is_clear = tabular.is_clear(sheet.lead, layout, columns)
    people = uploading.read_list(order, sheet, layout).people if is_clear else ()
    upload = Upload(sent.filename or "", raw, sheet, layout)
    transact(uploading.take_file, order.id, own_firm(), upload, people, at=clock.now())


def _read_again(order: Order, file: KeptFile) -> ReadList:
    """Return what the kept file says, faults and all; nothing of a file that a person has yet to explain."""
    try:
        return uploading.read_list(order, tabular.read_sheet(file.raw), file.laid_out)
    except DomainError:
        return ReadList()


def _page(
    order: Order, form: ListForm, mapping: ColumnsForm | None, read: ReadList | None, *, is_refused: bool = False
) -> ResponseReturnValue:
    return page(
        order,
        Step.RECIPIENTS,
        "recipients.html",
        form=mapping if is_refused else form,
        list_form=form,
        mapping=mapping,
        read=read,
        flaws=_shown(read.flaws[:SHOWN_FLAWS]) if read else [],
        flaw_file=_flaw_file(read.flaws) if read and read.flaws else None,
        upload=None if is_refused else queries.upload_of(reader(), order.id),
        people=queries.recipients_of(reader(), order.id, limit=SHOWN_PEOPLE),
        shown=SHOWN_PEOPLE,
    )


@bp.post("/orders/<number>/recipients/accept")
@allow(proposers)
def accept_list(number: str) -> ResponseReturnValue:
    """Make the uploaded list the order's."""
    order = draft(number)
    count = transact(drafts.accept_upload, order.id, own_firm(), by=actor(), at=clock.now())
    flash(_("%(count)s people are on the list.", count=count), "success")
    if not actor().has(MemberRole.BUYER):
        return redirect(url_for("orders.recipients", number=number))
    return go_on(draft(number), Step.RECIPIENTS)


@bp.post("/orders/<number>/recipients/drop")
@allow(proposers)
def drop_list(number: str) -> ResponseReturnValue:
    """Forget the uploaded list."""
    order = draft(number)
    transact(drafts.drop_upload, order.id, own_firm())
    return redirect(url_for("orders.recipients", number=number))


@bp.get("/orders/list-template.csv")
@allow(proposers)
def list_template() -> ResponseReturnValue:
    """The campaign's form, empty but for one example; for e-cards with a column for e-mail addresses."""
    columns = ECARD_COLUMNS if "ecards" in request.args else COLUMNS
    example = {"kind": "老客户", "name": "王小明", "address": "广东省广州市天河区体育西路123号", "phone": "13800138000"}
    example["email"] = "wang@example.com"
    rows = [[example.get(column.key, "重点") for column in columns]]
    return Response(
        tabular.write_csv([column.names[0] for column in columns], rows),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=recipients.csv"},
    )


def _shown(flaws: Sequence[tuple[Flaw, str]]) -> list[dict[str, object]]:
    return [{"row": flaw.row, "column": flaw.column, "text": text, "why": say(flaw.reason)} for flaw, text in flaws]


def _flaw_file(flaws: Sequence[tuple[Flaw, str]]) -> str:
    """Return the flaws as a CSV in a data: address, so that nothing of a refused list has to be kept."""
    headings = [_("Row"), _("Column"), _("In the file"), _("What is wrong")]
    rows = [[flaw.row, flaw.column, text, say(flaw.reason)] for flaw, text in flaws]
    return "data:text/csv;base64," + base64.b64encode(tabular.write_csv(headings, rows)).decode()
