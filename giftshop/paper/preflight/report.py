"""What a preflight found: check by check, in figures, and what is wrong where. Holds no link and no text of a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

Facts = Mapping[str, str | int | float]
SHOWN_FAULTS: Final = 20
"""Faults of a check that are told one by one; of ten thousand alike, the rest is a number."""


class Subject(StrEnum):
    """What is checked."""

    FILE = "file"
    """It can be read through without mending anything."""
    COUNTS = "counts"
    """As many pages, cards and QR codes as the batch has."""
    BOXES = "boxes"
    """Sheet, bleed and cut of each page."""
    PLACES = "places"
    """Where the cards lie on their page, and that backs lie behind fronts."""
    FONTS = "fonts"
    """Every font is inside the file, and every character in its font."""
    COLOURS = "colours"
    """Operators, pictures and gradients in the inks that were asked for; what differs from card to card in black."""
    INTENT = "intent"
    """The label PDF/X-4, and the printing condition it was made for."""
    PICTURES = "pictures"
    """Pictures have dots enough at the size they are drawn."""
    CODES = "codes"
    """Every QR code, module by module."""
    READING = "reading"
    """Some cards as a phone sees them: drawn, and read by a program that is not ours."""


class Verdict(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    """As it should be."""
    WARNED = "warned"
    """It can be printed; somebody should know."""
    FAILED = "failed"
    """It must not be printed."""
    NOT_ASKED = "not_asked"
    """The print house did not want it, or an earlier check left nothing to look at."""


class Why(StrEnum):
    """What is wrong."""

    UNREADABLE = "unreadable"
    """A page, or the whole file, is no proper PDF."""
    PAGES = "pages"
    """Facts: found, wanted."""
    CARDS = "cards"
    """Facts: found, wanted."""
    SHEET = "sheet"
    """Facts: found, wanted (width x height in mm)."""
    CUT = "cut"
    """Facts: found, wanted (width x height in mm)."""
    BLEED = "bleed"
    """The bleed is not what it should be, or reaches beyond the sheet."""
    TURNED = "turned"
    """The page is rotated, or its unit is not the point."""
    ARTWORK = "artwork"
    """Facts: found, wanted (cards drawn on the page)."""
    OVERLAP = "overlap"
    """Cards lie too near to each other, or beyond the edge."""
    REGISTER = "register"
    """A back does not lie behind a front."""
    FONT_OUTSIDE = "font_outside"
    """Facts: font."""
    FONT_MISSING = "font_missing"
    """Text in a font that the page does not have."""
    EMPTY_BOX = "empty_box"
    """A character that its font lacks."""
    WRONG_INK = "wrong_ink"
    """Facts: space (a colour space that four plates cannot show)."""
    NOT_BLACK = "not_black"
    """Text of a card in more than black."""
    CODE_NOT_BLACK = "code_not_black"
    """A QR code in more than black, or in less."""
    NO_LABEL = "no_label"
    """Not labelled PDF/X-4."""
    NO_INTENT = "no_intent"
    """No output intent with a colour profile."""
    OTHER_INTENT = "other_intent"
    """The profile is of other inks than the file. Facts: found, wanted."""
    COARSE = "coarse"
    """Facts: dpi, wanted."""
    CODE_BROKEN = "code_broken"
    """No square of modules."""
    CODE_DIFFERS = "code_differs"
    """Not the modules of the card whose turn it is."""
    CODE_ASTRAY = "code_astray"
    """Not on a card of its own."""
    NOT_READ = "not_read"
    """Drawn, it cannot be read or opens something else."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: on this page, with this card, both counted from 1; 0 where it is about none."""

    why: Why
    page: int = 0
    card: int = 0
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: how it ended, what it looked at in figures, its first faults and how many there are in all."""

    subject: Subject
    verdict: Verdict
    figures: Facts = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    fault_count: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of one file."""

    checks: Sequence[Check]

    @property
    def is_good(self) -> bool:
        """Whether the file may be handed to a print house."""
        return all(check.verdict is not Verdict.FAILED for check in self.checks)

    def of(self, subject: Subject) -> Check:
        """Return the check of `subject`."""
        return next(check for check in self.checks if check.subject is subject)


class Findings:
    """Gathers what one check finds."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.figures: dict[str, str | int | float] = {}
        self._faults: list[Fault] = []
        self._count = 0
        self._is_warning = True

    def fault(self, why: Why, *, page: int = 0, card: int = 0, is_warning: bool = False, **facts: str | float) -> None:
        """Note something wrong; what is only to be known of is a warning."""
        if self._is_warning and not is_warning:
            # What refuses the file is told before what merely is not fine.
            self._faults, self._count, self._is_warning = [], 0, False
        elif is_warning and not self._is_warning:
            return
        self._count += 1
        if len(self._faults) < SHOWN_FAULTS:
            self._faults.append(Fault(why, page, card, facts))

    def check(self, *, was_asked: bool = True) -> Check:
        """Return how the check ended."""
        verdict = Verdict.PASSED if was_asked else Verdict.NOT_ASKED
        if self._count:
            verdict = Verdict.WARNED if self._is_warning else Verdict.FAILED
        return Check(self.subject, verdict, self.figures, tuple(self._faults), self._count)
