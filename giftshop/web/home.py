"""What a home page is made of: the work that waits for somebody, and what they were about lately. Rooms fill both."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.kernel.role import MemberRole, StaffRole

FEW: Final = 3
"""Concrete things named at once under a count."""
_FIGURE: Final = re.compile(r"\d[\d,]*\+?")
_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """One concrete thing: an order, a parcel, a call. Its words are already in the current language."""

    name: str
    """What people call it by: its number, mostly."""
    url: str
    note: str = ""
    """Whose it is, or what it is about."""
    since: datetime | None = None
    """Since when it waits, or when it was last touched."""
    state: tuple[str, str] | None = None
    """Where it stands: in words, and as a value that the pill's colour follows."""
    done: tuple[int, int] | None = None
    """How many of how many, for a bar."""


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
    first: Callable[[Reader, Actor], Sequence[Piece]] | None = None
    """The FEW that wait longest, the oldest first, to be opened directly."""


@dataclass(frozen=True, slots=True)
class Lately:
    """What somebody was about: a short list on the home page of whoever has one of `roles`."""

    title: str
    """A gettext msgid, marked with N_."""
    roles: frozenset[MemberRole | StaffRole]
    find: Callable[[Reader, Actor], Sequence[Piece]]
    """A handful, the newest first; nothing leaves the list out."""
    endpoint: str = ""
    """Where all of them are."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where staff find what an audit event is about."""

    endpoint: str
    """Shown to whoever may open it."""
    find: Callable[[Reader, Collection[int]], Mapping[int, Piece]]
    """Those with these ids, in one query."""


@dataclass(frozen=True, slots=True)
class Task:
    """So much of something waits, the way to it, and the first of it."""

    words: str
    """With the figure in it emphasised."""
    url: str
    icon: str
    is_pressing: bool
    first: Sequence[Piece]

    @property
    def since(self) -> datetime:
        """Since when the oldest of it waits; the end of time when nothing says so."""
        return min((piece.since for piece in self.first if piece.since), default=_LAST)


@dataclass(frozen=True, slots=True)
class Recent:
    """One list of what somebody was about, and where the rest of it is."""

    title: str
    url: str
    pieces: Sequence[Piece]


def tasks_of(offers: Iterable[Waiting], reader: Reader, person: Actor) -> list[Task]:
    """Return what waits for `person`: what presses first, then what waits longest. Counts of nothing are left out."""
    counted = [(offer, offer.count(reader, person)) for offer in offers if person.has(*offer.roles)]
    tasks = [
        Task(
            emphasised(_said(offer, count, reader)),
            url_for(offer.endpoint, **dict[str, Any](offer.asking)),
            offer.icon,
            offer.is_pressing,
            offer.first(reader, person)[:FEW] if offer.first else (),
        )
        for offer, count in counted
        if count
    ]
    return sorted(tasks, key=lambda task: (not task.is_pressing, task.since))


def recent_of(offers: Iterable[Lately], reader: Reader, person: Actor) -> list[Recent]:
    """Return what `person` was about lately, list by list. Empty lists are left out."""
    found = [(offer, offer.find(reader, person)) for offer in offers if person.has(*offer.roles)]
    return [
        Recent(gettext(offer.title), url_for(offer.endpoint) if offer.endpoint else "", pieces)
        for offer, pieces in found
        if pieces
    ]


def emphasised(words: str) -> Markup:
    """Return `words` with their first figure set large, wherever the language puts it."""
    figure = _FIGURE.search(words)
    if figure is None:
        return Markup("{}").format(words)
    before, after = words[: figure.start()], words[figure.end() :]
    return Markup('{}<strong class="figure">{}</strong>{}').format(before, figure.group(), after)


def _said(offer: Waiting, count: int, reader: Reader) -> str:
    named = offer.naming(reader) if offer.naming else ""
    return f"{offer.words(count)}: {named}" if named else offer.words(count)
