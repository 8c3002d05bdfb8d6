"""Pages of production for what is printed besides cards: gift books, and the artwork of decoration jobs."""

from __future__ import annotations

import base64
from typing import Final

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from giftshop import accounts, cards, catalogue, paper
from giftshop.kernel.errors import Missing
from giftshop.production import decorating, goods_art, queries
from giftshop.production.art import CardWords
from giftshop.production.rules import JobKind
from giftshop.production.views import bp, production
from giftshop.production.wording import words_of
from giftshop.web import allow, current_locale, current_shop, localized, reader, staff

PREVIEW_DPI: Final = 110


@bp.get("/desk/print-runs/<int:run_id>/book-<any(cover, inside, whole):part>.pdf")
@allow(production)
def book(run_id: int, part: str) -> ResponseReturnValue:
    """The gift book that goes with the cards of a print run: with bleed, and with crop marks where they are asked for.

    Raises Missing for shopping cards, which need none.
    """
    run = queries.print_run(reader(), run_id)
    edition_id = cards.batch(reader(), run.batch_id).edition_id
    if edition_id is None:
        raise Missing
    wanted = paper.BookPart(part)
    content = goods_art.printed_book(
        reader(),
        edition_id,
        words_of(reader(), run),
        wanted,
        instance_path=current_shop().settings.instance_path,
        has_marks="marks" in request.args and wanted is not paper.BookPart.WHOLE,
        shows_trim=wanted is paper.BookPart.WHOLE,
    )
    return _pdf(content, f"gift-book-{run.batch_id}-{part}.pdf", is_shown=wanted is paper.BookPart.WHOLE)


@bp.get("/desk/editions/<int:edition_id>/book.pdf")
@allow(staff())
def edition_book(edition_id: int) -> ResponseReturnValue:
    """The printed book of an edition with nobody's words in it, in the language of the page: for staff to look at."""
    settings = current_shop().settings
    edition = catalogue.edition(reader(), edition_id)
    words = CardWords(
        sender_name=settings.site_name,
        headline=localized(edition.names),
        greeting="",
        contact_line="",
        hotline=settings.hotline,
        public_url=settings.public_url,
        valid_until=None,
        locale=current_locale(),
        logo=None,
        is_named=False,
        design=paper.designs_for(paper.DesignKind.GIFT_BOOK)[0].key,
        accent=paper.LACQUER,
        lettering=paper.Lettering.SERIF,
    )
    path = settings.instance_path
    content = goods_art.printed_book(
        reader(), edition_id, words, paper.BookPart.WHOLE, instance_path=path, shows_trim=True
    )
    return _pdf(content, f"{edition.code.lower()}.pdf", is_shown=True)


@bp.get("/desk/decorations/<int:job_id>/print-ready")
@allow(production)
def print_ready(job_id: int) -> ResponseReturnValue:
    """The artwork of a job as it will be printed, with what whoever prints it should know."""
    job, shape = decorating.job(reader(), job_id), goods_art.shape_in(request.args.get("shape"))
    made = goods_art.print_ready(reader(), job_id, current_locale(), shape)
    picture = paper.page_png(made.pdf, dpi=PREVIEW_DPI, bleed=True)
    return render_template(
        "production/print_ready.html",
        job=job,
        firm=accounts.firm(reader(), job.firm_id),
        warnings=made.warnings,
        picture="data:image/png;base64," + base64.b64encode(picture).decode(),
        shape=shape,
        shapes=list(paper.Shape) if job.kind is JobKind.STICKER else [],
    )


@bp.get("/desk/decorations/<int:job_id>/print-ready.pdf")
@allow(production)
def print_ready_file(job_id: int) -> ResponseReturnValue:
    """The same as a file."""
    shape = goods_art.shape_in(request.args.get("shape"))
    made = goods_art.print_ready(reader(), job_id, current_locale(), shape)
    return _pdf(made.pdf, f"artwork-{job_id}.pdf", is_shown=False)


@bp.context_processor
def book_words() -> dict[str, object]:
    """What the page of a print run, which is another's, asks of the book that goes with it."""
    return {"binding_of_book": lambda edition_id: goods_art.binding_of(reader(), edition_id)}


def _pdf(content: bytes, filename: str, *, is_shown: bool) -> Response:
    shown = "inline" if is_shown else "attachment"
    return Response(
        content, mimetype="application/pdf", headers={"Content-Disposition": f'{shown}; filename="{filename}"'}
    )
