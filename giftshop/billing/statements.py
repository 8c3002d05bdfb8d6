"""A firm's statement of account: what was ordered, paid and paid back in a period, and what is open at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giftshop import accounts, payments
from giftshop.accounts import Firm
from giftshop.billing.models import Bill
from giftshop.billing.queries import undone_by_hand
from giftshop.billing.rules import Account, BillKind, account
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.payments import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class Statement:
    """A firm's account over a period, one for each currency it ordered in."""

    firm: Firm
    first: date
    last: date
    accounts: Sequence[Account[Entry]]
    zone: str
    """Whose calendar the days are of."""

    def day_of(self, entry: Entry) -> date:
        """Return the day an entry stands on."""
        return clock.local_day(entry.at, self.zone)


def statement_of(reader: Reader, firm_id: int, first: date, last: date, *, zone: str) -> Statement:
    """Return a firm's statement from `first` through `last`, days of the calendar in `zone`. Raises Missing."""
    firm = accounts.firm(reader, firm_id)
    entries = payments.entries_of(reader, firm_id) + [_by_hand(bill) for bill in undone_by_hand(reader, firm_id)]
    entries.sort(key=lambda entry: entry.at)
    currencies = sorted({firm.currency, *(entry.amount.currency for entry in entries)})
    every = [
        account(entries, lambda entry: clock.local_day(entry.at, zone), first=first, last=last, currency=currency)
        for currency in currencies
    ]
    moved = [each for each in every if each.lines or each.opening]
    return Statement(firm, first, last, moved or every[:1], zone)


def _by_hand(bill: Bill) -> Entry:
    """Return a part that finance paid back: it is no entry of a payment's, which came and stays."""
    is_credit = bill.kind is BillKind.CREDIT_NOTE
    kind, amount = (EntryKind.UNDONE, -bill.total) if is_credit else (EntryKind.GIVEN_BACK, bill.total)
    return Entry(kind, bill.issued_at, amount, bill.about, bill.reference)
