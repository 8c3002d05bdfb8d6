"""Papers about money as PDF. Whoever opens one again gets what was issued, in the language they read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask import render_template

from giftshop import paper
from giftshop.billing import queries
from giftshop.billing.capitals import in_capitals
from giftshop.billing.models import Bill, BillLine
from giftshop.billing.rules import BillKind
from giftshop.billing.statements import Statement
from giftshop.billing.words import CAME_WORDS, ENTRY_WORDS, KIND_WORDS
from giftshop.db import Reader
from giftshop.kernel.money import Money
from giftshop.orders import InvoiceKind
from giftshop.web import current_locale, current_shop

_SOLD: Final = frozenset({BillKind.INVOICE, BillKind.CREDIT_NOTE})
FAPIAO_COUNTRIES: Final = frozenset({"CN"})
"""Where the tax system issues the tax document (发票), so that ours must not pass for one (发票管理办法, 第三条)."""


def bill_pdf(reader: Reader, bill: Bill) -> bytes:
    """Return an invoice, credit note or receipt as it was issued: a PDF in the current language."""
    return printed_bill(bill, queries.lines_of(reader, bill.id), queries.invoice_behind(reader, bill))


def printed_bill(bill: Bill, lines: Sequence[BillLine], invoice: Bill | None = None) -> bytes:
    """Return a bill with these lines, about `invoice` where it is about one: a PDF in the current language."""
    return _printed(
        "billing/sold.html" if bill.kind in _SOLD else "billing/receipt.html",
        bill=bill,
        title_msgid=KIND_WORDS[bill.kind],
        issuer=bill.issuer,
        lines=lines,
        subtotals=[
            (kind, sum((line.amount for line in lines if line.invoice is kind), Money.zero(bill.currency)))
            for kind in InvoiceKind
            if any(line.invoice is kind for line in lines)
        ],
        invoice=invoice,
        capitals=in_capitals(bill.total_minor) if _says_capitals(bill) else "",
    )


def statement_pdf(statement: Statement) -> bytes:
    """Return a firm's statement of account: a PDF in the current language."""
    return _printed("billing/statement.html", statement=statement, entry_words=ENTRY_WORDS)


def _says_capitals(bill: Bill) -> bool:
    return bill.currency == "CNY" and current_locale() == "zh_Hans"


def _printed(template: str, **facts: Any) -> bytes:
    settings = current_shop().settings
    has_fapiao = settings.market.country in FAPIAO_COUNTRIES
    html = render_template(template, site=settings, has_fapiao=has_fapiao, came_words=CAME_WORDS, **facts)
    return paper.render(html, missing=paper.Missing.BOX)
