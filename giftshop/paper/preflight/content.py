"""What a content stream does: what it fills, writes and places, where, and in which ink (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final, NamedTuple, TypeVar

from giftshop.paper.preflight.lexing import InlinePicture, Name, Rectangles, Token, UnreadableContent, Word, tokens

GRAY: Final = "DeviceGray"
RGB: Final = "DeviceRGB"
CMYK: Final = "DeviceCMYK"

DEVICE: Final = {"g": (GRAY, 1), "rg": (RGB, 3), "k": (CMYK, 4)}
"""The colour operators that name their space themselves, and how many numbers each takes."""
HARMLESS: Final = frozenset(
    {
        *("re", "h", "W", "W*", "w", "J", "j", "M", "d", "ri", "i", "gs", "sh", "BX", "EX", "d0", "d1"),
        *("BT", "ET", "Tc", "Tw", "Tz", "TL", "Ts", "Td", "TD", "Tm", "T*", "MP", "DP", "BMC", "BDC", "EMC"),
    }
)
"""Operators that change nothing of what is looked at here."""


class Matrix(NamedTuple):
    """A transformation of the plane, as PDF writes it."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def after(self, first: Matrix) -> Matrix:
        """Return the transformation that does `first` and then this one."""
        return Matrix(
            first.a * self.a + first.b * self.c,
            first.a * self.b + first.b * self.d,
            first.c * self.a + first.d * self.c,
            first.c * self.b + first.d * self.d,
            first.e * self.a + first.f * self.c + self.e,
            first.e * self.b + first.f * self.d + self.f,
        )


class Ink(NamedTuple):
    """A colour: the space it is given in (a device space, or a name in the resources) and its parts."""

    space: str = GRAY
    parts: tuple[float, ...] = (0.0,)

    @property
    def is_black_alone(self) -> bool:
        """Whether nothing but the black plate prints it, as dark as it can."""
        return self in {(GRAY, (0.0,)), (CMYK, (0.0, 0.0, 0.0, 1.0))}


@dataclass(frozen=True, slots=True)
class Fill:
    """A path made of rectangles alone, filled in one stroke."""

    rectangles: Sequence[Rectangles]
    matrix: Matrix
    ink: Ink


@dataclass(frozen=True, slots=True)
class Placed:
    """A form or a picture of the resources, drawn here."""

    name: str
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class PlacedInline:
    """A picture written into the content stream, drawn here."""

    facts: Mapping[str, object]
    matrix: Matrix


@dataclass(slots=True)
class Drawing:
    """What one content stream draws."""

    fills: list[Fill] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    pictures: list[PlacedInline] = field(default_factory=list)
    spaces: set[str] = field(default_factory=set)
    """Every colour space that is named by an operator, used or not."""
    text_inks: set[Ink] = field(default_factory=set)
    fonts: set[str] = field(default_factory=set)
    """Names of the fonts that something is written in; an empty one where text is shown without any."""
    boxed: set[str] = field(default_factory=set)
    """Those of them in which two bytes of nothing are shown: in a font of two bytes a glyph, the empty box."""


AS_IT_IS: Final = Matrix()
BLACK: Final = Ink()


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix = AS_IT_IS
    fill: Ink = BLACK
    stroke: Ink = BLACK
    font: str = ""
    rendering: int = 0


def drawn(content: bytes) -> Drawing:
    """Return what `content` draws, in its own coordinates. Raises UnreadableContent."""
    return _Painter().run(content)


_Verb = TypeVar("_Verb")


def _by_operator(verbs: Mapping[str, _Verb]) -> Mapping[str, _Verb]:
    return {operator: verb for operators, verb in verbs.items() for operator in operators.split()}


class _Painter:
    """Follows the operators. Operands that do not suit their operator are refused, as a print house's would be."""

    def __init__(self) -> None:
        self._drawing = Drawing()
        self._state = _State()
        self._kept: list[_State] = []
        self._rectangles: list[Rectangles] = []
        self._is_curved = False

    def run(self, content: bytes) -> Drawing:
        operands: list[Token] = []
        for token in tokens(content):
            if isinstance(token, Word):
                self._do(token, operands)
                operands = []
            elif isinstance(token, Rectangles):
                self._rectangles.append(token)
            elif isinstance(token, InlinePicture):
                self._drawing.pictures.append(PlacedInline(token.facts, self._state.matrix))
            else:
                operands.append(token)
        if self._kept or operands:
            raise UnreadableContent("it ends in the middle")
        return self._drawing

    def _do(self, operator: str, operands: list[Token]) -> None:
        verb = self.VERBS.get(operator)
        if verb is None:
            if operator not in HARMLESS:
                raise UnreadableContent("an unknown operator")
            return
        try:
            verb(self, operator, operands)
        except (IndexError, TypeError, ValueError):
            raise UnreadableContent("an operator with the wrong operands") from None

    def _save(self, _operator: str, _operands: list[Token]) -> None:
        self._kept.append(self._state)

    def _restore(self, _operator: str, _operands: list[Token]) -> None:
        self._state = self._kept.pop()

    def _transform(self, _operator: str, operands: list[Token]) -> None:
        self._state = replace(self._state, matrix=self._state.matrix.after(Matrix(*_numbers(operands, 6))))

    def _curve(self, _operator: str, _operands: list[Token]) -> None:
        self._is_curved = True

    def _fill(self, _operator: str, _operands: list[Token]) -> None:
        if self._rectangles and not self._is_curved:
            self._drawing.fills.append(Fill(self._rectangles, self._state.matrix, self._state.fill))
        self._end_path(_operator, _operands)

    def _end_path(self, _operator: str, _operands: list[Token]) -> None:
        self._rectangles, self._is_curved = [], False

    def _device_colour(self, operator: str, operands: list[Token]) -> None:
        space, count = DEVICE[operator.lower()]
        self._colour(operator, Ink(space, _numbers(operands, count)))

    def _space(self, operator: str, operands: list[Token]) -> None:
        space = _name(operands[0])
        # Black in grey, RGB and CMYK alike; other spaces are told apart by their name only.
        parts = {GRAY: (0.0,), RGB: (0.0,) * 3, CMYK: (0.0, 0.0, 0.0, 1.0)}.get(space, ())
        self._colour(operator, Ink(space, parts))

    def _in_space(self, operator: str, operands: list[Token]) -> None:
        current = self._state.stroke if operator.isupper() else self._state.fill
        parts = tuple(part for part in operands if isinstance(part, float))
        self._colour(operator, Ink(current.space, parts))

    def _colour(self, operator: str, ink: Ink) -> None:
        self._drawing.spaces.add(ink.space)
        is_stroke = operator.isupper()
        self._state = replace(self._state, stroke=ink) if is_stroke else replace(self._state, fill=ink)

    def _place(self, _operator: str, operands: list[Token]) -> None:
        self._drawing.placed.append(Placed(_name(operands[0]), self._state.matrix))

    def _font(self, _operator: str, operands: list[Token]) -> None:
        self._state = replace(self._state, font=_name(operands[0]))

    def _rendering(self, _operator: str, operands: list[Token]) -> None:
        self._state = replace(self._state, rendering=int(_numbers(operands, 1)[0]))

    def _show(self, _operator: str, operands: list[Token]) -> None:
        shown = operands[-1]
        for part in shown if isinstance(shown, list) else [shown]:
            if isinstance(part, bytes) and b"\0\0" in {part[at : at + 2] for at in range(0, len(part), 2)}:
                self._drawing.boxed.add(self._state.font)
        self._drawing.fonts.add(self._state.font)
        inks = {0: (self._state.fill,), 1: (self._state.stroke,), 2: (self._state.fill, self._state.stroke)}
        self._drawing.text_inks.update(inks.get(self._state.rendering % 4, ()))

    VERBS: ClassVar[Mapping[str, Callable[[_Painter, str, list[Token]], None]]] = _by_operator(
        {
            "q": _save,
            "Q": _restore,
            "cm": _transform,
            "m l c v y": _curve,
            "f F f* B B* b b*": _fill,
            "n S s": _end_path,
            "g G rg RG k K": _device_colour,
            "cs CS": _space,
            "sc SC scn SCN": _in_space,
            "Do": _place,
            "Tf": _font,
            "Tr": _rendering,
            "Tj TJ ' \"": _show,
        }
    )


def _numbers(operands: list[Token], count: int) -> tuple[float, ...]:
    numbers = tuple(operand for operand in operands if isinstance(operand, float))
    if len(numbers) != count or len(operands) != count:
        raise ValueError("not the numbers it takes")
    return numbers


def _name(operand: Token) -> str:
    if not isinstance(operand, Name):
        raise TypeError("not a name")
    return str(operand)
