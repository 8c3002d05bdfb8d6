"""The kill switch: all cards of a batch, a programme, a firm or the platform, stopped at once and let go again.

`stops` is the truth; each batch keeps whether any that is on covers it, for the one UPDATE that spends a card. Batches
drawn up while a switch is on are covered as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, true, update

from giftshop import audit
from giftshop.cards.errors import BatchNotThere, NotStopped, ProgrammeNotThere, StoppedAlready, WhyNeeded
from giftshop.cards.models import Batch, Programme, Stop
from giftshop.cards.rules import StopScope
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor

PLATFORM = 0


def stop(tx: Transaction, scope: StopScope, scope_id: int = PLATFORM, *, reason: str, by: Actor, at: datetime) -> int:
    """Let no card of it be spent until `lift`, and return the stop's id. Choices made already are still sent.

    Raises WhyNeeded, StoppedAlready, BatchNotThere, ProgrammeNotThere.
    """
    if not reason.strip():
        raise WhyNeeded(field="reason")
    _check_there(tx, scope, scope_id)
    who = by.user_id
    facts = {"scope": scope, "scope_id": scope_id, "reason": reason.strip(), "stopped_by": who, "stopped_at": at}
    if not tx.add_new(Stop, **facts, lift_reason=""):
        raise StoppedAlready
    stop_id = tx.scalars(select(Stop.id).where(Stop.scope == scope, Stop.scope_id == scope_id, _is_on())).one()
    settle_stops(tx, _covered(scope, scope_id))
    audit.record(tx, "cards.stop", (scope, scope_id), by=by, at=at, stop=stop_id)
    return stop_id


def lift(tx: Transaction, stop_id: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Undo a stop: its cards are what they were, unless another stop covers them. Raises WhyNeeded, NotStopped."""
    if not reason.strip():
        raise WhyNeeded(field="reason")
    lifted = update(Stop).where(Stop.id == stop_id, _is_on())
    if not tx.change(lifted.values(lifted_at=at, lifted_by=by.user_id, lift_reason=reason.strip())):
        raise NotStopped
    scope, scope_id = tx.execute(select(Stop.scope, Stop.scope_id).where(Stop.id == stop_id)).one()
    settle_stops(tx, _covered(scope, scope_id))
    audit.record(tx, "cards.lift", (scope, scope_id), by=by, at=at, stop=stop_id)


def settle_stops(tx: Transaction, which: ColumnElement[bool]) -> None:
    """Write on these batches whether a stop that is on covers them."""
    programme = select(Programme.id).where(Programme.id == Batch.programme_id)
    covering = or_(
        Stop.scope == StopScope.PLATFORM,
        and_(Stop.scope == StopScope.BATCH, Stop.scope_id == Batch.id),
        and_(Stop.scope == StopScope.PROGRAMME, Stop.scope_id == Batch.programme_id),
        and_(Stop.scope == StopScope.FIRM, programme.where(Programme.firm_id == Stop.scope_id).exists()),
    )
    is_stopped = select(Stop.id).where(_is_on(), covering).exists()
    tx.change(update(Batch).where(which).values(is_stopped=is_stopped))


def stops_on(reader: Reader) -> Sequence[Stop]:
    """Return every stop that is on, the widest first."""
    return reader.scalars(select(Stop).where(_is_on()).order_by(Stop.scope_id != PLATFORM, Stop.id.desc())).all()


def stop_on(reader: Reader, scope: StopScope, scope_id: int = PLATFORM) -> Stop | None:
    """Return the stop that is on for exactly this, if there is one."""
    return reader.scalar(select(Stop).where(Stop.scope == scope, Stop.scope_id == scope_id, _is_on()))


def _is_on() -> ColumnElement[bool]:
    return Stop.lifted_at.is_(None)


def _covered(scope: StopScope, scope_id: int) -> ColumnElement[bool]:
    match scope:
        case StopScope.BATCH:
            return Batch.id == scope_id
        case StopScope.PROGRAMME:
            return Batch.programme_id == scope_id
        case StopScope.FIRM:
            return Batch.programme_id.in_(select(Programme.id).where(Programme.firm_id == scope_id))
        case StopScope.PLATFORM:
            return true()


def _check_there(tx: Transaction, scope: StopScope, scope_id: int) -> None:
    if scope is StopScope.BATCH and tx.get(Batch, scope_id) is None:
        raise BatchNotThere
    if scope is StopScope.PROGRAMME and tx.get(Programme, scope_id) is None:
        raise ProgrammeNotThere
