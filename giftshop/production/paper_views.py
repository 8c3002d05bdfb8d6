"""What goes with a print file: its run sheet, the card with a specimen's code, and the receipt of the destruction."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from giftshop import cards, paper
from giftshop.production import queries, run_sheet
from giftshop.production.art import specimen
from giftshop.production.errors import NothingDestroyedYet, NotReady
from giftshop.production.rules import PrintRunState
from giftshop.production.views import bp, production
from giftshop.production.wording import card_of
from giftshop.web import allow, reader


@bp.get("/desk/print-runs/<int:run_id>/run-sheet.pdf")
@allow(production)
def run_sheet_pdf(run_id: int) -> ResponseReturnValue:
    """The sheet that goes with the file. Raises NotReady before there is one."""
    run = queries.print_run(reader(), run_id)
    if run.state not in {PrintRunState.READY, PrintRunState.CONFIRMED}:
        raise NotReady
    return _pdf(run_sheet.run_sheet(reader(), run), f"run-sheet-{run.batch_id}.pdf")


@bp.get("/desk/print-runs/<int:run_id>/receipt.pdf")
@allow(production)
def receipt_pdf(run_id: int) -> ResponseReturnValue:
    """The receipt of the destruction. Raises NothingDestroyedYet."""
    run = queries.print_run(reader(), run_id)
    if run.state is not PrintRunState.CONFIRMED:
        raise NothingDestroyedYet
    return _pdf(run_sheet.receipt(reader(), run), f"destruction-{run.batch_id}.pdf")


@bp.get("/desk/print-runs/<int:run_id>/specimen.pdf")
@allow(production)
def specimen_pdf(run_id: int) -> ResponseReturnValue:
    """The card with a code that no card has: the artwork, for houses that set names and codes themselves.

    Raises GlyphMissing, TextTooLong: words that cannot be printed.
    """
    run = queries.print_run(reader(), run_id)
    design, art = card_of(reader(), run)
    public_url = cards.batch(reader(), run.batch_id).public_url
    content = paper.proof(design, art, specimen("", public_url))
    return _pdf(content, f"specimen-{run.batch_id}.pdf")


def _pdf(content: bytes, name: str) -> Response:
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
