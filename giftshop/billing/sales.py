"""What was sold for a payment: its lines in every language, and whom the invoice names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from giftshop import accounts, extensions, orders, payments, topups
from giftshop.db import Reader
from giftshop.kernel.locale import LOCALES
from giftshop.kernel.money import Money
from giftshop.orders import InvoiceKind, PaperLine
from giftshop.web import in_locale


@dataclass(frozen=True, slots=True)
class Sale:
    """What a firm bought, as its invoice tells it."""

    firm_id: int
    firm_name: str
    title: str
    """发票抬头."""
    tax_number: str
    lines: Sequence[PaperLine]


def sale_of(reader: Reader, payable: payments.Payable) -> Sale | None:
    """Return what was sold; None for what no firm buys, such as a holder's difference."""
    if payable.kind == orders.KIND:
        order = orders.order_by_id(reader, payable.id)
        lines = orders.lines_on_paper(reader, order)
        return _sale(reader, order.firm_id, lines, title=order.invoice_title, tax_number=order.tax_number)
    if payable.kind == topups.KIND:
        top_up = topups.top_up_by_id(reader, payable.id)
        line = top_up_line(top_up.each, top_up.quantity)
        return _sale(reader, top_up.firm_id, [line])
    if payable.kind == extensions.KIND:
        extension = extensions.extension_by_id(reader, payable.id)
        words = in_every_language(lambda: _("More time for cards"))
        return _sale(
            reader,
            extension.firm_id,
            [PaperLine(words, {}, extension.fee, extension.quantity, InvoiceKind.ORDINARY)],
        )
    return None


def top_up_line(each: Money, quantity: int) -> PaperLine:
    """Return value put on cards as a line: no tax is due on it before it is spent."""
    return PaperLine(in_every_language(lambda: _("Value on shopping cards")), {}, each, quantity, InvoiceKind.UNTAXED)


def in_every_language(say: Callable[[], str]) -> dict[str, str]:
    """Return what `say` says in each of our languages."""
    said = {}
    for locale in LOCALES:
        with in_locale(locale):
            said[locale] = str(say())
    return said


def _sale(reader: Reader, firm_id: int, lines: Sequence[PaperLine], *, title: str = "", tax_number: str = "") -> Sale:
    firm = accounts.firm(reader, firm_id)
    return Sale(
        firm_id,
        firm.name,
        title or firm.invoice_title or firm.name,
        tax_number or ("" if title else firm.tax_number),
        lines,
    )
