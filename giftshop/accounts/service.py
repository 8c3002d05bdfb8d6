"""Firms and people: begin, change, shut out, let in again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, select, update

from giftshop import audit
from giftshop.accounts import queries
from giftshop.accounts.access import Letter, forget_links, mail_link
from giftshop.accounts.errors import AddressNotFree, AlreadyHere, LastAdministrator, NotInvited, NotYourself
from giftshop.accounts.models import Firm, FirmState, LinkPurpose, MailedLink, SignIn, User, UserRole, UserState
from giftshop.accounts.queries import Person
from giftshop.accounts.rules import FirmKind, Role, canonical_email
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.role import MemberRole, StaffRole


@dataclass(frozen=True, slots=True)
class FirmDetails:
    """What a firm keeps of itself."""

    name: str
    locale: str
    invoice_title: str = ""
    tax_number: str = ""
    contact_line: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person keeps of themselves."""

    name: str
    locale: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom to invite. `order_limit_minor` is for members: in minor units of the firm's currency, None is no limit."""

    email: str
    name: str
    locale: str
    roles: frozenset[Role]
    order_limit_minor: int | None = None


def establish_firm(
    tx: Transaction,
    details: FirmDetails,
    *,
    currency: str,
    kind: FirmKind = FirmKind.COMPANY,
    by: Actor,
    at: datetime,
) -> int:
    """Take on a firm of this kind, quoted in `currency` (ISO 4217). Returns its id."""
    firm = Firm(**asdict(details), currency=currency, kind=kind, created_at=at)
    tx.add(firm)
    tx.flush()
    audit.record(tx, "accounts.establish_firm", ("firm", firm.id), by=by, at=at)
    return firm.id


def change_firm(tx: Transaction, firm_id: int, details: FirmDetails, *, by: Actor, at: datetime) -> None:
    """Keep a firm's details as they are now. Orders keep what they were placed with. Raises Missing."""
    if not tx.change(update(Firm).where(Firm.id == firm_id).values(**asdict(details))):
        raise Missing
    audit.record(tx, "accounts.change_firm", ("firm", firm_id), by=by, at=at)


def classify_firm(tx: Transaction, firm_id: int, kind: FirmKind, *, by: Actor, at: datetime) -> None:
    """Say what a firm is, which decides what it may buy; what it has bought stays. Raises Missing."""
    if not tx.change(update(Firm).where(Firm.id == firm_id).values(kind=kind)):
        raise Missing
    audit.record(tx, "accounts.classify_firm", ("firm", firm_id), by=by, at=at, kind=kind)


def suspend_firm(tx: Transaction, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Shut a firm's people out, from their next request on, for good: none comes back without signing in.

    Its recipients notice nothing.
    """
    _move_firm(tx, firm_id, FirmState.ACTIVE, FirmState.SUSPENDED, "accounts.suspend_firm", by=by, at=at)


def reinstate_firm(tx: Transaction, firm_id: int, *, by: Actor, at: datetime) -> None:
    """Let a firm's people in again."""
    _move_firm(tx, firm_id, FirmState.SUSPENDED, FirmState.ACTIVE, "accounts.reinstate_firm", by=by, at=at)


def invite(
    tx: Transaction,
    firm_id: int | None,
    invitee: Invitee,
    *,
    secret: str,
    letter: Letter,
    by: Actor,
    at: datetime,
) -> int:
    """Invite a member of a firm, or with None one of the staff, by a letter that holds `secret`. Returns their id.

    Raises AlreadyHere or AddressNotFree at the field "email".
    """
    email = canonical_email(invitee.email)
    _refuse_taken(tx, email, firm_id)
    user = User(
        email=email,
        name=invitee.name,
        locale=invitee.locale,
        firm_id=firm_id,
        order_limit_minor=invitee.order_limit_minor,
        created_at=at,
    )
    tx.add(user)
    tx.flush_or(AddressNotFree(field="email"))  # invited twice at the same moment
    tx.add_all(UserRole(user_id=user.id, role=role.value) for role in invitee.roles)
    mail_link(tx, user, LinkPurpose.INVITATION, secret, letter, at=at)
    audit.record(tx, "accounts.invite", ("user", user.id), by=by, at=at, roles=_named(invitee.roles))
    return user.id


def invite_again(
    tx: Transaction, firm_id: int | None, user_id: int, *, secret: str, letter: Letter, by: Actor, at: datetime
) -> None:
    """Send another invitation; the link before it is worth nothing any more. Raises Missing, NotInvited."""
    user = one_of(tx, firm_id, user_id).user
    if user.state is not UserState.INVITED:
        raise NotInvited(name=user.name)
    mail_link(tx, user, LinkPurpose.INVITATION, secret, letter, at=at)
    audit.record(tx, "accounts.invite_again", ("user", user_id), by=by, at=at)


def change_duties(
    tx: Transaction,
    firm_id: int | None,
    user_id: int,
    *,
    roles: frozenset[Role],
    order_limit_minor: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give a person these roles, and a member this limit. Raises Missing, LastAdministrator.

    Whoever loses a role is signed out; what is new can be done at once.
    """
    _hold_people(tx, firm_id)
    person = one_of(tx, firm_id, user_id)
    if not _administrator_of(firm_id) & roles:
        _keep_an_administrator(tx, person)
    if person.roles - roles and user_id != by.id:
        _end_sessions(tx, User.id == user_id)
    tx.change(delete(UserRole).where(UserRole.user_id == user_id))
    tx.add_all(UserRole(user_id=user_id, role=role.value) for role in roles)
    tx.change(update(User).where(User.id == user_id).values(order_limit_minor=order_limit_minor))
    audit.record(
        tx, "accounts.change_duties", ("user", user_id), by=by, at=at, roles=_named(roles), limit=order_limit_minor
    )


def disable(tx: Transaction, firm_id: int | None, user_id: int, *, by: Actor, at: datetime) -> None:
    """Shut a person out from their next request on. Raises Missing, NotYourself, LastAdministrator."""
    if user_id == by.id:
        raise NotYourself
    _hold_people(tx, firm_id)
    person = one_of(tx, firm_id, user_id)
    _keep_an_administrator(tx, person)
    shut_out = update(User).where(User.id == user_id, User.state != UserState.DISABLED)
    if tx.change(shut_out.values(state=UserState.DISABLED, session_version=User.session_version + 1)):
        forget_links(tx, user_id)
        audit.record(tx, "accounts.disable", ("user", user_id), by=by, at=at)


def enable(tx: Transaction, firm_id: int | None, user_id: int, *, by: Actor, at: datetime) -> None:
    """Let a person in again; one who never had a password is invited still. Raises Missing."""
    one_of(tx, firm_id, user_id)
    before = case((User.password_hash.is_(None), UserState.INVITED.value), else_=UserState.ACTIVE.value)
    if tx.change(update(User).where(User.id == user_id, User.state == UserState.DISABLED).values(state=before)):
        audit.record(tx, "accounts.enable", ("user", user_id), by=by, at=at)


def let_in_again(tx: Transaction, firm_id: int, user_id: int, *, by: Actor, at: datetime) -> None:
    """Enable somebody who was disabled a moment ago, of a firm or with 0 of the staff. Raises Missing."""
    enable(tx, firm_id or None, user_id, by=by, at=at)


def change_profile(tx: Transaction, profile: Profile, *, by: Actor, at: datetime) -> None:
    """Keep what `by` says of themselves."""
    tx.change(update(User).where(User.id == by.id).values(**asdict(profile)))
    audit.record(tx, "accounts.change_profile", ("user", by.id or 0), by=by, at=at)


def one_of(tx: Transaction, firm_id: int | None, user_id: int) -> Person:
    """Return a person of this firm, or with None of the staff. Raises Missing for anybody else's."""
    person = queries.person(tx, user_id)
    if person.user.firm_id != firm_id:
        raise Missing
    return person


def _move_firm(
    tx: Transaction, firm_id: int, old: FirmState, new: FirmState, action: str, *, by: Actor, at: datetime
) -> None:
    if tx.change(update(Firm).where(Firm.id == firm_id, Firm.state == old).values(state=new)):
        _end_sessions(tx, User.firm_id == firm_id)
        audit.record(tx, action, ("firm", firm_id), by=by, at=at)
    elif tx.get(Firm, firm_id) is None:
        raise Missing


def _end_sessions(tx: Transaction, whose: ColumnElement[bool]) -> None:
    tx.change(update(User).where(whose).values(session_version=User.session_version + 1))


def _refuse_taken(tx: Transaction, email: str, firm_id: int | None) -> None:
    known = queries.person_by_email(tx, email)
    if known and known.user.firm_id == firm_id:
        raise AlreadyHere(field="email")
    if known:
        raise AddressNotFree(field="email")


def _hold_people(tx: Transaction, firm_id: int | None) -> None:
    """Let nobody else change these people meanwhile: two administrators must not demote each other."""
    theirs = User.firm_id.is_(None) if firm_id is None else User.firm_id == firm_id
    tx.scalars(select(User.id).where(theirs).order_by(User.id).with_for_update()).all()


def _keep_an_administrator(tx: Transaction, leaving: Person) -> None:
    firm_id = leaving.user.firm_id
    administrators = {person.user.id for person in queries.people_of(tx, firm_id) if _administers(person)}
    if administrators == {leaving.user.id}:
        raise LastAdministrator


def _administers(person: Person) -> bool:
    return person.user.state is UserState.ACTIVE and bool(_administrator_of(person.user.firm_id) & person.roles)


def _administrator_of(firm_id: int | None) -> frozenset[Role]:
    return frozenset({StaffRole.ADMINISTRATOR if firm_id is None else MemberRole.ADMINISTRATOR})


def _named(roles: Collection[Role]) -> str:
    return ",".join(sorted(role.value for role in roles))


def end_all_sessions(tx: Transaction) -> int:
    """Let everybody sign in again, and no mailed link let anybody in. Returns how many sessions ended."""
    tx.change(delete(MailedLink))
    return tx.change(delete(SignIn))
