"""Who acts in the demonstration: a firm, one member for each role, and the operator's staff."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Final

from giftshop import accounts
from giftshop.config import demonstration_environ
from giftshop.db import Reader, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web import GiftShop

FIRM: Final = accounts.FirmDetails(
    name="岭南光学仪器有限公司",
    locale="zh_Hans",
    invoice_title="岭南光学仪器有限公司",
    tax_number="91440101MA5DEMO00X",
    contact_line="岭南光学客户服务 020-0000 0000",
)
LOCALE: Final = "zh_Hans"
FIRM_DOMAIN: Final = "lingnan.example"
OPERATOR_DOMAIN: Final = "giftshop.example"

MEMBERS: Final[Mapping[MemberRole, str]] = {
    MemberRole.NOMINATOR: "梁嘉欣",
    MemberRole.SERVICE_MANAGER: "邓丽华",
    MemberRole.SALES_MANAGER: "曾伟强",
    MemberRole.PLANNING: "苏颖欣",
    MemberRole.BUYER: "陈婉仪",
    MemberRole.APPROVER: "黄志远",
    MemberRole.FINANCE: "李慧敏",
    MemberRole.ADMINISTRATOR: "何俊杰",
}
STAFF: Final[Mapping[StaffRole, str]] = {
    StaffRole.SALES: "周晓彤",
    StaffRole.FINANCE: "吴文静",
    StaffRole.PRODUCTION: "郑国强",
    StaffRole.FULFILMENT: "林子豪",
    StaffRole.HOTLINE: "谢雨桐",
    StaffRole.ADMINISTRATOR: "罗明哲",
}
SECOND_PRODUCTION: Final = ("production2", "许文博")
"""A print file is fetched a second time only when two people of production agree."""
BUYER_LIMIT: Final = Money(2_000_000, "CNY")
"""¥20,000: an order of a few dozen books is the buyer's own, a campaign needs the approver."""


def prepare(shop: GiftShop, firm: accounts.FirmDetails = FIRM) -> Callable[[Transaction], None]:
    """Return the telling: a firm is taken on, everybody is invited and begins with the demonstration's password."""
    password = demonstration_environ(shop.settings.instance_path)["DEMO_PASSWORD"]
    kept = accounts.hash_password(password)

    def telling(tx: Transaction) -> None:
        firm_id = accounts.establish_firm(tx, firm, currency=BUYER_LIMIT.currency, by=SYSTEM, at=clock.now())
        for role, name in MEMBERS.items():
            limit = BUYER_LIMIT.amount_minor if role is MemberRole.BUYER else None
            _welcome(tx, firm_id, _invitee(role, name, FIRM_DOMAIN, limit), firm.name, kept)
        for staff_role, name in STAFF.items():
            _welcome(tx, None, _invitee(staff_role, name, OPERATOR_DOMAIN), shop.settings.site_name, kept)
        local_part, name = SECOND_PRODUCTION
        second = _invitee(StaffRole.PRODUCTION, name, OPERATOR_DOMAIN, local_part=local_part)
        _welcome(tx, None, second, shop.settings.site_name, kept)

    return telling


def member(reader: Reader, role: MemberRole) -> Actor:
    """Return the firm's person for a role, as one who acts."""
    return _somebody(reader, email_of(role)).actor


def staff(reader: Reader, role: StaffRole) -> Actor:
    """Return the operator's person for a role, as one who acts."""
    return _somebody(reader, email_of(role)).actor


def email_of(role: MemberRole | StaffRole) -> str:
    """Return the address that the person for a role signs in with."""
    return f"{role}@{FIRM_DOMAIN if isinstance(role, MemberRole) else OPERATOR_DOMAIN}"


def firm_id(reader: Reader) -> int:
    """Return the demonstration's firm."""
    return member(reader, MemberRole.BUYER).firm_id or 0


def _somebody(reader: Reader, email: str) -> accounts.Person:
    person = accounts.person_by_email(reader, email)
    if person is None:
        raise Missing
    return person


def _invitee(
    role: MemberRole | StaffRole, name: str, domain: str, limit: int | None = None, *, local_part: str = ""
) -> accounts.Invitee:
    return accounts.Invitee(f"{local_part or role}@{domain}", name, LOCALE, frozenset({role}), limit)


def _welcome(tx: Transaction, firm_id: int | None, invitee: accounts.Invitee, firm: str, password_hash: str) -> None:
    secret = secrets.token_urlsafe(32)
    letter = accounts.invitation(secret, name=invitee.name, firm=firm, locale=LOCALE)
    accounts.invite(tx, firm_id, invitee, secret=secret, letter=letter, by=SYSTEM, at=clock.now())
    accounts.accept_invitation(tx, secret, name=invitee.name, password_hash=password_hash, by=SYSTEM, at=clock.now())
