"""Artwork separated into inks of a press: every colour operator of a page exchanged for a spot colour of that name.

Spot colours are written by hand, since nothing that draws a page knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import pikepdf

from giftshop.paper.trimming import separation

Rgb = tuple[float, float, float]
MARKED_CONTENT: Final = frozenset({"BDC", "BMC", "EMC", "DP", "MP"})
SPACES: Final = frozenset({"cs", "CS"})
STROKED: Final = frozenset({"RG", "G", "K"})
COLOURS: Final = frozenset({"rg", "g", "k"}) | STROKED
ELSEWHERE: Final = frozenset({"sc", "SC", "scn", "SCN", "sh", "INLINE IMAGE", "BI", "ri"})
"""Operators that bring colour in a way that cannot be exchanged: patterns, shadings, pictures."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A spot colour: its name at the press, and what a screen shows instead of it (CMYK, each from 0 to 1)."""

    name: str
    shown_as: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)

    @property
    def key(self) -> str:
        """Its name among the resources of a page."""
        return "Ink" + "".join(character for character in self.name if character.isalnum())


@dataclass(frozen=True, slots=True)
class Paint:
    """An ink laid on solid, or, with `is_bare`, the ground left bare there."""

    ink: Ink
    is_bare: bool = False

    def operators(self, *, is_stroke: bool) -> list[tuple[list[Any], pikepdf.Operator]]:
        """Return what chooses it for lines or for areas."""
        space, colour = ("CS", "SCN") if is_stroke else ("cs", "scn")
        return [
            ([pikepdf.Name("/" + self.ink.key)], pikepdf.Operator(space)),
            ([0 if self.is_bare else 1], pikepdf.Operator(colour)),
        ]


class NotFlatError(ValueError):
    """Artwork holds what no solid ink can show: pictures, gradients, transparency."""


def separate(document: pikepdf.Pdf, inks: Iterable[Ink], choose: Callable[[Rgb], Paint]) -> None:
    """Exchange every colour of `document` for the paint that `choose` names for it, in place.

    Raises:
        NotFlatError: a page holds something else than flat colours; the document is then half done, to be dropped.

    """
    spaces = {"/" + ink.key: separation(document, ink.name, ink.shown_as) for ink in inks}
    for page in document.pages:
        page.contents_coalesce()
        first = choose((0.0, 0.0, 0.0))
        begun = [*first.operators(is_stroke=False), *first.operators(is_stroke=True)]
        resources = page.resources
        page.obj.Contents = document.make_stream(_exchanged(page, resources, choose, begun))
        _settle(document, resources, spaces, choose, set())
        for extra in ("/StructParents", "/Tabs", "/Group"):
            if extra in page.obj:
                del page.obj[extra]


def _settle(
    document: pikepdf.Pdf,
    resources: Any,
    spaces: dict[str, pikepdf.Object],
    choose: Callable[[Rgb], Paint],
    seen: set[tuple[int, int]],
) -> None:
    """Give resources the inks and nothing else of colour, and go on with the forms they name."""
    resources["/ColorSpace"] = pikepdf.Dictionary(spaces)
    for unused in ("/ExtGState", "/Pattern", "/Shading"):
        if unused in resources:
            del resources[unused]
    for form in resources.get("/XObject", {}).values():
        if form.objgen in seen:
            continue
        seen.add(form.objgen)
        if form.get("/Subtype") != "/Form":
            raise NotFlatError("a picture")
        inner = form.get("/Resources", pikepdf.Dictionary())
        form.write(_exchanged(form, inner, choose, []))
        form["/Resources"] = inner
        if "/Group" in form:
            del form["/Group"]
        _settle(document, inner, spaces, choose, seen)


def _exchanged(
    source: Any, resources: Any, choose: Callable[[Rgb], Paint], begun: list[tuple[list[Any], pikepdf.Operator]]
) -> bytes:
    done: list[Any] = list(begun)
    for instruction in pikepdf.parse_content_stream(source):
        name, operands = str(instruction.operator), list(instruction.operands)
        if name in ELSEWHERE:
            raise NotFlatError(name)
        if name in COLOURS:
            done += choose(_rgb(operands)).operators(is_stroke=name in STROKED)
        elif name == "gs":
            _refuse_veil(resources, str(operands[0]))
        elif name not in MARKED_CONTENT and name not in SPACES:
            done.append((operands, instruction.operator))
    return pikepdf.unparse_content_stream(done)


def _refuse_veil(resources: Any, name: str) -> None:
    """Raise NotFlatError unless a graphics state leaves everything opaque."""
    state = resources.get("/ExtGState", {}).get(name, {})
    veiled = any(float(state.get(part, 1)) < 1 for part in ("/ca", "/CA"))
    if veiled or state.get("/SMask", "/None") != "/None" or state.get("/BM", "/Normal") != "/Normal":
        raise NotFlatError("transparency")


def _rgb(operands: list[Any]) -> Rgb:
    values = [float(value) for value in operands]
    if len(values) == 1:
        return values[0], values[0], values[0]
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    red, green, blue = values
    return red, green, blue


def cmyk_of(colour: str) -> tuple[float, float, float, float]:
    """Return #RRGGBB as a screen's idea of CMYK: for showing an ink, not for mixing it."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = max(red, green, blue)
    if light == 0:
        return 0.0, 0.0, 0.0, 1.0
    return 1 - red / light, 1 - green / light, 1 - blue / light, 1 - light
