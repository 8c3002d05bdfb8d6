"""Who may use a route. Nothing is allowed until a route says so.

@bp.get("/dispatch")
@allow(staff(StaffRole.FULFILMENT))
def queue() -> str: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.errors import NotAllowed
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web.app import GiftShop, current_shop

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True, slots=True)
class Grant:
    """One kind of person that a route is open to."""

    kinds: frozenset[ActorKind]
    roles: frozenset[MemberRole | StaffRole] | None = None
    """None: whatever their role."""

    def admits(self, person: Actor) -> bool:
        """Whether `person` is of this kind, in one of these roles."""
        return person.kind in self.kinds and (self.roles is None or person.has(*self.roles))


anyone = Grant(frozenset(ActorKind))
signed_in = Grant(frozenset({ActorKind.MEMBER, ActorKind.STAFF}))


def members(*roles: MemberRole) -> Grant:
    """Open to a firm's people: those with one of `roles`, or all when none is named."""
    return Grant(frozenset({ActorKind.MEMBER}), frozenset(roles) or None)


def staff(*roles: StaffRole) -> Grant:
    """Open to the operator's people: those with one of `roles`, or all when none is named."""
    return Grant(frozenset({ActorKind.STAFF}), frozenset(roles) or None)


def allow(*grants: Grant) -> Callable[[View], View]:
    """Declare that a view is open to whoever one of `grants` admits."""

    def declare(view: View) -> View:
        view.grants = grants  # type: ignore[attr-defined]
        return view

    return declare


def grants_of(app: GiftShop, endpoint: str) -> tuple[Grant, ...] | None:
    """Return what the view of `endpoint` declared, or None when it declared nothing."""
    return getattr(app.view_functions.get(endpoint), "grants", None)


def may_open(endpoint: str) -> bool:
    """Whether whoever makes this request may open the page of `endpoint`."""
    grants = grants_of(current_shop(), endpoint) or ()
    return any(grant.admits(actor()) for grant in grants)


def actor() -> Actor:
    """Return who makes this request."""
    if "actor" not in g:
        g.actor = current_shop().identify()
    person: Actor = g.actor
    return person


def enforce() -> ResponseReturnValue | None:
    """Before every request: let it pass, send a visitor to sign in, or refuse."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    grants = grants_of(current_shop(), request.endpoint)
    if grants is None:
        raise NotAllowed
    if any(grant.admits(actor()) for grant in grants):
        return None
    if actor().kind is ActorKind.VISITOR:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=wanted))
    raise NotAllowed


def init_app(app: GiftShop) -> None:
    """Stand before every route of `app`."""
    app.before_request(enforce)
