"""What there is to know about firms and people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from giftshop.accounts.factor_queries import has_factor
from giftshop.accounts.models import (
    AccessAttempt,
    AttemptKind,
    Firm,
    FirmState,
    LinkPurpose,
    MailedLink,
    SignIn,
    User,
    UserRole,
    UserState,
)
from giftshop.accounts.rules import Role, canonical_email, roles_on_side, secret_hash
from giftshop.db import Reader
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.listing import Choice, Column, Days, Listing, Words, said_in


@dataclass(frozen=True, slots=True)
class Person:
    """A person and what they may do."""

    user: User
    roles: frozenset[Role]

    @property
    def actor(self) -> Actor:
        """This person as one who acts."""
        kind = ActorKind.STAFF if self.user.firm_id is None else ActorKind.MEMBER
        return Actor(kind, self.user.id, self.user.firm_id, self.roles, self.user.name)


def firm(reader: Reader, firm_id: int) -> Firm:
    """Return a firm. Raises Missing."""
    found = reader.get(Firm, firm_id)
    if found is None:
        raise Missing
    return found


def firms_by_id(reader: Reader, ids: Collection[int]) -> dict[int, Firm]:
    """Return those of `ids` that exist, in one query."""
    return {found.id: found for found in reader.scalars(select(Firm).where(Firm.id.in_(ids)))} if ids else {}


def all_firms(reader: Reader) -> Sequence[Firm]:
    """Return every firm, by name."""
    return reader.scalars(select(Firm).order_by(Firm.name, Firm.id)).all()


def by_firm(reader: Reader, column: InstrumentedAttribute[int]) -> Choice:
    """Return the field of a list that narrows it to one firm, whose id stands in `column`."""
    firms = {str(firm.id): firm.name for firm in all_firms(reader)}
    return Choice("firm", N_("Firm"), firms, lambda firm: column == int(firm), are_names=True)


def firms_list(states: Mapping[FirmState, str]) -> Listing[Firm]:
    """Return the list of every firm, by name; `states` call by name how they stand. Firms are few: anything sorts."""
    people = (
        select(func.count())
        .select_from(User)
        .where(User.firm_id == Firm.id, User.state != UserState.DISABLED)
        .correlate(Firm)
        .scalar_subquery()
    )
    return Listing(
        "firms",
        select(Firm),
        Firm.id,
        columns=(
            Column("name", N_("Firm"), by=Firm.name),
            Column("people", N_("People"), "number", by=people, falls=True),
            Column("currency", N_("Currency"), by=Firm.currency),
            Column("since", N_("Client since"), by=Firm.created_at, falls=True),
            Column("state", N_("State"), by=Firm.state),
        ),
        fields=(
            Words(N_("Firm"), said_in(Firm.name)),
            Choice(
                "state",
                N_("State"),
                {state.value: words for state, words in states.items()},
                lambda state: Firm.state == FirmState(state),
            ),
            Days("since", N_("Client since"), Firm.created_at),
        ),
        first="name",
    )


def members_counted(reader: Reader) -> Mapping[int, int]:
    """Return how many people who may come in each firm has."""
    counted = (
        select(User.firm_id, func.count())
        .where(User.firm_id.is_not(None), User.state != UserState.DISABLED)
        .group_by(User.firm_id)
    )
    return {firm_id: number for firm_id, number in reader.execute(counted) if firm_id is not None}


def users_by_id(reader: Reader, ids: Collection[int]) -> dict[int, User]:
    """Return those of `ids` that exist, in one query."""
    return {found.id: found for found in reader.scalars(select(User).where(User.id.in_(ids)))} if ids else {}


def people_of(reader: Reader, firm_id: int | None) -> list[Person]:
    """Return a firm's members, or with None the operator's staff: by name, disabled ones last."""
    wanted = User.firm_id.is_(None) if firm_id is None else User.firm_id == firm_id
    people = _people(reader, _with_roles().where(wanted).order_by(User.name, User.id))
    return sorted(people, key=lambda person: person.user.state is UserState.DISABLED)


def people_list(
    firm_id: int | None, roles: Mapping[Role, tuple[str, str]], states: Mapping[UserState, str]
) -> Listing[User]:
    """Return the list of a firm's members, or with None of the operator's staff, by name; they are few.

    `roles` and `states` call by name what they are and how they stand. Roles are several, and a limit that is not set
    is none: nothing sorts by these.
    """

    def has_role(role: str) -> ColumnElement[bool]:
        return User.id.in_(select(UserRole.user_id).where(UserRole.role == role))

    limit = Column("limit", N_("May order without approval up to"), "number")
    return Listing(
        "people",
        select(User).where(User.firm_id.is_(None) if firm_id is None else User.firm_id == firm_id),
        User.id,
        columns=(
            Column("name", N_("Name"), by=User.name),
            Column("email", N_("E-mail address"), by=User.email),
            Column("roles", N_("Roles")),
            *([] if firm_id is None else [limit]),
            Column("state", N_("State"), by=User.state),
        ),
        fields=(
            Words(
                N_("Name or e-mail address"),
                said_in(User.name, User.email),
            ),
            Choice("role", N_("Role"), {role.value: words[0] for role, words in roles.items()}, has_role),
            Choice(
                "state",
                N_("State"),
                {state.value: words for state, words in states.items()},
                lambda state: User.state == UserState(state),
            ),
        ),
        first="name",
        is_personal=True,
    )


def with_roles(reader: Reader, users: Sequence[User]) -> list[Person]:
    """Return what these people may do, in their order, in one query."""
    found = _people(reader, _with_roles().where(User.id.in_([user.id for user in users]))) if users else []
    known = {person.user.id: person for person in found}
    return [known[user.id] for user in users]


def person(reader: Reader, user_id: int) -> Person:
    """Return one person. Raises Missing."""
    return _only(_people(reader, _with_roles().where(User.id == user_id)))


def approvers_of(reader: Reader, firm_id: int) -> Sequence[User]:
    """Return a firm's active approvers, by name."""
    return _active_with(reader, firm_id, MemberRole.APPROVER)


def staff_with(reader: Reader, role: StaffRole) -> Sequence[User]:
    """Return the operator's active people who have `role`, by name."""
    return _active_with(reader, None, role)


def person_by_email(reader: Reader, email: str) -> Person | None:
    """Return who has this e-mail address, however it is written."""
    return next(iter(_people(reader, _with_roles().where(User.email == canonical_email(email)))), None)


def person_of_sign_in(
    reader: Reader, secret: str, *, at: datetime, is_half: bool = False, staff_need_factor: bool = False
) -> Person | None:
    """Return whose browser holds `secret`, if that session is still good at `at`.

    It is not once it expired, was signed out or overtaken by a new password or factor, or the person or firm was shut
    out. With `is_half`, whose password it knows; a half session is nothing else. With `staff_need_factor`, staff who
    have no second factor are nobody, however they came in.
    """
    good = (
        _with_roles()
        .join(SignIn, SignIn.user_id == User.id)
        .outerjoin(Firm, Firm.id == User.firm_id)
        .where(
            SignIn.secret_hash == secret_hash(secret),
            SignIn.is_half == is_half,
            SignIn.expires_at > at,
            SignIn.session_version == User.session_version,
            User.state == UserState.ACTIVE,
            User.firm_id.is_(None) | (Firm.state == FirmState.ACTIVE),
        )
    )
    if staff_need_factor:
        good = good.where(User.firm_id.is_not(None) | has_factor())
    return next(iter(_people(reader, good)), None)


def person_of_link(reader: Reader, secret: str, purpose: LinkPurpose, *, at: datetime) -> Person | None:
    """Return whom a mailed link was sent to, if it is still good at `at`."""
    good = _with_roles().join(MailedLink, MailedLink.user_id == User.id).where(*good_link(secret, purpose, at=at))
    return next(iter(_people(reader, good)), None)


def good_link(secret: str, purpose: LinkPurpose, *, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a mailed link is good."""
    return (
        MailedLink.secret_hash == secret_hash(secret),
        MailedLink.purpose == purpose,
        MailedLink.used_at.is_(None),
        MailedLink.expires_at > at,
    )


def attempts_since(
    reader: Reader, kind: AttemptKind, *, since: datetime, account: str, address: str
) -> tuple[int, int]:
    """Return how often this account was tried since then from anywhere, and anything from this address."""
    recent = select(func.count()).where(AccessAttempt.kind == kind, AccessAttempt.at > since)
    on_account = reader.scalar(recent.where(AccessAttempt.account == account))
    from_address = reader.scalar(recent.where(AccessAttempt.address == address))
    return on_account or 0, from_address or 0


def has_staff(reader: Reader) -> bool:
    """Whether the operator has anybody yet."""
    return reader.scalar(select(User.id).where(User.firm_id.is_(None)).limit(1)) is not None


def _with_roles() -> Select[User, str]:
    # The role is None for a person who has none, which the type of an outer join does not say.
    return select(User, UserRole.role).outerjoin(UserRole, UserRole.user_id == User.id)


def _people(reader: Reader, statement: Select[User, str]) -> list[Person]:
    roles: dict[User, set[str]] = {}
    for user, role in reader.execute(statement):
        roles.setdefault(user, set()).update({role} if role else ())
    return [Person(user, roles_on_side(names, user.firm_id)) for user, names in roles.items()]


def _only(people: list[Person]) -> Person:
    if not people:
        raise Missing
    return people[0]


def _active_with(reader: Reader, firm_id: int | None, role: Role) -> Sequence[User]:
    side = User.firm_id.is_(None) if firm_id is None else User.firm_id == firm_id
    active = select(User).join(UserRole, UserRole.user_id == User.id)
    active = active.where(side, User.state == UserState.ACTIVE, UserRole.role == role.value)
    return reader.scalars(active.order_by(User.name, User.id)).all()
