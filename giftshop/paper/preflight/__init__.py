"""Preflight: a print file looked at as a print house would, before it is offered to anybody.

It knows the file, what was ordered and what each card's link is, and nothing of how the file was made. Memory does
not grow with the file: pages are looked at one by one, links compared some hundred at a time and let go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from giftshop.paper.card_design import CardDesign
from giftshop.paper.output import Output
from giftshop.paper.preflight.codes import Codes
from giftshop.paper.preflight.inks import Colours, Fonts, Layers, Pictures, intent_of
from giftshop.paper.preflight.layout import Boxes, Places
from giftshop.paper.preflight.pages import Page, Unreadable
from giftshop.paper.preflight.reading import Eye
from giftshop.paper.preflight.report import Check, Facts, Fault, Findings, Report, Subject, Verdict, Why
from giftshop.paper.preflight.resources import Layer, layers_of
from giftshop.paper.preflight.squares import square_of

__all__ = ["Check", "Facts", "Fault", "Report", "Subject", "Verdict", "Why", "examine"]


def examine(
    file: BinaryIO,
    *,
    design: CardDesign,
    output: Output,
    cards: int,
    links: Iterable[str],
    progress: Callable[[int], None] = lambda pages: None,
) -> Report:
    """Return what is right and wrong with a print file of so many `cards`, whose `links` come in the cards' order.

    `file` is seekable. `links` are gone through once. `progress` hears the number of pages looked at so far. Nothing
    in the report, and nothing raised here, repeats a link or a text of a card.
    """
    eye = Eye(file)
    inspection = _Inspection(design, output, cards, Codes(links, cards, eye))
    try:
        for page, layer in layers_of(file):
            inspection.see(page, layer)
            progress(page.number)
        return Report([*inspection.checks(eye.page_count()), intent_of(file, output)])
    except Unreadable as stumble:
        return Report([_unreadable(stumble.page)])


class _Inspection:
    def __init__(self, design: CardDesign, output: Output, cards: int, codes: Codes) -> None:
        self._design, self._output, self._cards = design, output, cards
        self._layers = Layers()
        self._boxes, self._places = Boxes(design, output), Places(design, output, cards)
        self._fonts, self._colours, self._pictures = Fonts(), Colours(output), Pictures()
        self._codes = codes
        self.pages = 0

    def see(self, page: Page, layer: Layer) -> None:
        """Look at the next page."""
        squares = [square for fill in layer.drawing.fills if (square := square_of(fill)) is not None]
        self._boxes.see(page)
        self._places.see(page, layer, squares)
        for below in self._layers.new_in(layer):
            self._fonts.see(page.number, below)
            self._colours.see(page.number, below, is_page=below is layer)
        self._pictures.see(page.number, layer)
        self._codes.see(page, squares)
        self.pages = page.number

    def checks(self, pages_by_pdfium: int) -> list[Check]:
        """Return every check, in the order in which a report tells them."""
        links, codes, reading = self._codes.finish()
        return [
            Findings(Subject.FILE).check(),
            self._counts(links, pages_by_pdfium),
            self._boxes.check(),
            self._places.check(),
            self._fonts.check(),
            self._colours.check(),
            self._pictures.check(),
            codes,
            reading,
        ]

    def _counts(self, links: int, pages_by_pdfium: int) -> Check:
        findings = Findings(Subject.COUNTS)
        grid = self._output.imposition
        pages = -(-self._cards // (grid.cards if grid else 1)) * self._design.sides
        for found in (self.pages, pages_by_pdfium):
            if found != pages:
                findings.fault(Why.PAGES, found=found, wanted=pages)
                break
        for found, wanted in ((self._codes.found, self._cards), (links, self._cards)):
            if found != wanted:
                findings.fault(Why.CARDS, found=found, wanted=wanted)
                break
        findings.figures |= {"cards": self._codes.found, "pages": self.pages}
        return findings.check()


def _unreadable(page: int) -> Check:
    findings = Findings(Subject.FILE)
    findings.fault(Why.UNREADABLE, page=page)
    return findings.check()
