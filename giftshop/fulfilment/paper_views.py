"""Papers on the screen: what was printed together, and the PDF of it, as often as the printer jams."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from giftshop import accounts
from giftshop.fulfilment import papers, printing, queries
from giftshop.fulfilment.blueprint import bench, bp
from giftshop.fulfilment.rules import Paper
from giftshop.kernel.errors import Missing
from giftshop.web import allow, reader

PARTS = {
    "all": set(Paper),
    "sheets": {Paper.PICK_LIST, Paper.SLIP},
    "labels": {Paper.LABEL},
}


@bp.get("/printouts/<int:printout_id>")
@allow(bench)
def printout(printout_id: int) -> ResponseReturnValue:
    """What one printout holds, and what was left out."""
    found = printing.printout(reader(), printout_id)
    stacks = printing.stacks_of(found)
    people = accounts.users_by_id(reader(), {found.printed_by})
    return render_template(
        "fulfilment/printout.html",
        printout=found,
        stacks=stacks,
        left_out=queries.shipments_by_id(reader(), found.papers["left_out"]).values(),
        printed_by=people[found.printed_by].name if found.printed_by in people else "",
    )


@bp.get("/printouts/<int:printout_id>.pdf")
@allow(bench)
def printout_pdf(printout_id: int) -> ResponseReturnValue:
    """A stack of the papers. The same printout is the same copy: opening it again makes no duplicate."""
    stacks = printing.stacks_of(printing.printout(reader(), printout_id))
    wanted = PARTS.get(request.args.get("part", "all"), PARTS["all"])
    place = request.args.get("stack", default=1, type=int)
    if not 1 <= place <= len(stacks) or not stacks[place - 1].holds(wanted):
        raise Missing
    return pdf(papers.stack_pdf(reader(), stacks[place - 1], wanted), f"printout-{printout_id}-{place}.pdf")


def pdf(content: bytes, filename: str) -> Response:
    """Return a PDF to be looked at and printed."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return answer
