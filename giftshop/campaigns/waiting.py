"""What campaigns have waiting for somebody, for their home page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from flask import url_for
from flask_babel import ngettext

from giftshop.campaigns.queries import campaigns_by_id, count_waiting, waiting_page
from giftshop.campaigns.rules import ROLE_OF, Step
from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.web import FEW, Piece, Waiting, shown_count


def _at(step: Step) -> Callable[[Reader, Actor], int]:
    return lambda reader, person: count_waiting(reader, person.firm_id or 0, step)


def _first(step: Step) -> Callable[[Reader, Actor], Sequence[Piece]]:
    def find(reader: Reader, person: Actor) -> Sequence[Piece]:
        entries = waiting_page(reader, person.firm_id or 0, step).rows[:FEW]
        campaigns = campaigns_by_id(reader, {entry.nominee.campaign_id for entry in entries})
        where = url_for("campaigns.queue", step=step.value)
        return [
            Piece(entry.name, where, campaigns[entry.nominee.campaign_id].name, entry.nominee.declared_at)
            for entry in entries
        ]

    return find


def _to_review(count: int) -> str:
    return str(
        ngettext(
            "%(count)s nomination waits for your review",
            "%(count)s nominations wait for your review",
            count,
            count=shown_count(count),
        )
    )


def _to_decide(count: int) -> str:
    return str(
        ngettext(
            "%(count)s nomination waits for your decision",
            "%(count)s nominations wait for your decision",
            count,
            count=shown_count(count),
        )
    )


WAITING: Final = tuple(
    Waiting(
        frozenset({ROLE_OF[step]}),
        _at(step),
        _to_decide if step is Step.PLANNING else _to_review,
        "campaigns.queue",
        {"step": step.value},
        "checks",
        first=_first(step),
    )
    for step in Step
)
