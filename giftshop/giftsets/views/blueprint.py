"""The blueprint of gift sets, and who may do what on it."""

from __future__ import annotations

from flask import Blueprint

from giftshop.giftsets.models import GiftSet
from giftshop.giftsets.queries import gift_set
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web import actor, members, reader, staff

bp = Blueprint("giftsets", "giftshop.giftsets")
buyers = members(MemberRole.BUYER)
makers = staff(StaffRole.SALES, StaffRole.FINANCE, StaffRole.PRODUCTION, StaffRole.FULFILMENT, StaffRole.ADMINISTRATOR)


def own_firm() -> int:
    """Return the firm of the member who makes this request."""
    firm_id = actor().firm_id
    assert firm_id is not None  # noqa: S101 -- the guard admits members only
    return firm_id


def own_set(gift_set_id: int) -> GiftSet:
    """Return a set of the firm that makes this request. Raises NoSuchGiftSet."""
    return gift_set(reader(), own_firm(), gift_set_id)
