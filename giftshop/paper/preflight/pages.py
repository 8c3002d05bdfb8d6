"""The pages of a PDF one after the other, in memory that does not grow with their number."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

import pypdfium2

from giftshop.paper.preflight.lexing import Ref
from giftshop.paper.preflight.objects import Objects, is_name

DEEPEST: Final = 12
"""Levels of a page tree: more than any program writes, fewer than one that bites its tail."""
HELD_BYTES: Final = 256 * 1024
"""Read at once: page contents lie side by side."""
INHERITED: Final = ("Resources", "MediaBox", "CropBox", "Rotate")
BOXES: Final = ("MediaBox", "CropBox", "BleedBox", "TrimBox")

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `number` counts from 1; `boxes` has those that it names; `resources`, `group` as they stand there."""

    number: int
    ref: Ref
    boxes: Mapping[str, Box]
    is_turned: bool
    content: bytes
    resources: object
    group: object


class Unreadable(Exception):
    """The file is no proper PDF. `page` is where reading ended, 0 where it never began. Quotes nothing of the file."""

    def __init__(self, page: int) -> None:
        super().__init__(f"page {page} cannot be read")
        self.page = page


@contextmanager
def reading(page: int) -> Iterator[None]:
    """Take whatever a reader of files stumbles over as the file's fault; raises Unreadable.

    What it says besides might quote the file, so it is let go.
    """
    try:
        yield
    except (pypdfium2.PdfiumError, ValueError, TypeError, LookupError, RecursionError, OverflowError):
        raise Unreadable(page) from None


class View(io.RawIOBase):
    """A seekable file read from a place of one's own, so that two readers of it do not disturb each other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        """As a file says."""
        return True

    def seekable(self) -> bool:
        """As a file says."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move the place of this view; the file's own moves with it, but nobody relies on that."""
        if whence == io.SEEK_CUR:
            offset, whence = self._at + offset, io.SEEK_SET
        self._at = self._file.seek(offset, whence)
        return self._at

    def tell(self) -> int:
        """Return the place of this view."""
        return self._at

    def readinto(self, buffer: object) -> int:
        """Read on from the place of this view."""
        room = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        self._file.seek(self._at)
        some = self._file.read(len(room))
        room[: len(some)] = some
        self._at += len(some)
        return len(some)


def view_of(file: BinaryIO) -> BinaryIO:
    """Return `file` as a reader of its own, buffered."""
    return io.BufferedReader(View(file), HELD_BYTES)


def pages_of(objects: Objects) -> Iterator[Page]:
    """Yield the pages of a file in order. Raises UnreadableContent, and what `reading` takes for it."""
    root = objects.facts(objects.trailer.get("Root"))
    leaves = _leaves(objects, root.get("Pages"), {}, DEEPEST)
    for number, (ref, facts) in enumerate(leaves, start=1):
        yield Page(
            number,
            ref,
            {name: _box(objects, facts[name]) for name in BOXES if name in facts},
            bool(objects.number(facts.get("Rotate", 0.0)) % 360) or objects.number(facts.get("UserUnit", 1.0)) != 1,
            _content(objects, facts.get("Contents")),
            facts.get("Resources"),
            facts.get("Group"),
        )


def _leaves(
    objects: Objects, node: object, inherited: Mapping[str, object], depth: int
) -> Iterator[tuple[Ref, Mapping[str, object]]]:
    if not depth or not isinstance(node, Ref):
        raise ValueError("no page tree")
    facts = objects.facts(node)
    if is_name(facts.get("Type"), "Page"):
        yield node, {**inherited, **facts}
        return
    inherited = {**inherited, **{key: facts[key] for key in INHERITED if key in facts}}
    kids = objects.at(facts["Kids"])
    for kid in kids if isinstance(kids, list) else []:
        yield from _leaves(objects, kid, inherited, depth - 1)


def _box(objects: Objects, corners: object) -> Box:
    left, bottom, right, top = objects.numbers(corners)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _content(objects: Objects, contents: object) -> bytes:
    """Return what a page draws; what is written in pieces reads as one, with a space between two pieces."""
    found = objects.at(contents)
    pieces = found if isinstance(found, list) else [] if found is None else [found]
    return b"\n".join(objects.content(piece) for piece in pieces)
