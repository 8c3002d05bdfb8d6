"""What pages draw with: fonts, forms, pictures, colour spaces, turned into plain facts and read once each.

Nothing of these facts belongs to an open file, so they outlive the turn in which they were read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final

from giftshop.paper.preflight.content import CMYK, GRAY, RGB, Drawing, Matrix, drawn
from giftshop.paper.preflight.lexing import Name, Ref
from giftshop.paper.preflight.objects import Facts, Objects, Stream, is_name
from giftshop.paper.preflight.pages import Box, Page, pages_of, reading, view_of

SPOT: Final = "Separation"
LAB: Final = "Lab"
TAGGED: Final = "RGB with a profile"
PATTERN: Final = "Pattern"
UNKNOWN: Final = "unknown"
SPACES: Final[Mapping[str, str]] = {
    "DeviceGray": GRAY, "G": GRAY, "CalGray": GRAY,
    "DeviceRGB": RGB, "RGB": RGB, "CalRGB": TAGGED,
    "DeviceCMYK": CMYK, "CMYK": CMYK,
    "Lab": LAB, "Pattern": PATTERN, "Separation": SPOT, "DeviceN": SPOT,
}  # fmt: skip
"""What each colour space comes to on a press, by the name it goes by in a file."""
BY_COMPONENTS: Final[Mapping[int, str]] = {1: GRAY, 3: TAGGED, 4: CMYK}
"""As above, of a space that a colour profile describes."""
DEEPEST: Final = 24
"""Forms within forms."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the resources. `is_wide`: two bytes a glyph."""

    name: str
    is_embedded: bool
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the resources, in dots."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Form:
    """Something drawn as one: artwork, a pattern."""

    layer: Layer
    matrix: Matrix
    box: Box


@dataclass(frozen=True, slots=True)
class Palette:
    """What a content stream may name. `families`: the colour spaces of everything in it, as SPACES calls them."""

    fonts: Mapping[str, Font] = field(default_factory=dict)
    spaces: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    unnamed: Sequence[Form] = ()
    """Drawn without being named by `Do`: patterns, soft masks, letters that are drawings."""
    families: frozenset[str] = frozenset()

    def within(self) -> Iterator[Form]:
        """Yield every form that can be drawn from here at once."""
        yield from self.forms.values()
        yield from self.unnamed


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A content stream with what it draws with."""

    drawing: Drawing
    palette: Palette


def layers_of(file: BinaryIO) -> Iterator[tuple[Page, Layer]]:
    """Yield each page of `file` with what it draws. Raises Unreadable."""
    with reading(0):
        library = Library(Objects(view_of(file)))
        pages = pages_of(library.objects)
    number = 0
    while True:
        with reading(number + 1):
            page = next(pages, None)
            layer = None if page is None else library.layer(page)
        if page is None or layer is None:
            return
        number = page.number
        yield page, layer


class Library:
    """Everything that was read of one file so far, by object number."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects
        self._forms: dict[Ref, Form] = {}
        self._palettes: dict[object, Palette] = {}

    def layer(self, page: Page) -> Layer:
        """Return what `page` draws. Raises UnreadableContent, and what `reading` takes for it."""
        palette = self._palette(page.resources, DEEPEST)
        group = self._group_space(page.group)
        return Layer(drawn(page.content), palette if group <= palette.families else _with_families(palette, group))

    def family(self, space: object, named: Facts) -> str:
        """Return what a colour space comes to on a press, as SPACES calls it; `named` are those of the resources."""
        found = self.objects.at(space)
        if isinstance(found, Name):
            return SPACES.get(found) or (self.family(named[found], {}) if found in named else UNKNOWN)
        parts = self.objects.items(found)
        kind = str(parts[0]) if parts else ""
        if kind == "ICCBased":
            return BY_COMPONENTS.get(int(self.objects.number(self.objects.facts(parts[1]).get("N"))), UNKNOWN)
        if kind in {"Indexed", "I", "Pattern"} and len(parts) > 1:
            return self.family(parts[1], named)
        return SPACES.get(kind, UNKNOWN)

    def _palette(self, resources: object, depth: int) -> Palette:
        if not depth:
            raise ValueError("forms within forms without end")
        key = resources if isinstance(resources, Ref) else repr(resources)
        if key not in self._palettes:
            self._palettes[key] = self._read(self.objects.facts(resources), depth - 1)
        return self._palettes[key]

    def _read(self, resources: Facts, depth: int) -> Palette:
        objects, named = self.objects, self.objects.facts(resources.get("ColorSpace"))
        things = objects.facts(resources.get("XObject"))
        pictures = {name: objects.facts(thing) for name, thing in things.items() if self._is(thing, "Image")}
        forms = {name: thing for name, thing in things.items() if self._is(thing, "Form")}
        patterns = list(objects.facts(resources.get("Pattern")).values())
        shadings = [objects.facts(pattern).get("Shading") for pattern in patterns]
        shadings += objects.facts(resources.get("Shading")).values()
        spaces = [objects.facts(shading).get("ColorSpace") for shading in shadings if shading is not None]
        spaces += [picture.get("ColorSpace") for picture in pictures.values() if not picture.get("ImageMask")]
        otherwise = [pattern for pattern in patterns if isinstance(objects.at(pattern), Stream)]
        otherwise += self._soft_masks(resources)
        return Palette(
            {name: self._font(font) for name, font in objects.facts(resources.get("Font")).items()},
            {name: self.family(space, {}) for name, space in named.items()},
            {name: self._form(thing, depth) for name, thing in forms.items()},
            {
                name: Picture(int(objects.number(facts.get("Width"))), int(objects.number(facts.get("Height"))))
                for name, facts in pictures.items()
            },
            [self._form(thing, depth) for thing in otherwise],
            frozenset(self.family(space, named) for space in spaces),
        )

    def _is(self, thing: object, subtype: str) -> bool:
        return is_name(self.objects.facts(thing).get("Subtype"), subtype)

    def _form(self, thing: object, depth: int) -> Form:
        if not isinstance(thing, Ref):
            raise ValueError("a stream that is no object of its own")
        if thing not in self._forms:
            facts = self.objects.facts(thing)
            # What is drawn without resources of its own may name nothing: an old freedom that print houses refuse.
            palette = self._palette(facts.get("Resources"), depth)
            palette = _with_families(palette, self._group_space(facts.get("Group")))
            left, bottom, right, top = self.objects.numbers(facts.get("BBox"))
            matrix = Matrix(*self.objects.numbers(facts.get("Matrix")))
            layer = Layer(drawn(self.objects.content(thing)), palette)
            self._forms[thing] = Form(layer, matrix, (left, bottom, right, top))
        return self._forms[thing]

    def _soft_masks(self, resources: Facts) -> list[object]:
        states = (self.objects.facts(state) for state in self.objects.facts(resources.get("ExtGState")).values())
        masks = [self.objects.at(state.get("SMask")) for state in states]
        return [mask["G"] for mask in masks if isinstance(mask, dict)]

    def _group_space(self, group: object) -> frozenset[str]:
        facts = self.objects.facts(group)
        return frozenset({self.family(facts["CS"], {})}) if "CS" in facts else frozenset()

    def _font(self, font: object) -> Font:
        facts = self.objects.facts(font)
        is_wide = is_name(facts.get("Subtype"), "Type0")
        letters = self.objects.facts(self.objects.items(facts.get("DescendantFonts"))[0]) if is_wide else facts
        descriptor = self.objects.facts(letters.get("FontDescriptor"))
        programs = [self.objects.at(descriptor.get(f"FontFile{kind}")) for kind in ("", "2", "3")]
        # The letters of a Type 3 font are drawings inside the file.
        is_embedded = is_name(facts.get("Subtype"), "Type3") or any(isinstance(it, Stream) for it in programs)
        name = str(facts.get("BaseFont", facts.get("Name", "?"))).rpartition("+")[2]
        return Font(name, is_embedded, is_wide)


def _with_families(palette: Palette, families: frozenset[str]) -> Palette:
    return replace(palette, families=palette.families | families)
