"""What is owed to whom: on a page, as a table, on paper; for the operator, and for each firm its own."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, flash, redirect, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import cards, paper
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.liability import export, proving, rules, words
from giftshop.liability.asking import Shown, shown
from giftshop.liability.rules import Place
from giftshop.tabular import stream_csv
from giftshop.web import Form, actor, allow, current_shop, members, reader, staff, transact_once

bp = Blueprint("liability", __name__)

DESK: Final = (StaffRole.FINANCE, StaffRole.ADMINISTRATOR)
FIRM: Final = (MemberRole.FINANCE, MemberRole.ADMINISTRATOR)
MONTHS_DRAWN: Final = 24
"""Months of last days that a page tells one by one."""


@bp.get("/desk/owed")
@allow(staff(*DESK))
def desk() -> ResponseReturnValue:
    """What the operator owes."""
    return _page(shown(reader(), own_firm_id=None))


@bp.get("/owed")
@allow(members(*FIRM))
def own() -> ResponseReturnValue:
    """What is left on the cards of a firm."""
    return _page(shown(reader(), own_firm_id=_firm_id()))


@bp.get("/desk/owed.csv")
@allow(staff(*DESK))
def desk_csv() -> ResponseReturnValue:
    """The same as a table."""
    return _table(shown(reader(), own_firm_id=None))


@bp.get("/owed.csv")
@allow(members(*FIRM))
def own_csv() -> ResponseReturnValue:
    """The same as a table."""
    return _table(shown(reader(), own_firm_id=_firm_id()))


@bp.get("/desk/owed.pdf")
@allow(staff(*DESK))
def desk_pdf() -> ResponseReturnValue:
    """The same on paper."""
    return _paper(shown(reader(), own_firm_id=None))


@bp.get("/owed.pdf")
@allow(members(*FIRM))
def own_pdf() -> ResponseReturnValue:
    """The same on paper."""
    return _paper(shown(reader(), own_firm_id=_firm_id()))


@bp.get("/desk/books")
@allow(staff(*DESK))
def books() -> ResponseReturnValue:
    """Whether the books add up: the last proofs, and what did not agree."""
    proofs = proving.last_proofs(reader())
    differing = {each["card_id"] for each in proofs[0].differences if each["card_id"]} if proofs else set()
    serials = cards.serials_by_id(reader(), differing)
    return render_template(
        "liability/books.html", proofs=proofs, words=words.PROMISE_WORDS, serials=serials, form=Form()
    )


@bp.post("/desk/books/prove")
@allow(staff(*DESK))
def prove() -> ResponseReturnValue:
    """Have the books proved now."""
    transact_once(Form().once(), proving.ask_for_proof, by=actor(), at=clock.now())
    flash(_("The books are being added up. Look again in a moment."), "success")
    return redirect(url_for("liability.books"))


def _page(asked: Shown) -> str:
    return render_template("liability/owed.html", **_drawn(asked))


def _table(asked: Shown) -> Response:
    _refuse_bad_day(asked)
    content = stream_with_context(stream_csv(export.headings(), export.rows(asked)))
    name = f"owed-{asked.report.asked.on}.csv"
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


def _paper(asked: Shown) -> Response:
    _refuse_bad_day(asked)
    html = render_template("liability/paper.html", site=current_shop().settings, **_drawn(asked))
    name = f"owed-{asked.report.asked.on}.pdf"
    content = paper.render(html, missing=paper.Missing.BOX)
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={name}"})


def _drawn(asked: Shown) -> dict[str, Any]:
    """Return what templates are given: figures, words, and the pictures' measures."""
    is_desk = asked.report.asked.firm_id is None
    return {
        "shown": asked,
        "asked": asked.report.asked,
        "words": words,
        "place": Place,
        "is_desk": is_desk,
        "endpoint": "liability.desk" if is_desk else "liability.own",
        "waterfall": lambda sums: rules.waterfall(
            sums.owes(Place.OWED, before=True).amount_minor,
            [step.minor[Place.OWED] for step in sums.steps],
        ),
        "bars": lambda rows: rules.bars([money.amount_minor for _key, _cards, money in rows]),
        "most_months": MONTHS_DRAWN,
        "by_firm": lambda sums: sums.among(lambda line: line.title.firm_id),
        "by_programme": lambda sums: sums.among(lambda line: line.title.programme_id),
        "by_batch": lambda sums: sums.among(lambda line: line.title.batch_id),
    }


def _refuse_bad_day(asked: Shown) -> None:
    if asked.is_bad_day:
        raise Missing


def _firm_id() -> int:
    firm_id = actor().firm_id
    return abort(404) if firm_id is None else firm_id
