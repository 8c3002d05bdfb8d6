"""Lists of payments as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Export
from giftshop.payments.models import Payment
from giftshop.payments.rules import PaymentState
from giftshop.payments.words import METHOD_WORDS, STATE_WORDS
from giftshop.web.filters import money_number


def _payments(_reader: Reader, payments: Sequence[Payment]) -> Iterator[Sequence[object]]:
    for each in payments:
        method = None if each.state is PaymentState.EXPECTED else _(METHOD_WORDS[each.method])
        sum_of = [money_number(each.amount), each.currency, _(STATE_WORDS[each.state])]
        yield [
            each.reference,
            each.payer,
            each.about,
            method,
            *sum_of,
            each.created_at,
            each.received_on,
            each.settled_at,
        ]


PAYMENTS: Final = Export(
    (
        N_("Reference"),
        N_("From"),
        N_("What for"),
        N_("By"),
        N_("Amount"),
        N_("Currency"),
        N_("State"),
        N_("Requested"),
        N_("Received on"),
        N_("Noted as received"),
    ),
    _payments,
)
