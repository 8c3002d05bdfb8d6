"""The ends of the chain, noted in files beside the database. The worker logs them too, for logs kept elsewhere.

`audit.anchor` has the last one; `audit.anchors` has all of them, a line each: whoever makes the chain anew must agree
with every one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from giftshop.audit.chain import Anchor

LAST: Final = "audit.anchor"
HISTORY: Final = "audit.anchors"


def keep_anchor(folder: Path, anchor: Anchor, *, at: datetime | None = None) -> None:
    """Note the end of the chain in `folder`, unless a later one is noted there."""
    known = kept_anchor(folder)
    if known is not None and known.number >= anchor.number:
        return
    folder.mkdir(parents=True, exist_ok=True)
    _append(folder / HISTORY, f"{(at or datetime.now(UTC)).isoformat(timespec='seconds')} {anchor}\n")
    _replace(folder / LAST, f"{anchor}\n")


def kept_anchor(folder: Path) -> Anchor | None:
    """Return the end of the chain as it was last noted in `folder`; raises ValueError when that cannot be read."""
    file = folder / LAST
    return Anchor.parse(file.read_text(encoding="ascii")) if file.exists() else None


def kept_anchors(folder: Path, *, up_to: Anchor | None = None) -> Iterator[Anchor]:
    """Yield all ends that were noted in `folder`, in their order: up to one, since the worker goes on noting them.

    A line torn by a power cut is passed over: every other end stands on a line of its own.
    """
    file = folder / HISTORY
    if not file.exists():
        return
    with file.open(encoding="ascii") as lines:
        for line in lines:
            try:
                anchor = Anchor.parse(line.partition(" ")[2])
            except ValueError:
                continue
            if up_to is None or anchor.number <= up_to.number:
                yield anchor


def begin_anew(folder: Path, end: Anchor | None, *, at: datetime) -> None:
    """Go on from `end`, which a restored database's chain has: later ends are of a database that is no more.

    They are kept aside, and those up to `end` go on counting.
    """
    old = folder / HISTORY
    valid = [anchor for anchor in kept_anchors(folder) if end and anchor.number <= end.number]
    if old.exists():
        old.replace(folder / f"{HISTORY}.until-{at:%Y%m%dT%H%M%S}")
    (folder / LAST).unlink(missing_ok=True)
    for anchor in valid:
        _append(folder / HISTORY, f"{at.isoformat(timespec='seconds')} {anchor}\n")
    if valid:
        _replace(folder / LAST, f"{valid[-1]}\n")
    if end is not None and end.number:
        keep_anchor(folder, end, at=at)


def _append(file: Path, line: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"\n{line}".encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(file: Path, content: str) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_text(content, encoding="ascii")
    draft.replace(file)
