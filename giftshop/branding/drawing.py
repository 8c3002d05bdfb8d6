"""A stranger's SVG, drawn anew: a new tree with the elements and values of `svg_words`, and nothing else of the file.

Before that, the file is walked once without building anything, to refuse entities and what is far too much; after
that, what it would cost to draw is counted, since a part that is used a thousand times is drawn a thousand times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from lxml import etree

from giftshop.branding.errors import DrawingDamaged, DrawingTooComplicated, NothingDrawn
from giftshop.branding.rules import Colour
from giftshop.branding.svg_paints import colours_of
from giftshop.branding.svg_styles import Styles
from giftshop.branding.svg_words import (
    CUTS,
    ELEMENTS,
    HREF,
    LETTERS,
    PAINTS,
    SHAPES,
    SILENT,
    UNWRAPPED,
    kept_value,
    local_name_in,
)

CUTTING: Final = ("clip-path", "mask")
REFERRING: Final = (HREF, *CUTTING)
SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
NAMESPACES: Final = {None: SVG, "xlink": XLINK}
MAX_BYTES: Final = 2 * 1024 * 1024
MAX_ELEMENTS: Final = 20_000
MAX_DEPTH: Final = 100
MAX_DRAWN: Final = 60_000
"""Elements drawn in the end, with every use, clip and mask counted each time."""
MAX_SIDE: Final = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG drawn anew, and what was found in it."""

    content: bytes
    width: float
    height: float
    has_text: bool
    lost_parts: bool
    colours: list[Colour]


def is_svg(raw: bytes) -> bool:
    """Whether a file means to be an SVG: XML whose beginning speaks of one."""
    head = raw[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return head.startswith(b"<") and b"svg" in raw[:65536].replace(b"\0", b"").lower()


def redrawn(raw: bytes, *, field: str) -> Drawing:
    """Return the SVG in `raw` drawn anew. Raises DrawingDamaged, DrawingTooComplicated or NothingDrawn at `field`."""
    if len(raw) > MAX_BYTES:
        raise _too_complicated(field)
    _Inspection(field).walk(raw)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        source = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DrawingDamaged(field=field) from error
    if _kind(source) != "svg":
        raise DrawingDamaged(field=field)
    width, height, view_box = _size(source, field)
    copy = _Copy(source)
    if not any(True for _ in copy.root.iter(*(f"{{{SVG}}}{kind}" for kind in SHAPES))):
        raise NothingDrawn(field=field)
    if copy.cost > MAX_DRAWN:
        raise _too_complicated(field)
    copy.root.set("viewBox", view_box)
    copy.root.set("width", f"{width:g}")
    copy.root.set("height", f"{height:g}")
    return Drawing(
        content=etree.tostring(copy.root, encoding="utf-8", xml_declaration=True),
        width=width,
        height=height,
        has_text=any(True for _ in copy.root.iter(f"{{{SVG}}}text")),
        lost_parts=copy.lost_parts,
        colours=colours_of(copy.root),
    )


class _Inspection:
    """Walks the file without building anything of it."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.elements = self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def walk(self, raw: bytes) -> None:
        """Raise DrawingDamaged or DrawingTooComplicated; or return."""
        try:
            self.parser.Parse(raw, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise DrawingDamaged(field=self.field) from error

    def _begin(self, _name: str, _attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise _too_complicated(self.field)

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations:  # entities could be declared there; the doctype alone, as many programs write it, may stay
            raise DrawingDamaged(field=self.field)


class _Copy:
    """The new tree of a drawing."""

    def __init__(self, source: etree._Element) -> None:
        sheets = ["".join(map(str, style.itertext())) for style in source.iter() if _kind(style) == "style"]
        self.styles = Styles(sheets)
        self.lost_parts = False
        self.root = etree.Element(f"{{{SVG}}}svg", nsmap=NAMESPACES)  # type: ignore[arg-type]  # None is the default one
        self._dress(source, self.root, "svg")
        self._copy_children(source, self.root, inside_cut=False)
        self._drop_bad_references()

    @property
    def cost(self) -> int:
        """Return how many elements are drawn, counting what is used again each time."""
        by_id, known = self._by_id(), dict[str, int]()

        def drawn(part: etree._Element) -> int:
            return 1 + sum(drawn_for(local_name_in(part.get(name, ""))) for name in REFERRING)

        def drawn_for(name: str | None) -> int:
            if name is None or name not in by_id:
                return 0
            if name not in known:
                known[name] = 0  # whatever turns in a ring is counted once round
                known[name] = min(sum(map(drawn, by_id[name].iter())), 2 * MAX_DRAWN)
            return known[name]

        return sum(map(drawn, self.root.iter()))

    def _copy_children(self, source: etree._Element, target: etree._Element, *, inside_cut: bool) -> None:
        for child in source:
            kind = _kind(child)
            if kind in SILENT or not kind:
                continue
            if kind not in ELEMENTS and kind not in UNWRAPPED:
                self.lost_parts = True
                continue
            new_kind = "g" if kind in UNWRAPPED else kind
            new = etree.SubElement(target, f"{{{SVG}}}{new_kind}")
            self._dress(child, new, new_kind)
            if inside_cut or kind in CUTS:  # what cuts is not cut itself: nested cuts cost their product
                for name in CUTTING:
                    if name in new.attrib:
                        del new.attrib[name]
            self._copy_children(child, new, inside_cut=inside_cut or kind in CUTS)

    def _dress(self, source: etree._Element, target: etree._Element, kind: str) -> None:
        """Give the new element the attributes that may stay, and the letters of a text."""
        plain = {HREF if name == "href" else str(name): str(value) for name, value in source.attrib.items()}
        words = [str(source.get(name, "")) for name in ("class", "id", "style")]
        for name, value in {**plain, **self.styles.attributes_of(kind, *words)}.items():
            kept = kept_value(name, value)
            if kept is not None and (name != "viewBox" or _view_box(kept)):
                target.set(name, kept)
            elif name in {"filter", "stroke-dasharray"} and value != "none":
                self.lost_parts = True
        if kind in LETTERS or kind in {"title", "desc"}:
            target.text = source.text
        if kind == "tspan":
            target.tail = source.tail

    def _drop_bad_references(self) -> None:
        """Take out what points nowhere, or could turn in a ring: a use of a use, a gradient of a gradient of a …"""
        by_id, uses = self._by_id(), list(self.root.iter(f"{{{SVG}}}use"))
        holding_a_use = {part.get("id") for use in uses for part in (use, *use.iterancestors())}
        for use in uses:
            name, parent = local_name_in(use.get(HREF, "")), use.getparent()
            if parent is not None and (name not in by_id or name in holding_a_use):
                parent.remove(use)
                self.lost_parts = True
        for paint in self.root.iter(*(f"{{{SVG}}}{kind}" for kind in PAINTS)):
            target = by_id.get(local_name_in(paint.get(HREF, "")) or "")
            if HREF in paint.attrib and (target is None or _kind(target) not in PAINTS or HREF in target.attrib):
                del paint.attrib[HREF]

    def _by_id(self) -> dict[str, etree._Element]:
        return {str(element.get("id")): element for element in self.root.iter() if element.get("id")}


def _kind(element: etree._Element) -> str:
    """Return the name of an SVG element; nothing for a comment, an instruction, or another vocabulary."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    return name if space in {"", "{" + SVG} else ""


def _size(source: etree._Element, field: str) -> tuple[float, float, str]:
    """Return width, height and the view box, from the view box or else from the sides. Raises DrawingDamaged."""
    sides = [str(source.get(side, "")) for side in ("width", "height")]
    box = _view_box(str(source.get("viewBox", ""))) or _view_box(" ".join(["0 0", *sides]))
    if box is None:
        raise DrawingDamaged(field=field)
    return box[2], box[3], " ".join(f"{number:g}" for number in box)


def _view_box(text: str) -> tuple[float, ...] | None:
    """Return a view box that can be drawn in: four numbers, with sides of which none is a hair."""
    box = tuple(_numbers(text))
    if len(box) != 4 or max(map(abs, box)) > MAX_SIDE or min(box[2:]) <= 0 or max(box[2:]) > 1000 * min(box[2:]):
        return None
    return box


def _numbers(text: str) -> Iterator[float]:
    for part in text.replace(",", " ").split():
        try:
            yield float(part.rstrip("ptxcminPTXCMIN"))
        except ValueError:
            return


def _too_complicated(field: str) -> DrawingTooComplicated:
    return DrawingTooComplicated(field=field, kilobytes=MAX_BYTES // 1024, shapes=MAX_ELEMENTS)
