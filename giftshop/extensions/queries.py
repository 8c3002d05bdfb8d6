"""Reads of extensions. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from giftshop import accounts
from giftshop.db import Reader
from giftshop.extensions.models import Extension
from giftshop.extensions.rules import NUMBERS, ExtensionState
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Column, Listing, by_state
from giftshop.paging import bounded_count

KIND: Final = "extension"
"""What extensions call themselves to payments and audit."""


def extension_of(reader: Reader, number: str, firm_id: int | None) -> Extension:
    """Return an extension by its number; of `firm_id` only, unless None (staff). Raises Missing."""
    extension_id = NUMBERS.id_in(number)
    found = reader.get(Extension, extension_id) if extension_id else None
    if found is None or (firm_id is not None and found.firm_id != firm_id):
        raise Missing
    return found


def extension_by_id(reader: Reader, extension_id: int) -> Extension:
    """Return an extension by its id, for rooms that hold one. Raises Missing."""
    found = reader.get(Extension, extension_id)
    if found is None:
        raise Missing
    return found


def extensions_of(reader: Reader, programme_id: int) -> Sequence[Extension]:
    """Return the latest extensions of a programme, newest first. The caller has checked whose it is."""
    of_programme = select(Extension).where(Extension.programme_id == programme_id)
    return reader.scalars(of_programme.order_by(Extension.id.desc()).limit(50)).all()


def extensions_list(reader: Reader, words: Mapping[ExtensionState, str]) -> Listing[Extension]:
    """Return the list of all firms' extensions, newest first; `words` call the states by name.

    They are far fewer than orders: anything that stands in their rows sorts.
    """
    return Listing(
        "extensions",
        select(Extension),
        Extension.id,
        columns=(
            Column("number", N_("Number"), by=Extension.id, falls=True),
            Column("firm", N_("Firm")),
            Column("until", N_("New last day"), by=Extension.until),
            Column("cards", N_("Cards"), "number", by=Extension.quantity, falls=True),
            Column("total", N_("Total"), "number", by=Extension.fee_minor * Extension.quantity, falls=True),
            Column("state", N_("State"), by=Extension.state),
        ),
        fields=(accounts.by_firm(reader, Extension.firm_id), by_state(Extension.state, words)),
        first="-number",
    )


def left_over_count(reader: Reader) -> int:
    """Return how many have money that finance is to pay back, counted as far as a page needs it."""
    return bounded_count(reader, select(Extension.id).where(Extension.state == ExtensionState.LEFT_OVER))
