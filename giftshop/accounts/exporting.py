"""Lists of firms as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop.accounts.models import Firm
from giftshop.accounts.queries import members_counted
from giftshop.accounts.words import FIRM_STATES
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Export


def _firms(reader: Reader, firms: Sequence[Firm]) -> Iterator[Sequence[object]]:
    counted = members_counted(reader)
    for firm in firms:
        yield [firm.name, counted.get(firm.id, 0), firm.currency, firm.created_at, _(FIRM_STATES[firm.state])]


FIRMS: Final = Export(
    (
        N_("Firm"),
        N_("People"),
        N_("Currency"),
        N_("Client since"),
        N_("State"),
    ),
    _firms,
)
