"""Papers about money: a firm's own, one order's, and the desk's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, listing, orders
from giftshop.billing import papers, queries, words
from giftshop.billing.exporting import BILLS
from giftshop.billing.rules import BillKind
from giftshop.billing.statements import statement_of
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web import actor, allow, current_shop, members, reader, staff

bp = Blueprint("billing", __name__)

FIRM: Final = (MemberRole.BUYER, MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
DESK: Final = (StaffRole.SALES, StaffRole.FINANCE, StaffRole.ADMINISTRATOR)
PERIOD: Final = timedelta(days=90)
"""What a statement covers unless it is told otherwise."""
FIRST_DAY: Final = date(2000, 1, 1)


@bp.get("/papers")
@allow(members(*FIRM))
def index() -> ResponseReturnValue:
    """A firm's own papers, and its statement."""
    return _list(_own_firm())


@bp.get("/desk/papers")
@allow(staff(*DESK))
def desk() -> ResponseReturnValue:
    """Every firm's papers."""
    return _list(None)


@bp.get("/papers/<number>.pdf")
@allow(members(*FIRM), staff(*DESK))
def show(number: str) -> ResponseReturnValue:
    """One paper as it was issued."""
    bill = queries.bill_of(reader(), number, actor().firm_id)
    return _pdf(papers.bill_pdf(reader(), bill), bill.number)


@bp.get("/papers/statement.pdf")
@allow(members(*FIRM))
def statement() -> ResponseReturnValue:
    """A firm's own statement of account."""
    return _statement(_own_firm())


@bp.get("/desk/papers/statement.pdf")
@allow(staff(*DESK))
def desk_statement() -> ResponseReturnValue:
    """The statement of a firm's account."""
    text = request.args.get("firm", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Missing
    return _statement(int(text))


@bp.get("/orders/<number>/papers")
@allow(members(*FIRM), staff(*DESK))
def of_order(number: str) -> ResponseReturnValue:
    """All that there is on paper about one order's money."""
    order = orders.order_of(reader(), number, actor().firm_id)
    bills = queries.bills_about(reader(), orders.KIND, order.id)
    return render_template("billing/order.html", order=order, bills=bills, words=words)


def _list(firm_id: int | None) -> ResponseReturnValue:
    first, last, is_bad = _period()
    text = request.args.get("kind")
    kind = BillKind(text) if text in set(BillKind) else None
    endpoint = "billing.desk" if firm_id is None else "billing.index"
    found = listing.show(queries.bills_list(reader(), firm_id=firm_id, kind=kind), kind=kind)
    if file := found.file(BILLS):
        return file
    views = [(_("All"), found.at(), None, kind is None)]
    views += [(_(said), found.at(kind=each), None, each is kind) for each, said in words.KINDS_WORDS.items()]
    return render_template(
        "billing/index.html",
        found=found,
        views=views,
        words=words,
        endpoint=endpoint,
        firms=accounts.all_firms(reader()) if firm_id is None else (),
        first=first,
        last=last,
        is_bad_period=is_bad,
    )


def _statement(firm_id: int) -> Response:
    first, last, is_bad = _period()
    if is_bad:
        raise Missing
    zone = current_shop().settings.time_zone
    return _pdf(papers.statement_pdf(statement_of(reader(), firm_id, first, last, zone=zone)), f"statement-{last}")


def _period() -> tuple[date, date, bool]:
    """Return the first and last day that are asked for, and whether what was asked for is none."""
    today = clock.local_day(clock.now(), current_shop().settings.time_zone)
    try:
        last = date.fromisoformat(request.args.get("to") or today.isoformat())
        first = date.fromisoformat(request.args.get("from") or (last - PERIOD).isoformat())
    except (ValueError, OverflowError):
        return today - PERIOD, today, True
    if not FIRST_DAY <= first <= last <= today:
        return today - PERIOD, today, True
    return first, last, False


def _own_firm() -> int:
    firm_id = actor().firm_id
    return abort(404) if firm_id is None else firm_id


def _pdf(content: bytes, name: str) -> Response:
    disposition = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=disposition)
