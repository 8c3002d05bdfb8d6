"""How print runs are told on pages and papers: their states, how they are printed, what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import cards
from giftshop.kernel.locale import N_
from giftshop.kernel.serials import numbers, printed
from giftshop.paper import CardDesign, ColourSpace, Imposition
from giftshop.production.delivery import Delivery, Medium
from giftshop.production.models import PrintRun
from giftshop.production.rules import DecorationState, PrintRunState
from giftshop.web import current_shop

STATE_WORDS: Final = {
    PrintRunState.WAITING: N_("To be printed"),
    PrintRunState.PRINTING: N_("File being written"),
    PrintRunState.READY: N_("File ready"),
    PrintRunState.REFUSED: N_("Cannot be printed"),
    PrintRunState.CONFIRMED: N_("Printed"),
}
DECORATION_WORDS: Final = {
    DecorationState.WAITING: N_("To be begun"),
    DecorationState.BEGUN: N_("Being done"),
    DecorationState.DONE: N_("Done"),
}
SHEET_NAMES: Final[Mapping[tuple[float, float], str]] = {(210, 297): "A4", (297, 420): "A3", (320, 450): "SRA3"}
"""Short and long side in millimetres."""
COLOUR_WORDS: Final = {ColourSpace.RGB: N_("RGB"), ColourSpace.CMYK: N_("CMYK, variable data in black alone")}


def file_words(delivery: Delivery) -> str:
    """Return what the print house gets, in a few words."""
    if delivery.medium is Medium.DATA:
        return str(_("Data file (CSV), encrypted to the print house"))
    return str(_("PDF/X-4") if delivery.is_pdf_x else _("PDF"))


def sheet_words(delivery: Delivery) -> str:
    """Return how cards lie on their sheets."""
    marks = _("with crop marks") if delivery.has_marks else _("without marks")
    grid = delivery.imposition
    if grid is None:
        return str(_("One card a page, %(marks)s", marks=marks))
    return str(_("%(grid)s, %(marks)s", grid=grid_words(grid), marks=marks))


def grid_words(grid: Imposition) -> str:
    """Return how many cards lie on which sheet."""
    sides = (grid.sheet_width_mm, grid.sheet_height_mm)
    size = SHEET_NAMES.get((min(sides), max(sides)), f"{sides[0]:g} × {sides[1]:g} mm")
    return str(
        _(
            "%(cards)s on %(size)s (%(columns)s × %(rows)s, gutter %(gutter)s mm)",
            cards=grid.cards,
            size=size,
            columns=grid.columns,
            rows=grid.rows,
            gutter=f"{grid.gutter_mm:g}",
        )
    )


def design_words(design: CardDesign) -> str:
    """Return a design's title, its size and how many sides are printed."""
    sides = ngettext("printed on %(num)s side", "printed on %(num)s sides", design.sides)
    return f"{_(design.title)}, {design.width_mm:g} × {design.height_mm:g} mm, {sides}"


def serials_of(batch: cards.Batch) -> tuple[str, str]:
    """Return the first and the last serial number of a batch, as they are printed."""
    first = numbers(batch.number, 1, 1)[0]
    last = numbers(batch.number, max(1, batch.quantity), 1)[0]
    return printed(first), printed(last)


def refusal_of(run: PrintRun) -> str:
    """Return what could not be printed, in the current language."""
    said: str = _(run.refusal) if run.refusal else ""
    return said % run.refusal_facts if run.refusal_facts else said


def bought_by(programme: cards.Programme) -> str:
    """Return the number of the order that a programme was bought by; empty if the room that sold it names none."""
    number_of = current_shop().numbers.get(programme.order_kind)
    return number_of(programme.order_id) if number_of else ""
