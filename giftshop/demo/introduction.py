"""What somebody who started the demonstration needs to know: whom to be, and with which password."""

from __future__ import annotations

from collections.abc import Iterator

from giftshop import accounts
from giftshop.config import Settings, demonstration_environ
from giftshop.db import Reader
from giftshop.kernel.role import MemberRole, StaffRole

INDENT = "  "


def introduction(reader: Reader, settings: Settings) -> str:
    """Return a table for a terminal: one person for each role, and the password that all of them share."""
    password = demonstration_environ(settings.instance_path)["DEMO_PASSWORD"]
    lines = [f"Everybody's password is  {password}", ""]
    for firm in accounts.all_firms(reader)[:1]:
        lines += [firm.name, *_people(reader, firm.id), ""]
    lines += [f"{settings.site_name}'s staff", *_people(reader, None)]
    return "\n".join(f"{INDENT}{line}".rstrip() for line in lines)


def _people(reader: Reader, firm_id: int | None) -> Iterator[str]:
    order = [role.value for role in (MemberRole if firm_id else StaffRole)]
    for person in sorted(
        accounts.people_of(reader, firm_id), key=lambda person: [order.index(r) for r in person.roles]
    ):
        roles = ", ".join(role.value for role in person.roles)
        yield f"{INDENT}{roles:<14} {person.user.email:<32} {person.user.name}"
