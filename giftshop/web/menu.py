"""The way around for signed-in people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.kernel.role import MemberRole, StaffRole


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry, shown to whoever has one of `roles`."""

    label: str
    """A gettext msgid, marked with N_."""
    endpoint: str
    roles: frozenset[MemberRole | StaffRole]
    order: int = 50
    """Entries stand in this order; use the step of the street the room stands at."""
    icon: str = ""
    hint: str = ""
    """What one does there, in a line for the home page: a msgid too."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that may wait for somebody: counted on the home page of whoever has one of `roles`, with the way to it."""

    roles: frozenset[MemberRole | StaffRole]
    count: Callable[[Reader, Actor], int]
    """How much of it waits for this person. Must stop counting somewhere: see `paging.bounded_count`."""
    words: Callable[[int], str]
    """What to say of so many, in the current language."""
    endpoint: str
    asking: Mapping[str, str] = field(default_factory=dict)
    """What stands behind the question mark of the address."""
    icon: str = "arrow-right"
    is_pressing: bool = False
    """Late or stopped: it is said with emphasis."""
    naming: Callable[[Reader], str] | None = None
    """What of it to name at once, such as a card; nothing to translate in it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the home page: so much of something waits, and the way to it."""

    words: str
    url: str
    icon: str
    is_pressing: bool


def tasks_of(offers: Iterable[Waiting], reader: Reader, person: Actor) -> list[Task]:
    """Return what waits for `person`, what presses first. What waits for nobody is left out."""
    counted = [(offer, offer.count(reader, person)) for offer in offers if person.has(*offer.roles)]
    tasks = [
        Task(
            _said(offer, count, reader),
            url_for(offer.endpoint, **dict[str, Any](offer.asking)),
            offer.icon,
            offer.is_pressing,
        )
        for offer, count in counted
        if count
    ]
    return sorted(tasks, key=lambda task: not task.is_pressing)


def _said(offer: Waiting, count: int, reader: Reader) -> str:
    named = offer.naming(reader) if offer.naming else ""
    return f"{offer.words(count)}: {named}" if named else offer.words(count)
