"""The call that a command is about: the agent's own, going on, and what it is allowed by now."""

from __future__ import annotations

from datetime import datetime

from giftshop.db import Transaction
from giftshop.hotline.errors import CallNotThere, CodeNotHeard, NoCardYet, NotOnTheCall
from giftshop.hotline.models import Call
from giftshop.kernel.actor import Actor
from giftshop.redemption import Redemption


def own(tx: Transaction, call_id: int, agent: Actor) -> Call:
    """Return the agent's own call while it goes on, held until the transaction ends. Raises CallNotThere."""
    call = tx.get(Call, call_id, with_for_update=True, populate_existing=True)
    if call is None or call.agent_id != agent.id or call.ended_at is not None:
        raise CallNotThere
    return call


def card_of(call: Call) -> int:
    """Return the card that a call is about. Raises NoCardYet."""
    if call.card_id is None:
        raise NoCardYet
    return call.card_id


def theirs(tx: Transaction, call: Call, redemption_id: int) -> Redemption:
    """Return a redemption of the call's card. Raises NotOnTheCall for any other."""
    found = tx.get(Redemption, redemption_id, populate_existing=True)
    if found is None or found.card_id != call.card_id:
        raise NotOnTheCall
    return found


def require_heard(call: Call, *, at: datetime) -> None:
    """Raise CodeNotHeard unless the code of the call's card was read out, not too long ago."""
    if not call.may_spend(at=at):
        raise CodeNotHeard
