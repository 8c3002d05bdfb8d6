"""Fonts, inks and pictures: what a page is drawn with, down to the last form within a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import hypot
from typing import BinaryIO, Final

from giftshop.paper.output import ColourSpace, Output
from giftshop.paper.preflight.content import AS_IT_IS, CMYK, GRAY, RGB, Ink, Matrix
from giftshop.paper.preflight.objects import Facts, Objects, is_name
from giftshop.paper.preflight.pages import reading, view_of
from giftshop.paper.preflight.report import Check, Findings, Subject, Why
from giftshop.paper.preflight.resources import LAB, SPACES, SPOT, TAGGED, UNKNOWN, Layer

NOT_ON_PLATES: Final = frozenset({RGB, TAGGED, LAB, UNKNOWN})
"""What would have to be converted before four plates can print it."""
FINE_DPI, COARSE_DPI = 200, 100
"""Dots an inch from which a picture looks sharp in the hand, and below which anybody sees that it is not."""
POINTS_PER_INCH: Final = 72
LABEL: Final = re.compile(rb"GTS_PDFXVersion(?:\s[^>]*)?>\s*PDF/X-4\b|GTS_PDFXVersion\s*=\s*[\"']PDF/X-4\b")
"""In the XMP of a file: as an element, or as an attribute. The profile of an intent names its inks at byte 16."""


PRINTED_WITH: Final = {ColourSpace.CMYK: ("CMYK",), ColourSpace.RGB: ("RGB", "CMYK")}
"""Of which inks a printing condition may be, for a file in these colours."""


class Layers:
    """Every layer of a file once, with the page it is first drawn on. Pages are layers of their own."""

    def __init__(self) -> None:
        self._seen: set[Layer] = set()

    def new_in(self, page: Layer) -> Iterator[Layer]:
        """Yield the page's own layer, and those below it that no page before had."""
        yield page
        for form in page.palette.within():
            if form.layer not in self._seen:
                self._seen.add(form.layer)
                yield from self.new_in(form.layer)


class Fonts:
    """Every font is in the file, every text in a font of its page, every character in its font."""

    def __init__(self) -> None:
        self._findings = Findings(Subject.FONTS)
        self._seen: set[str] = set()

    def see(self, number: int, layer: Layer) -> None:
        """Check one layer, met on page `number`."""
        fonts = layer.palette.fonts
        for font in fonts.values():
            if font.name not in self._seen and not font.is_embedded:
                self._findings.fault(Why.FONT_OUTSIDE, page=number, font=font.name)
            self._seen.add(font.name)
        if layer.drawing.fonts - fonts.keys():
            self._findings.fault(Why.FONT_MISSING, page=number)
        if any(name in fonts and fonts[name].is_wide for name in layer.drawing.boxed):
            self._findings.fault(Why.EMPTY_BOX, page=number)

    def check(self) -> Check:
        """Return how it ended."""
        self._findings.figures["fonts"] = len(self._seen)
        return self._findings.check()


class Colours:
    """Nothing but what four plates print, where that was asked for; and the text of a card in black alone, always."""

    def __init__(self, output: Output) -> None:
        # What is no ink yet may stay so under PDF/X-4 if it says how it is meant (ISO 15930-7, 6.2.4).
        for_exchange = frozenset({RGB, UNKNOWN}) if output.is_pdf_x else frozenset()
        self._wrong = NOT_ON_PLATES if output.colour is ColourSpace.CMYK else for_exchange
        self._findings = Findings(Subject.COLOURS)
        self._found: set[str] = set()

    def see(self, number: int, layer: Layer, *, is_page: bool) -> None:
        """Check one layer, met on page `number`."""
        spaces = layer.palette.families | {self._family(layer, name) for name in layer.drawing.spaces}
        spaces |= {self._inline(layer, picture.facts) for picture in layer.drawing.pictures}
        if layer.palette.spaces.get("DefaultRGB") == TAGGED:
            spaces = frozenset(TAGGED if space == RGB else space for space in spaces)
        self._found |= spaces
        for space in sorted(spaces & self._wrong):
            self._findings.fault(Why.WRONG_INK, page=number, space=space.removeprefix("Device"))
        if is_page and any(not self._is_black(layer, ink) for ink in layer.drawing.text_inks):
            self._findings.fault(Why.NOT_BLACK, page=number)

    def check(self) -> Check:
        """Return how it ended."""
        self._findings.figures["spaces"] = ", ".join(sorted(space.removeprefix("Device") for space in self._found))
        return self._findings.check()

    def _family(self, layer: Layer, name: str) -> str:
        return layer.palette.spaces.get(name) or SPACES.get(name, UNKNOWN)

    def _inline(self, layer: Layer, facts: object) -> str:
        is_mask = isinstance(facts, dict) and True in {facts.get("IM"), facts.get("ImageMask")}
        space = facts.get("CS", facts.get("ColorSpace")) if isinstance(facts, dict) else None
        if is_mask:
            return GRAY
        if isinstance(space, list):
            space = space[1] if len(space) > 1 else None
        return self._family(layer, str(space))

    def _is_black(self, layer: Layer, ink: Ink) -> bool:
        """Whether an ink lies on the black plate alone, or on one of its own: a mark's."""
        space = self._family(layer, ink.space)
        return space in {GRAY, SPOT} or (space == CMYK and not any(ink.parts[:3]))


class Pictures:
    """Dots an inch of each picture at the size it is drawn."""

    def __init__(self) -> None:
        self._findings = Findings(Subject.PICTURES)
        self._seen: set[tuple[Layer, tuple[float, ...]]] = set()
        self._lowest = 0
        self._count = 0

    def see(self, number: int, layer: Layer, matrix: Matrix = AS_IT_IS) -> None:
        """Check the pictures of a layer drawn under `matrix` on page `number`, and those of all it draws."""
        palette = layer.palette
        for placed in layer.drawing.placed:
            whole = matrix.after(placed.matrix)
            if placed.name in palette.pictures:
                picture = palette.pictures[placed.name]
                self._picture(number, picture.width, picture.height, whole)
            elif placed.name in palette.forms:
                form = palette.forms[placed.name]
                self._once(number, form.layer, whole.after(form.matrix))
        for inline in layer.drawing.pictures:
            width, height = (_whole(inline.facts, *names) for names in (("W", "Width"), ("H", "Height")))
            self._picture(number, width, height, matrix.after(inline.matrix))
        for form in palette.unnamed:
            self._once(number, form.layer, matrix.after(form.matrix))

    def check(self) -> Check:
        """Return how it ended."""
        self._findings.figures |= {"pictures": self._count, "lowest_dpi": self._lowest}
        return self._findings.check()

    def _once(self, number: int, layer: Layer, matrix: Matrix) -> None:
        """Look at the same artwork once for each size it is drawn in, not once a card."""
        key = (layer, tuple(round(part, 4) for part in matrix[:4]))
        if key not in self._seen:
            self._seen.add(key)
            self.see(number, layer, matrix)

    def _picture(self, number: int, width: int, height: int, matrix: Matrix) -> None:
        if width <= 1 and height <= 1:
            return  # one dot is a colour, at any size
        across, up = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
        dpi = int(POINTS_PER_INCH * min(width / max(across, 1e-6), height / max(up, 1e-6)))
        self._lowest = min(dpi, self._lowest) if self._count else dpi
        self._count += 1
        if dpi < FINE_DPI:
            is_warning = dpi >= COARSE_DPI
            wanted = FINE_DPI if is_warning else COARSE_DPI
            self._findings.fault(Why.COARSE, page=number, is_warning=is_warning, dpi=dpi, wanted=wanted)


PROFILE_INKS: Final = {CMYK: b"CMYK", RGB: b"RGB "}
"""As a colour profile names them in its header (ICC.1, 7.2.6)."""


def intent_of(file: BinaryIO, output: Output) -> Check:
    """Check the label PDF/X-4 and its output intent (ISO 15930-7, 6.2.2 and 6.17), where it was asked for."""
    findings = Findings(Subject.INTENT)
    if not output.is_pdf_x:
        return findings.check(was_asked=False)
    with reading(0):
        objects = Objects(view_of(file))
        root = objects.facts(objects.trailer.get("Root"))
        metadata = objects.content(root["Metadata"]) if "Metadata" in root else b""
        if LABEL.search(metadata) is None:
            findings.fault(Why.NO_LABEL)
        _check_intents(objects, root, output, findings)
    return findings.check()


def _check_intents(objects: Objects, root: Facts, output: Output, findings: Findings) -> None:
    intents = [objects.facts(intent) for intent in objects.items(root.get("OutputIntents"))]
    for_print = [intent for intent in intents if is_name(intent.get("S"), "GTS_PDFX")]
    if len(for_print) != 1 or "DestOutputProfile" not in for_print[0]:
        findings.fault(Why.NO_INTENT)
        return
    found = objects.content(for_print[0]["DestOutputProfile"])[16:20].decode("latin-1").strip()
    if found not in PRINTED_WITH[output.colour]:
        findings.fault(Why.OTHER_INTENT, found=found, wanted=PRINTED_WITH[output.colour][0])
    condition = for_print[0].get("OutputConditionIdentifier", b"")
    findings.figures["condition"] = condition.decode("latin-1") if isinstance(condition, bytes) else ""


def _whole(facts: object, *names: str) -> int:
    values = [facts[name] for name in names if name in facts] if isinstance(facts, dict) else []
    return int(values[0]) if values else 0
