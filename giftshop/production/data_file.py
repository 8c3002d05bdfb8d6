"""The data file: what differs from card to card as a table, for houses that print their own variable data.

It is made whole in memory, encrypted to the house, and only then handed on to be sealed: in clear it touches no disk.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from typing import BinaryIO, Final

from giftshop import tabular
from giftshop.cards import PrintedCard
from giftshop.paper import PrintedCount
from giftshop.production.envelope import sealed_for
from giftshop.production.errors import NotPlainInATable

COLUMNS: Final = ("serial", "name", "code", "link")
"""The same in every language, since the house's software looks for them."""
TOLD_EVERY: Final = 1024
"""Cards between two words of progress."""


def write_data_file(
    cards: Iterable[PrintedCard], certificate: bytes, out: BinaryIO, *, progress: Callable[[int], None]
) -> PrintedCount:
    """Write the encrypted table of `cards` to `out`: CSV inside, UTF-8 with its mark, a line for each card.

    Raises NotPlainInATable for a name that a spreadsheet would take for a formula.
    """
    count = 0
    with io.BytesIO() as table:
        text = io.TextIOWrapper(table, encoding="utf-8-sig", newline="")
        lines = csv.writer(text)
        lines.writerow(COLUMNS)
        for count, card in enumerate(cards, start=1):
            lines.writerow(_line(card))
            if count % TOLD_EVERY == 0:
                progress(count)
        text.flush()
        sealed = sealed_for(certificate, table.getvalue())
    progress(count)
    out.write(sealed)
    return PrintedCount(count, 0, 0, len(sealed), hashlib.sha256(sealed).hexdigest())


def _line(card: PrintedCard) -> tuple[str, str, str, str]:
    name = card.name or ""
    if tabular.inert(name) != name:
        raise NotPlainInATable(serial=card.serial)
    return card.serial, name, card.secret.printed, card.link
