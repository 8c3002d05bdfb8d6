"""A visit: one browser in which a code was opened, for half an hour after the last thing that was sent.

Lies in the signed session cookie: the card's id, never its code, and no personal data. Who holds the card is the
actor of what the visit does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Final, NoReturn

from flask import abort, flash, redirect, session, url_for
from flask_babel import gettext as _

from giftshop import cards
from giftshop.cards import HeldCard
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.redemption.models import Redemption
from giftshop.redemption.rules import VISIT_LIFE
from giftshop.web import reader

_KEPT_AS: Final = "gift"
_BY_LINK: Final = "gift_by_link"
"""Whether the card was opened by a link: whoever has an e-card has no code."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a browser may do with which card."""

    card_id: int
    draft_key: str | None = None
    """The unfinished choice made here."""
    proved: tuple[int, ...] = ()
    """The redemptions of which somebody here knew the last digits of the receiver's phone."""

    def knows(self, redemption: Redemption) -> bool:
        """Whether this browser may see and change the address: it gave it, or proved to know the phone."""
        return self.has_proved(redemption) or (self.draft_key is not None and self.draft_key == redemption.draft_key)

    def has_proved(self, redemption: Redemption) -> bool:
        """Whether somebody here knew the phone it is sent to: of this one, a card may be in two hands."""
        return redemption.id in self.proved

    @property
    def actor(self) -> Actor:
        """The holder of the card."""
        return holder_of(self.card_id)


def holder_of(card_id: int) -> Actor:
    """Return whoever holds a card, as the `by=` of a command."""
    return Actor(ActorKind.RECIPIENT, card_id)


def begin(card_id: int, *, proved: int | None = None) -> None:
    """Open a card in this browser; with `proved`, as one who knows the phone of that redemption.

    A draft begun here for the same card goes on, and what was proved before stays so.
    """
    known = current()
    here = known if known and known.card_id == card_id else _anew(card_id)
    if proved is not None and proved not in here.proved:
        here = replace(here, proved=(*here.proved[-9:], proved))
    _keep(here)


def _anew(card_id: int) -> Visit:
    session.pop(_BY_LINK, None)
    return Visit(card_id)


def begin_by_link(card_id: int) -> None:
    """Open an e-card in this browser."""
    begin(card_id)
    session[_BY_LINK] = True


def go_on(visit: Visit, *, draft_key: str) -> None:
    """Remember the draft, and begin the half hour anew."""
    _keep(replace(visit, draft_key=draft_key))


def current() -> Visit | None:
    """Return this browser's visit, if it has one that is not over."""
    kept = session.get(_KEPT_AS)
    if not kept or kept["until"] <= clock.now().timestamp():
        return None
    return Visit(kept["card_id"], kept["draft_key"], tuple(kept.get("proved", ())))


def required() -> Visit:
    """Return this browser's visit, or send it to where a code is entered."""
    return current() or _send_to_entrance()


def opened() -> tuple[Visit, HeldCard]:
    """Return this browser's visit and its card, or send it to where a code is entered."""
    visit = required()
    return visit, cards.held_card(reader(), visit.card_id, at=clock.now())


def _keep(visit: Visit) -> None:
    session[_KEPT_AS] = asdict(visit) | {"until": (clock.now() + VISIT_LIFE).timestamp()}


def _send_to_entrance() -> NoReturn:
    if session.pop(_KEPT_AS, None):
        if session.pop(_BY_LINK, None):
            flash(_("You were away for half an hour, so we closed your gift. Open your link to continue."))
        else:
            flash(_("You were away for half an hour, so we closed your gift. Enter the code to continue."))
    abort(redirect(url_for("redemption.enter")))
