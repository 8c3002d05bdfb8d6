"""What campaigns have waiting for somebody, for their home page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask_babel import ngettext

from giftshop.campaigns.queries import count_waiting
from giftshop.campaigns.rules import ROLE_OF, Step
from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.web import Waiting, shown_count


def _at(step: Step) -> Callable[[Reader, Actor], int]:
    return lambda reader, person: count_waiting(reader, person.firm_id or 0, step)


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
    )
    for step in Step
)
