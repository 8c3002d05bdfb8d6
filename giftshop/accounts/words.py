"""What roles and states are called, for pages. Sides are kept apart: both have a "finance" and an "administrator"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from giftshop.accounts.models import FirmState, UserState
from giftshop.accounts.rules import FactorNews, FirmKind, ResetReason
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole, StaffRole

RoleWords = Mapping[MemberRole | StaffRole, tuple[str, str]]
"""Role to its label and a line about it, as msgids."""

MEMBER_ROLES: Final[RoleWords] = {
    MemberRole.NOMINATOR: (N_("Nominator"), N_("Proposes who should be given something.")),
    MemberRole.SERVICE_MANAGER: (N_("Service manager"), N_("Reviews first whom sales people propose.")),
    MemberRole.SALES_MANAGER: (N_("Sales manager"), N_("Reviews second whom sales people propose.")),
    MemberRole.PLANNING: (N_("Planning"), N_("Draws up campaigns, and decides last who is given what.")),
    MemberRole.BUYER: (N_("Buyer"), N_("Draws up orders, and places them up to a limit.")),
    MemberRole.APPROVER: (N_("Approver"), N_("Approves orders above a buyer's limit.")),
    MemberRole.FINANCE: (N_("Finance"), N_("Sees orders, quotations and what is to be paid.")),
    MemberRole.ADMINISTRATOR: (N_("Administrator"), N_("Invites people and keeps the firm's details.")),
}
STAFF_ROLES: Final[RoleWords] = {
    StaffRole.SALES: (N_("Sales"), N_("Looks after firms and their orders, and keeps the catalogue.")),
    StaffRole.FINANCE: (N_("Finance"), N_("Marks transfers as received.")),
    StaffRole.PRODUCTION: (N_("Production"), N_("Prints gift books; the only role that may fetch a print file.")),
    StaffRole.FULFILMENT: (N_("Dispatch"), N_("Picks, packs and hands over shipments.")),
    StaffRole.HOTLINE: (N_("Hotline desk"), N_("Answers recipients by telephone.")),
    StaffRole.ADMINISTRATOR: (N_("Administrator"), N_("Invites staff and firms, and looks after the machine.")),
}
USER_STATES: Final = {
    UserState.INVITED: N_("Invited"),
    UserState.ACTIVE: N_("Can sign in"),
    UserState.DISABLED: N_("Account closed"),
}
FIRM_KINDS: Final = {
    FirmKind.COMPANY: N_("A company, or anybody else who trades"),
    FirmKind.TRADE_UNION: N_("A trade union: may not buy shopping cards"),
    FirmKind.STATE_BODY: N_("An authority or institution of the state: may not buy shopping cards"),
}
FIRM_STATES: Final = {
    FirmState.ACTIVE: N_("Works with us"),
    FirmState.SUSPENDED: N_("Suspended"),
}
RESET_REASONS: Final = {
    ResetReason.LOST: N_("The device is lost or broken"),
    ResetReason.STOLEN: N_("The device was stolen, or somebody else may have it"),
    ResetReason.USED_UP: N_("The device does not work, and no recovery code is left"),
}
"""What an administrator may choose from; the console says its own."""
FACTOR_NEWS: Final = {
    FactorNews.APP_SET_UP: N_("An authenticator app was set up for your account."),
    FactorNews.APP_REMOVED: N_("The authenticator app was removed from your account."),
    FactorNews.PASSKEY_ADDED: N_("A passkey was added to your account."),
    FactorNews.PASSKEY_REMOVED: N_("A passkey was removed from your account."),
    FactorNews.CODES_RENEWED: N_("New recovery codes were made for your account; those before are worth nothing."),
    FactorNews.CODE_USED: N_("Somebody signed in to your account with one of your recovery codes."),
    FactorNews.RESET: N_(
        "The second factor of your account was taken away at your request, and every device signed out."
    ),
}


def role_words(firm_id: int | None) -> RoleWords:
    """Return the label and a line about each role of a firm's members, or with None of staff, as msgids."""
    return STAFF_ROLES if firm_id is None else MEMBER_ROLES
