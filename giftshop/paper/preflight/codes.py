"""Every QR code of a file held against the link of the card whose turn it is.

Three opinions: `qr_press` again, from the link and not from the file, module by module; zxing-cpp, which says what the
modules open; and for some, `qrcode` itself and the page as PDFium draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from giftshop.paper.codes_2d import qr_modules
from giftshop.paper.preflight.lexing import Ref
from giftshop.paper.preflight.pages import Page
from giftshop.paper.preflight.reading import DPI, Eye, Place, reads
from giftshop.paper.preflight.report import Check, Findings, Subject, Why
from giftshop.paper.preflight.squares import Modules, Square
from giftshop.paper.qr_press import qr_squares

AT_ONCE: Final = 256
"""Codes in memory at once, with their links."""
SAMPLES_AT_ONCE: Final = 100
"""As above, of those that are looked at closely."""
FEWEST_SAMPLED: Final = 50
SAMPLED_PERCENT: Final = 1
STRIDE: Final = 7919
"""A prime, so that samples one in a hundred do not all lie on the same place of their sheets."""


@dataclass(frozen=True, slots=True)
class _Found:
    page: int
    page_ref: Ref
    card: int
    square: Square


class Codes:
    """Takes the QR codes of a file in the order they are drawn in, and the links in the order of the cards."""

    def __init__(self, links: Iterable[str], cards: int, eye: Eye) -> None:
        self._links = iter(links)
        self._eye = eye
        self._sampled = sampled(cards)
        self._waiting: list[_Found] = []
        self._to_look_at: list[tuple[_Found, str]] = []
        self._codes, self._reading = Findings(Subject.CODES), Findings(Subject.READING)
        self._with_link = self._looked = 0
        self.found = 0
        """QR codes so far."""

    def see(self, page: Page, squares: Iterable[Square]) -> None:
        """Take the QR codes of the next page."""
        for square in squares:
            self.found += 1
            self._waiting.append(_Found(page.number, page.ref, self.found, square))
        if len(self._waiting) >= AT_ONCE:
            self._compare()

    def finish(self) -> tuple[int, Check, Check]:
        """Return how many links there were, and how both checks ended."""
        self._compare()
        self._look()
        links = self._with_link + sum(1 for _ in self._links)
        self._codes.figures |= {"compared": self._with_link, "by_qrcode": self._looked}
        self._reading.figures |= {"sampled": self._looked, "dpi": DPI}
        return links, self._codes.check(was_asked=bool(links)), self._reading.check(was_asked=bool(self._looked))

    def _compare(self) -> None:
        found, self._waiting = self._waiting, []
        links = list(islice(self._links, len(found)))
        # Codes beyond the last link are told by the counts.
        for one, link, wanted in zip(found, links, qr_squares(links), strict=False):
            self._with_link += 1
            why = _fault_of(one.square, link, wanted)
            if why is not None:
                self._codes.fault(why, page=one.page, card=one.card)
            elif one.card in self._sampled:
                self._to_look_at.append((one, link))
        if len(self._to_look_at) >= SAMPLES_AT_ONCE:
            self._look()

    def _look(self) -> None:
        """Compare the cards of the sample with the slow ways."""
        waiting, self._to_look_at = self._to_look_at, []
        if not waiting:
            return
        self._looked += len(waiting)
        seen = self._eye.reads([Place(one.page_ref, one.square.box) for one, _ in waiting])
        for (one, link), read in zip(waiting, seen, strict=True):
            if not _is_as(one.square, np.array(qr_modules(link), dtype=bool)):
                self._codes.fault(Why.CODE_DIFFERS, page=one.page, card=one.card)
            if read != link.encode():
                self._reading.fault(Why.NOT_READ, page=one.page, card=one.card)


def _fault_of(square: Square, link: str, wanted: Modules) -> Why | None:
    if square.modules is None:
        return Why.CODE_BROKEN
    if not _is_as(square, wanted) or reads(square.modules) != link.encode():
        return Why.CODE_DIFFERS
    return None if square.ink.is_black_alone else Why.CODE_NOT_BLACK


def _is_as(square: Square, wanted: Modules) -> bool:
    return square.modules is not None and np.array_equal(square.modules, wanted)


def sampled(cards: int) -> frozenset[int]:
    """Return which of `cards`, from 1, are looked at closely: one of each hundred, fifty at least, all if fewer."""
    count = min(cards, max(FEWEST_SAMPLED, -(-cards * SAMPLED_PERCENT // 100)))
    return frozenset(_one_of(stretch, number) for number, stretch in enumerate(_stretches(cards, count)))


def _stretches(cards: int, count: int) -> Iterator[Sequence[int]]:
    for number in range(count):
        yield range(1 + number * cards // count, 1 + (number + 1) * cards // count)


def _one_of(stretch: Sequence[int], number: int) -> int:
    return stretch[number * STRIDE % len(stretch)]
