"""Who does something: passed to every command as `by=`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from giftshop.kernel.role import MemberRole, StaffRole


class ActorKind(StrEnum):
    """The kinds of who."""

    MEMBER = "member"
    """A person of a firm, signed in."""
    STAFF = "staff"
    """A person of the operator, signed in."""
    RECIPIENT = "recipient"
    """Whoever holds a card; known by the card's id only."""
    SYSTEM = "system"
    """The program itself: jobs, commands at the console."""
    VISITOR = "visitor"
    """Anybody else."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. `id` is a user's id, or a card's for a recipient; `firm_id` is set for members only."""

    kind: ActorKind
    id: int | None = None
    firm_id: int | None = None
    roles: frozenset[MemberRole | StaffRole] = frozenset()
    name: str = ""

    @property
    def is_staff(self) -> bool:
        """Whether this is one of the operator's people."""
        return self.kind is ActorKind.STAFF

    @property
    def user_id(self) -> int | None:
        """The id of whoever is signed in; None for a recipient, a visitor or the program itself."""
        return self.id if self.kind in {ActorKind.MEMBER, ActorKind.STAFF} else None

    def has(self, *roles: MemberRole | StaffRole) -> bool:
        """Whether this actor has one of `roles` (of its own side: a member never has a staff role).

        Roles are compared with their side, since both sides have a "finance" and an "administrator".
        """
        side = {ActorKind.MEMBER: MemberRole, ActorKind.STAFF: StaffRole}.get(self.kind)
        return side is not None and any(isinstance(role, side) and role in self.roles for role in roles)


SYSTEM = Actor(ActorKind.SYSTEM, name="system")
VISITOR = Actor(ActorKind.VISITOR)
