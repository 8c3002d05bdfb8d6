"""One card and what happened to it, for the firm it belongs to; its timeline is for any page that shows a card."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask import render_template
from flask.typing import ResponseReturnValue

from giftshop import accounts
from giftshop.cards import progress, queries
from giftshop.cards.models import Card, Programme
from giftshop.cards.rules import StopScope, last_day_of
from giftshop.cards.timeline import Happening, Timeline, timeline
from giftshop.cards.views import FOLLOWERS, bp
from giftshop.cards.words import BLOCK_WORDS
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.kernel.serials import parse_serial
from giftshop.web import actor, allow, members, reader

HAPPENING_WORDS: Final = {
    Happening.ISSUED: N_("Made"),
    Happening.PRINTED: N_("Printed"),
    Happening.SHIPPED: N_("Sent to the firm"),
    Happening.ACTIVATED: N_("Activated"),
    Happening.REDEEMED: N_("Redeemed"),
    Happening.PUT_BACK: N_("Put back on the card"),
    Happening.PAID_ON_TOP: N_("Paid on top"),
    Happening.PAID_BACK: N_("Paid back what was paid on top"),
    Happening.TOPPED_UP: N_("Topped up"),
    Happening.EXTENDED: N_("Extended"),
    Happening.EXPIRED: N_("Expired unredeemed"),
    Happening.REVIVED: N_("Brought back by extending"),
    Happening.SETTLED: N_("Settled as the firm chose"),
    Happening.BLOCKED: N_("Blocked"),
    Happening.UNBLOCKED: N_("Unblocked"),
    Happening.STOPPED: N_("Stopped by a kill switch"),
    Happening.LET_GO: N_("Kill switch lifted"),
    Happening.REPLACED: N_("Replaced by another card"),
    Happening.MADE_INSTEAD: N_("Made instead of another card"),
    Happening.MOVED: N_("Moved to another batch"),
    Happening.SWAPPED: N_("Changed places with another card"),
    Happening.VOIDED: N_("Ended with its programme"),
}
SCOPE_WORDS: Final = {
    StopScope.BATCH: N_("all cards of the batch"),
    StopScope.PROGRAMME: N_("all cards of the programme"),
    StopScope.FIRM: N_("all cards of the firm"),
    StopScope.PLATFORM: N_("every card there is"),
}
_BAD_NEWS: Final = (Happening.BLOCKED, Happening.STOPPED, Happening.EXPIRED, Happening.VOIDED, Happening.REPLACED)


@bp.get("/programmes/<int:programme_id>/cards/<int:serial>")
@allow(members(*FOLLOWERS))
def own_card(programme_id: int, serial: int) -> ResponseReturnValue:
    """One card of a programme, for the firm it belongs to."""
    programme = progress.programme_of(reader(), actor().firm_id or 0, programme_id)
    card = queries.card_with_serial(reader(), str(serial))
    told = timeline(reader(), card.id)
    if told.programme_id != programme.id:
        raise Missing
    return _page(card, told, programme)


def timeline_parts(told: Timeline, *, is_desk: bool) -> dict[str, Any]:
    """Return what the macro of `cards/_timeline.html` needs beside the moments: words, and the names of who did what.

    A firm is told its own people by name, and of the operator's staff that it was they.
    """
    ids = {moment.by_id for moment in told.moments if moment.by_id and moment.by_kind in _PEOPLE}
    people = accounts.users_by_id(reader(), ids)
    names = {each.id: each.name for each in people.values() if is_desk or each.firm_id == told.firm_id}
    return {
        "told": told,
        "names": names,
        "words": HAPPENING_WORDS,
        "block_words": BLOCK_WORDS,
        "scope_words": SCOPE_WORDS,
        "bad_news": _BAD_NEWS,
        "is_inside": is_desk,
        "number_of": _number_of,
    }


_PEOPLE: Final = (ActorKind.STAFF, ActorKind.MEMBER)


def _page(card: Card, told: Timeline, programme: Programme) -> str:
    last_day: date | None = last_day_of(card.expires_at, programme.time_zone, programme.grace_days)
    return render_template(
        "cards/card.html",
        card=card,
        programme=programme,
        firm=accounts.firm(reader(), told.firm_id),
        last_day=last_day,
        timeline=timeline_parts(told, is_desk=False),
    )


def _number_of(serial: str) -> int:
    """Return a printed serial number as the part of an address."""
    parsed = parse_serial(serial)
    return parsed.number if parsed else 0
