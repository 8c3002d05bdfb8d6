"""Artwork in the colours of a screen made into artwork in inks, inside the PDF: no other program is asked.

`separated` goes through a Form XObject and everything it draws: its operators, gradients, pictures, patterns, groups
and soft masks. What shows through a soft mask is decided by how light the mask is, so a mask is made grey, not inks.
Anything in a colour space that our own artwork never has (Lab, spot colours, meshes) is refused by name.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, cast

import pikepdf
from pikepdf import Name, Object, Operator
from PIL import Image

from giftshop.paper.errors import ColourNotSeparable
from giftshop.paper.gradients import separated_shading
from giftshop.paper.inks import Inks, Rgb, inks

SETS: Final = {"rg": False, "RG": True, "g": False, "G": True, "k": False, "K": True}
"""Operators that set a colour, and whether it is that of lines."""
SPECIAL: Final = {"sc": False, "scn": False, "SC": True, "SCN": True}
"""Operators that set a colour in the space chosen before."""
DEVICE: Final = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
JPEG_QUALITY: Final = 92
PRESS_LUMA: Final = (0.3, 0.59, 0.11)
"""How light a colour is for a soft mask (ISO 32000-1, 11.3.5.2)."""
Step = tuple[Sequence[Any], Operator]


class _OfInks:
    """Colours of what is printed."""

    space = "/DeviceCMYK"
    operators = ("k", "K")

    def __init__(self, press: Inks) -> None:
        self.surface, self.letters, self.picture = press.of, press.of_text, press.picture


class _OfMask:
    """Colours of a soft mask."""

    space = "/DeviceGray"
    operators = ("g", "G")

    def surface(self, colour: Rgb) -> tuple[float, ...]:
        return (round(sum(part * weight for part, weight in zip(colour, PRESS_LUMA, strict=True)), 4),)

    letters = surface

    def picture(self, picture: Image.Image) -> Image.Image:
        return picture.convert("L")


def separated(pdf: pikepdf.Pdf, form: Object) -> Object:
    """Return a Form XObject of `pdf` that shows `form` in inks.

    Raises:
        ColourNotSeparable: it has a colour that we cannot turn into inks.

    """
    return _Separator(pdf, _OfInks(inks())).form(form)


class _Separator:
    """Separates what lies in one PDF, each thing once."""

    def __init__(self, pdf: pikepdf.Pdf, colours: _OfInks | _OfMask) -> None:
        self._pdf, self._colours = pdf, colours
        self._done: dict[tuple[int, int], Object] = {}
        self._mask = self if isinstance(colours, _OfMask) else _Separator(pdf, _OfMask())

    def form(self, form: Object) -> Object:
        """Return a form, or a tiling pattern, in the new colours."""
        return self._once(form, self._new_form)

    def _once(self, thing: Object, convert: Callable[[Object], Object]) -> Object:
        key = thing.objgen
        if key == (0, 0):
            return convert(thing)
        if key not in self._done:
            self._done[key] = convert(thing)
        return self._done[key]

    def _new_form(self, form: Object) -> Object:
        steps = _Recolouring(self._colours).steps(pikepdf.parse_content_stream(form))
        new = self._pdf.make_stream(pikepdf.unparse_content_stream(list(steps)))
        for key, fact in form.stream_dict.items():
            if key not in {"/Length", "/Filter", "/DecodeParms", "/Resources", "/Group"}:
                new[key] = fact
        if "/Group" in form:
            new["/Group"] = self._group(form["/Group"])
        if "/Resources" in form:
            new["/Resources"] = self._resources(form["/Resources"])
        return self._pdf.make_indirect(new)

    def _group(self, group: Object) -> Object:
        new = pikepdf.Dictionary({key: fact for key, fact in group.items() if key != "/CS"})
        new["/CS"] = Name(self._colours.space)
        return new

    def _resources(self, resources: Object) -> Object:
        convert: dict[str, Callable[[Object], Object]] = {
            "/XObject": self._drawn,
            "/Pattern": self._pattern,
            "/Shading": self._shading,
            "/ExtGState": self._state,
        }
        new = pikepdf.Dictionary()
        for kind, entries in resources.items():
            if kind in convert:
                new[kind] = pikepdf.Dictionary({name: convert[kind](thing) for name, thing in entries.items()})
            elif kind != "/ColorSpace":
                # A colour space with a name of its own is refused where it is used: its colours are none of ours.
                new[kind] = entries
        return new

    def _drawn(self, thing: Object) -> Object:
        return self.form(thing) if thing.get("/Subtype") == "/Form" else self._once(thing, self._picture)

    def _pattern(self, pattern: Object) -> Object:
        if isinstance(pattern, pikepdf.Stream):
            return self.form(pattern)
        new = pikepdf.Dictionary(dict(pattern.items()))
        new["/Shading"] = self._shading(pattern["/Shading"])
        return self._pdf.make_indirect(new)

    def _shading(self, shading: Object) -> Object:
        if shading.get("/ColorSpace") == self._colours.space:
            return shading
        return separated_shading(self._pdf, shading, self._colours.surface, self._colours.space)

    def _state(self, state: Object) -> Object:
        mask = state.get("/SMask")
        if not isinstance(mask, pikepdf.Dictionary):
            return state
        new_mask = pikepdf.Dictionary({key: fact for key, fact in mask.items() if key != "/BC"})
        new_mask["/G"] = self._mask.form(mask["/G"])
        new = pikepdf.Dictionary(dict(state.items()))
        new["/SMask"] = new_mask
        return new

    def _picture(self, picture: Object) -> Object:
        if picture.get("/ImageMask") or picture.get("/ColorSpace") == "/DeviceCMYK":
            return picture
        if str(picture.get("/ColorSpace")) not in DEVICE or isinstance(picture.get("/Mask"), pikepdf.Array):
            raise ColourNotSeparable(what="ColorSpace")
        converted = self._colours.picture(pikepdf.PdfImage(cast(pikepdf.Stream, picture)).as_pil_image())
        is_photo = picture.get("/Filter") == "/DCTDecode" and converted.mode == "CMYK"
        new = self._photo(converted) if is_photo else self._pdf.make_stream(converted.tobytes())
        new["/Type"], new["/Subtype"] = Name.XObject, Name.Image
        new["/Width"], new["/Height"] = converted.size
        new["/BitsPerComponent"] = 8
        new["/ColorSpace"] = Name("/DeviceCMYK" if converted.mode == "CMYK" else "/DeviceGray")
        for key in ("/SMask", "/Mask", "/Interpolate"):
            if key in picture:
                new[key] = picture[key]
        return self._pdf.make_indirect(new)

    def _photo(self, picture: Image.Image) -> Object:
        """A photograph stays a JPEG: as pixels it would be ten times as large."""
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        new = self._pdf.make_stream(out.getvalue(), Filter=Name.DCTDecode)
        # Pillow, as Adobe does, writes the inks of a JPEG the other way round.
        new["/Decode"] = pikepdf.Array([1, 0] * 4)
        return new


class _Paint:
    """The colour of surfaces, or of lines, at one point of a content stream."""

    def __init__(self) -> None:
        self.space = "/DeviceGray"
        self.colour: Rgb | None = (0.0, 0.0, 0.0)
        """As a screen has it; None if it is a pattern, or in inks already. A stream begins with black."""

    def copy(self) -> _Paint:
        other = _Paint()
        other.space, other.colour = self.space, self.colour
        return other


class _Recolouring:
    """Goes through one content stream, writing each colour anew: letters may have other inks than surfaces."""

    def __init__(self, colours: _OfInks | _OfMask) -> None:
        self._colours = colours
        self._paints = {False: _Paint(), True: _Paint()}
        self._saved: list[dict[bool, _Paint]] = []
        self._is_text = False

    def steps(self, instructions: Sequence[Any]) -> Iterator[Step]:
        """Yield the instructions with their colours written anew."""
        for instruction in instructions:
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                raise ColourNotSeparable(what="inline image")
            yield from self._step(list(instruction.operands), str(instruction.operator), instruction.operator)

    def _step(self, operands: list[Any], name: str, operator: Operator) -> Iterator[Step]:
        if name in SETS:
            yield from self._set(SETS[name], {"rg": 3, "g": 1, "k": 4}[name.lower()], operands)
        elif name in {"cs", "CS"}:
            yield from self._choose(name == "CS", str(operands[0]), operands, operator)
        elif name in SPECIAL and self._paints[SPECIAL[name]].space in DEVICE:
            is_line = SPECIAL[name]
            yield from self._set(is_line, DEVICE[self._paints[is_line].space], operands)
        elif name in {"BT", "ET"}:
            yield from self._letters(name == "BT", operands, operator)
        else:
            if name == "q":
                self._saved.append({is_line: paint.copy() for is_line, paint in self._paints.items()})
            elif name == "Q" and self._saved:
                self._paints = self._saved.pop()
            yield operands, operator

    def _set(self, is_line: bool, parts: int, operands: list[Any]) -> Iterator[Step]:
        paint = self._paints[is_line]
        if parts == 4:
            if self._colours.space != "/DeviceCMYK":
                raise ColourNotSeparable(what="DeviceCMYK")
            paint.space, paint.colour = "/DeviceCMYK", None
            yield operands, Operator("K" if is_line else "k")
            return
        numbers = [min(max(float(part), 0.0), 1.0) for part in operands]
        paint.space = "/DeviceRGB" if parts == 3 else "/DeviceGray"
        paint.colour = (numbers[0], numbers[1], numbers[2]) if parts == 3 else (numbers[0],) * 3
        yield from self._shown(is_line)

    def _choose(self, is_line: bool, space: str, operands: list[Any], operator: Operator) -> Iterator[Step]:
        paint = self._paints[is_line]
        if space == "/Pattern":
            paint.space, paint.colour = space, None
            yield operands, operator
        elif space in DEVICE:
            # The colour itself follows; until then it is black.
            yield from self._set(is_line, DEVICE[space], [0, 0, 0, 1] if space == "/DeviceCMYK" else [0, 0, 0])
            paint.space = space
        else:
            raise ColourNotSeparable(what=space.removeprefix("/"))

    def _letters(self, begins: bool, operands: list[Any], operator: Operator) -> Iterator[Step]:
        """Write the colours anew around letters, where they differ from those of surfaces."""
        if begins:
            self._is_text = True
            yield from self._differing()
            yield operands, operator
        else:
            yield operands, operator
            self._is_text = False
            yield from self._differing()

    def _differing(self) -> Iterator[Step]:
        for is_line, paint in self._paints.items():
            if paint.colour and self._colours.letters(paint.colour) != self._colours.surface(paint.colour):
                yield from self._shown(is_line)

    def _shown(self, is_line: bool) -> Iterator[Step]:
        colour = self._paints[is_line].colour
        if colour is not None:
            convert = self._colours.letters if self._is_text else self._colours.surface
            yield [round(part, 3) for part in convert(colour)], Operator(self._colours.operators[is_line])
