"""What a person may be. A member belongs to a firm; staff belong to the operator."""

from __future__ import annotations

from enum import StrEnum


class MemberRole(StrEnum):
    """Roles of a firm's people."""

    NOMINATOR = "nominator"
    """Proposes recipients."""
    SERVICE_MANAGER = "service_manager"
    """Reviews first whom sales people propose."""
    SALES_MANAGER = "sales_manager"
    """Reviews them second."""
    PLANNING = "planning"
    """Draws up campaigns, and decides last who is given what."""
    BUYER = "buyer"
    """Draws up and places orders, up to their own limit."""
    APPROVER = "approver"
    """Approves orders above a buyer's limit."""
    FINANCE = "finance"
    """Sees orders, quotations and what is to be paid."""
    ADMINISTRATOR = "administrator"
    """Invites members and keeps the firm's details."""


class StaffRole(StrEnum):
    """Roles of the operator's people."""

    SALES = "sales"
    """Looks after firms and their orders, keeps the catalogue."""
    FINANCE = "finance"
    """Marks transfers as received."""
    PRODUCTION = "production"
    """Prints cards: the only role that may fetch a print file."""
    FULFILMENT = "fulfilment"
    """Works the dispatch queue."""
    HOTLINE = "hotline"
    """Answers recipients by telephone."""
    ADMINISTRATOR = "administrator"
    """Invites staff and firms, and sees what the machine does."""
