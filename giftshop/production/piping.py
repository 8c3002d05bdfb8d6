"""A writer and a reader of one stream of bytes, side by side, in memory that does not grow with it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Event, Thread
from typing import Final

QUEUED_CHUNKS: Final = 16
"""Chunks between the two: enough to keep both busy, little enough for memory."""
LOOK_SECONDS: Final = 0.05
"""How often a reader that leaves early looks whether the writer has noticed."""


class ReaderGoneError(Exception):
    """Nobody takes what is written any more. Raised in the writer, and heard by nobody else."""


class _Sink(io.RawIOBase):
    """A file to write to, whose bytes come out of a queue at the other end."""

    def __init__(self, queue: Queue[bytes | None], gone: Event) -> None:
        self._queue, self._gone = queue, gone

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        if self._gone.is_set():
            raise ReaderGoneError
        chunk = bytes(data)  # type: ignore[call-overload]
        self._queue.put(chunk)
        return len(chunk)


@contextmanager
def chunks_of(write: Callable[[io.RawIOBase], object]) -> Iterator[Iterator[bytes]]:
    """Run `write(file)` in a thread and give what it writes as it comes; what it raises is raised here.

    A reader that leaves before the end, or fails, ends the writer with it: the thread never outlives the `with` block.
    """
    queue: Queue[bytes | None] = Queue(QUEUED_CHUNKS)
    failures: list[BaseException] = []
    gone = Event()

    def work() -> None:
        try:
            write(_Sink(queue, gone))
        except BaseException as failure:
            failures.append(failure)
        finally:
            queue.put(None)

    def come() -> Iterator[bytes]:
        while (chunk := queue.get()) is not None:
            yield chunk
        if failures:
            raise failures[0]

    writer = Thread(target=work, daemon=True)
    writer.start()
    try:
        yield come()
    finally:
        gone.set()
        _drain(queue, writer)


def _drain(queue: Queue[bytes | None], writer: Thread) -> None:
    """Take what still comes until the writer has ended: one that waits for room in the queue notices nothing."""
    while writer.is_alive():
        try:
            queue.get(timeout=LOOK_SECONDS)
        except Empty:
            continue
    writer.join()
