"""Files that wait to be taken name people: they go after a day, and when one of these people asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select

from giftshop.db import Reader, Transaction
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.tabular.models import KeptFile
from giftshop.tabular.table import read_sheet
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, Traces, Whom

KEPT_DAYS: Final = 1
SAME_END: Final = 8
"""Last digits by which a phone is known however it was typed: rather one file too many goes."""


def eraser() -> Eraser:
    """Return what uploaded files know of people."""
    return Eraser("tabular.files", N_("Uploaded files"), _naming, _forget, KEPT_DAYS, _old)


def _naming(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    places = reader.scalars(select(KeptFile.place)).all()  # then one file at a time: each may be large
    return Traces([place for place in places if _names(_raw(reader, place), whom)])


def _raw(reader: Reader, place: str) -> bytes:
    return reader.scalar(select(KeptFile.raw).where(KeptFile.place == place)) or b""


def _names(raw: bytes, whom: Whom) -> bool:
    try:
        rows = read_sheet(raw).rows
    except Refused:
        return False  # nobody can read it, and none such is kept
    end = whom.phone[-SAME_END:]
    return any(
        bool(end and re.sub(r"\D", "", cell).endswith(end)) or bool(whom.email and whom.email in cell.casefold())
        for _number, cells in rows
        for cell in cells
    )


def _forget(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(delete(KeptFile).where(KeptFile.place.in_(rows)))


def _old(reader: Reader, before: datetime) -> Sequence[RowKey]:
    return reader.scalars(select(KeptFile.place).where(KeptFile.uploaded_at < before).limit(AT_ONCE)).all()
