"""Accounts: firms, their members, the operator's staff, and how each of them comes in."""

from giftshop.accounts.models import Firm, FirmState, User, UserState
from giftshop.accounts.queries import (
    Person,
    all_firms,
    approvers_of,
    firm,
    firms_by_id,
    people_of,
    person,
    staff_with,
    users_by_id,
)

__all__ = [
    "Firm",
    "FirmState",
    "Person",
    "User",
    "UserState",
    "all_firms",
    "approvers_of",
    "firm",
    "firms_by_id",
    "people_of",
    "person",
    "staff_with",
    "users_by_id",
]
