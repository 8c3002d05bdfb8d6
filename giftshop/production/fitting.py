"""Whether the cards of a design fit a sheet, with their bleed and the gutters between them. Pure."""

from __future__ import annotations

from giftshop.paper import CardDesign, Imposition, fullest
from giftshop.production.delivery import Delivery, Sheet
from giftshop.production.errors import DoesNotFit, NoSuchSheet


def refuse_unless_fits(design: CardDesign, delivery: Delivery) -> None:
    """Refuse a delivery whose sheet does not hold its cards. Raises DoesNotFit, NoSuchSheet."""
    if (delivery.sheet is Sheet.OWN) != (delivery.grid is not None):
        raise NoSuchSheet(field="sheet")
    if delivery.grid is not None and not delivery.grid.is_sensible:
        raise NoSuchSheet(field="sheet")
    wanted = delivery.imposition
    if wanted is None:
        return
    if not _holds(design, wanted):
        columns, rows = most_on(design, wanted)
        raise DoesNotFit(
            field="sheet",
            card=f"{design.width_mm:g} × {design.height_mm:g}",
            sheet=f"{wanted.sheet_width_mm:g} × {wanted.sheet_height_mm:g}",
            columns=columns,
            rows=rows,
        )


def most_on(design: CardDesign, sheet: Imposition) -> tuple[int, int]:
    """Return how many columns and rows of cards fit onto the paper of `sheet`, with its gutters."""
    most = fullest(design, sheet.sheet_width_mm, sheet.sheet_height_mm, sheet.gutter_mm)
    return most.columns, most.rows


def _holds(design: CardDesign, grid: Imposition) -> bool:
    columns, rows = most_on(design, grid)
    return grid.columns <= columns and grid.rows <= rows
