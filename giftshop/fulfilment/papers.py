"""The bench's papers as PDF: pick list, packing slips, labels, manifests. A price stands on none of them."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from flask import render_template
from flask_babel import gettext as _

from giftshop import accounts
from giftshop.addresses import CHINA, address_lines, display_phone
from giftshop.db import Reader
from giftshop.fulfilment import carriers, queries
from giftshop.fulfilment.handing_over import parcels_on
from giftshop.fulfilment.models import Carrier, Manifest, Shipment, ShipmentLine
from giftshop.fulfilment.printing import Sheet, Stack
from giftshop.fulfilment.rules import Paper
from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.paper import Missing, code128_svg, render
from giftshop.web import current_shop, in_locale, localized

WORDS = {"barcode": code128_svg, "display_phone": display_phone, "address_lines": address_lines}


@dataclass(frozen=True, slots=True)
class Picked:
    """One row of the pick list: so many of this, for these parcels."""

    code: str
    words: Mapping[str, str]
    quantity: int
    numbers: tuple[str, ...]


def stack_pdf(reader: Reader, stack: Stack, papers: set[Paper]) -> bytes:
    """Return those of a stack's papers that are wanted, as one PDF: A4 sheets first, then labels.

    Labels have a printer of their own, so they can be had apart.
    """
    ids = {sheet.shipment_id for sheet in (*stack.slips, *stack.labels)} | set(stack.pick_list)
    facts = _facts(reader, ids)
    parts = []
    if Paper.PICK_LIST in papers and stack.pick_list:
        parts.append(pick_list_pdf(facts, stack.pick_list))
    if Paper.SLIP in papers and stack.slips:
        parts.append(sheets_pdf("slips", facts, stack.slips))
    if Paper.LABEL in papers and stack.labels:
        parts.append(sheets_pdf("labels", facts, stack.labels))
    return collated(parts)


def manifest_pdf(reader: Reader, found: Manifest, carrier: Carrier) -> bytes:
    """Return the sheet that the driver signs: every parcel, and how many they are."""
    parcels = parcels_on(reader, found.id)
    lines = queries.lines_by_shipment(reader, [parcel.id for parcel in parcels])
    names = accounts.users_by_id(reader, {found.drawn_up_by})
    return _rendered(
        "fulfilment/papers/manifest.html",
        manifest=found,
        carrier=carrier,
        parcels=parcels,
        pieces_of={shipment_id: sum(line.quantity for line in inside) for shipment_id, inside in lines.items()},
        drawn_up_by=names[found.drawn_up_by].name if found.drawn_up_by in names else "",
    )


def picked(shipments: Iterable[Shipment], lines: Mapping[int, Sequence[ShipmentLine]]) -> list[Picked]:
    """Return what to fetch for all these shipments together, by code, as the shelves stand."""
    rows: dict[tuple[str, str], Picked] = {}
    for shipment in shipments:
        for line in lines[shipment.id]:
            key = (line.code, line.code or str(sorted(line.words.items())))
            known = rows.get(key)
            quantity = line.quantity + (known.quantity if known else 0)
            numbers = tuple(dict.fromkeys((*(known.numbers if known else ()), shipment.number)))
            rows[key] = Picked(line.code, line.words, quantity, numbers)
    return [rows[key] for key in sorted(rows)]


def language_of(shipment: Shipment) -> str:
    """Return the language a slip in the parcel speaks: that of the country it goes to."""
    return "zh_Hans" if shipment.country in CHINA else DEFAULT_LOCALE


def collated(parts: Sequence[bytes]) -> bytes:
    """Return several PDFs as one."""
    if len(parts) == 1:
        return parts[0]
    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as opened:
            whole.pages.extend(opened.pages)
    out = io.BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()


def sheets_pdf(kind: str, facts: dict[str, Any], sheets: Sequence[Sheet]) -> bytes:
    """Return the slips or labels (`kind`) of `sheets`. `facts`: shipments, lines, firms and carriers by id."""
    return _rendered(f"fulfilment/papers/{kind}.html", sheets=[_told(facts, sheet) for sheet in sheets], **facts)


def pick_list_pdf(facts: dict[str, Any], ids: Sequence[int]) -> bytes:
    """Return what to fetch for these shipments. `facts`: shipments and lines by id."""
    shipments = [facts["shipments"][shipment_id] for shipment_id in ids]
    rows = picked(shipments, facts["lines"])
    return _rendered("fulfilment/papers/pick_list.html", rows=rows, parcels=len(shipments), **facts)


def _facts(reader: Reader, ids: Collection[int]) -> dict[str, Any]:
    """Load what all sheets speak of, in a few queries."""
    shipments = queries.shipments_by_id(reader, ids)
    return {
        "shipments": shipments,
        "lines": queries.lines_by_shipment(reader, ids),
        "firms": accounts.firms_by_id(reader, {shipment.firm_id for shipment in shipments.values()}),
        "carriers": {carrier.id: carrier for carrier in carriers.all_carriers(reader, with_retired=True)},
    }


def _told(facts: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    """Return one sheet with what it says, in the language of the country it goes to."""
    shipment = facts["shipments"][sheet.shipment_id]
    lines: Sequence[ShipmentLine] = facts["lines"][shipment.id]
    carrier = facts["carriers"].get(shipment.carrier_id)
    locale = language_of(shipment)
    with in_locale(locale):
        return {
            "sheet": sheet,
            "shipment": shipment,
            "firm": facts["firms"][shipment.firm_id],
            "locale": locale,
            "title": _("Packing slip"),
            "duplicate": _("DUPLICATE"),
            "service": localized(carrier.names) if carrier else "",
            "rows": [(localized(line.words), line.code, line.quantity) for line in lines],
            "pieces": sum(line.quantity for line in lines),
            "note": _("If something is missing or broken, please call us within seven days and name the shipment."),
            "labels": {
                "shipment": _("Shipment"),
                "pieces": _("Pieces"),
                "receiver": _("Receiver"),
                "sender": _("Sender"),
                "giver": _("A gift from"),
                "item": _("Item"),
                "code": _("Code"),
            },
        }


def _rendered(template: str, **facts: Any) -> bytes:
    """Return a template as a PDF. A rare character prints as a box rather than stop a stack of papers."""
    html = render_template(template, site=current_shop().settings, **WORDS, **facts)
    return render(html, missing=Missing.BOX)
