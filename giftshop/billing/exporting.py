"""Lists of papers about money as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop.billing.models import Bill
from giftshop.billing.words import KIND_WORDS
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Export
from giftshop.web.filters import money_number


def _bills(_reader: Reader, bills: Sequence[Bill]) -> Iterator[Sequence[object]]:
    for bill in bills:
        known = [bill.number, _(KIND_WORDS[bill.kind]), bill.firm_name, bill.title, bill.about, bill.reference]
        yield [*known, bill.issued_on, bill.paid_on, money_number(bill.total), bill.currency]


BILLS: Final = Export(
    (
        N_("Number"),
        N_("What it is"),
        N_("Firm"),
        N_("Invoice title"),
        N_("What for"),
        N_("Reference"),
        N_("Date"),
        N_("Money came or went back on"),
        N_("Amount"),
        N_("Currency"),
    ),
    _bills,
)
