"""Accounts: firms, their members, the operator's staff, and how each of them comes in."""

from giftshop.accounts.access import Letter, accept_invitation
from giftshop.accounts.letters import invitation
from giftshop.accounts.models import Firm, FirmState, User, UserState
from giftshop.accounts.passwords import hash_password
from giftshop.accounts.queries import (
    Person,
    all_firms,
    approvers_of,
    by_firm,
    firm,
    firms_by_id,
    people_of,
    person,
    person_by_email,
    staff_with,
    users_by_id,
)
from giftshop.accounts.rules import FirmKind, may_buy_stored_value, network_of, own_path
from giftshop.accounts.service import (
    FirmDetails,
    Invitee,
    classify_firm,
    end_all_sessions,
    establish_firm,
    invite,
)
from giftshop.accounts.views.door import leave, receive
from giftshop.accounts.words import role_words

__all__ = [
    "Firm",
    "FirmDetails",
    "FirmKind",
    "FirmState",
    "Invitee",
    "Letter",
    "Person",
    "User",
    "UserState",
    "accept_invitation",
    "all_firms",
    "approvers_of",
    "by_firm",
    "classify_firm",
    "end_all_sessions",
    "establish_firm",
    "firm",
    "firms_by_id",
    "hash_password",
    "invitation",
    "invite",
    "leave",
    "may_buy_stored_value",
    "network_of",
    "own_path",
    "people_of",
    "person",
    "person_by_email",
    "receive",
    "role_words",
    "staff_with",
    "users_by_id",
]
