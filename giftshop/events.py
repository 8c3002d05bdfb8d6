"""News inside one transaction: a room publishes what happened, the rooms above it subscribe.

A subscriber runs in the publisher's transaction, so it succeeds or fails with it. It writes rows or a job,
never bulk work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from giftshop.db import Transaction

Event = TypeVar("Event")


class Events:
    """Who wants to hear of what."""

    def __init__(self) -> None:
        self._subscribers: dict[type, list[Callable[[Transaction, Any], None]]] = defaultdict(list)

    def subscribe(self, kind: type[Event], subscriber: Callable[[Transaction, Event], None]) -> None:
        """Call `subscriber(tx, event)` whenever an event of exactly `kind` is published."""
        self._subscribers[kind].append(subscriber)

    def publish(self, tx: Transaction, event: object) -> None:
        """Tell every subscriber, in the order they subscribed. What one raises undoes the transaction."""
        for subscriber in self._subscribers[type(event)]:
            subscriber(tx, event)
