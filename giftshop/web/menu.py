"""The way around for signed-in people."""

from __future__ import annotations

from dataclasses import dataclass

from giftshop.kernel.role import MemberRole, StaffRole


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry, shown to whoever has one of `roles`."""

    label: str
    """A gettext msgid, marked with N_."""
    endpoint: str
    roles: frozenset[MemberRole | StaffRole]
    order: int = 50
    """Entries stand in this order; use the step of the street the room stands at."""
    icon: str = ""
    hint: str = ""
    """What one does there, in a line for the home page: a msgid too."""
