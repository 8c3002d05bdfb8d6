"""The step that asks who receives a gift: upload a list, look at it, accept it."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import tabular
from giftshop.kernel import clock
from giftshop.kernel.errors import DomainError
from giftshop.kernel.role import MemberRole
from giftshop.orders import drafts, queries
from giftshop.orders.forms import ListForm
from giftshop.orders.lists import COLUMNS, ECARD_COLUMNS, ReadList, read_people
from giftshop.orders.rules import Delivery, Step
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.steps import draft, go_on, own_firm, page, proposers
from giftshop.tabular import Flaw
from giftshop.web import actor, allow, reader, say, transact

SHOWN_PEOPLE = 20
SHOWN_FLAWS = 100


@bp.route("/orders/<number>/recipients", methods=["GET", "POST"])
@allow(proposers)
def recipients(number: str) -> ResponseReturnValue:
    """The list: upload it, look at it, accept it."""
    order = draft(number)
    form = ListForm()
    read: ReadList | None = None
    if form.validate_on_submit():
        upload = form.file.data
        try:
            columns = ECARD_COLUMNS if order.is_digital else COLUMNS
            read = read_people(
                tabular.read_table(upload.read(), columns),
                needs_address=order.delivery is Delivery.DIRECT,
                is_digital=order.is_digital,
            )
            if read.people:
                transact(drafts.keep_upload, order.id, own_firm(), upload.filename or "", read.people, at=clock.now())
                return redirect(url_for("orders.recipients", number=number))
        except DomainError as refusal:
            refusal.field = "file"
            form.refuse(refusal)
    return page(
        order,
        Step.RECIPIENTS,
        "recipients.html",
        form=form,
        read=read,
        flaws=_shown(read.flaws[:SHOWN_FLAWS]) if read else [],
        flaw_file=_flaw_file(read.flaws) if read and read.flaws else None,
        upload=queries.upload_of(reader(), order.id),
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
