"""Lists of firms, and of people, as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop.accounts.models import Firm, User
from giftshop.accounts.queries import members_counted, with_roles
from giftshop.accounts.words import FIRM_STATES, USER_STATES, role_words
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.kernel.money import Money
from giftshop.listing import Export
from giftshop.web.filters import money_number


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


def people_of(firm: Firm | None) -> Export[User]:
    """Return what a file of this firm's people holds, or of the operator's staff."""
    limits = (N_("May order without approval up to"), N_("Currency")) if firm else ()
    headings = (N_("Name"), N_("E-mail address"), N_("Roles"), *limits, N_("State"))
    return Export(headings, lambda reader, users: _people(reader, users, firm))


def _people(reader: Reader, users: Sequence[User], firm: Firm | None) -> Iterator[Sequence[object]]:
    words = role_words(firm.id if firm else None)
    for person in with_roles(reader, users):
        user, roles = person.user, ", ".join(_(label) for role, (label, _line) in words.items() if role in person.roles)
        yield [user.name, user.email, roles, *(_limit(user, firm) if firm else ()), _(USER_STATES[user.state])]


def _limit(user: User, firm: Firm) -> tuple[object, object]:
    if user.order_limit_minor is None:
        return None, None
    return money_number(Money(user.order_limit_minor, firm.currency)), firm.currency
