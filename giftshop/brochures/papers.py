"""A brochure as PDF."""

from __future__ import annotations

from flask import render_template

from giftshop import catalogue, paper
from giftshop.brochures.composing import Brochure
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.web import current_shop


def brochure_pdf(reader: Reader, brochure: Brochure, *, with_prices: bool) -> bytes:
    """Return a brochure in the current language: a PDF. Without prices no amount stands on it."""
    settings = current_shop().settings
    pictures = {}
    for chapter in brochure.chapters:
        for shown in chapter.gifts:
            found = catalogue.picture_content(reader, shown.item.picture)
            if found is not None:
                pictures[f"item-{shown.item.id}"] = found[1]
    html = render_template(
        "brochures/paper.html",
        brochure=brochure,
        with_prices=with_prices,
        pictures=pictures,
        on=clock.local_day(clock.now(), settings.time_zone),
        site=settings,
    )
    return paper.render(html, assets=pictures, missing=paper.Missing.BOX)
