"""The words of a content stream (ISO 32000-1, 7.2 and 8.9.7), read as they stand in the file.

Rectangles that follow each other, of which a QR code has hundreds, are one word: read one by one they would take
most of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


class Word(str):
    """An operator."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to the object of that number. No content stream has any."""

    number: int


@dataclass(frozen=True, slots=True)
class Rectangles:
    """One `re` after the other: a row of left, bottom, width and height for each."""

    rows: Numbers


@dataclass(frozen=True, slots=True)
class InlinePicture:
    """A picture written into the content stream itself: what stands between BI and ID."""

    facts: Mapping[str, object]


Token = float | Name | Word | bytes | list[object] | dict[str, object] | Rectangles | InlinePicture


PICTURE_BEGINS: Final = "BI"
REFERENCE_ENDS: Final = "R"


class UnreadableContent(ValueError):
    """The content stream is not what the standard allows. Says nothing of what stands in it."""


_SPACE: Final = rb"[\x00\t\n\f\r ]"
_NUMBER: Final = rb"[+-]?(?:\d++\.?\d*+|\.\d++)"
_REGULAR: Final = rb"[^\x00\t\n\f\r ()<>\[\]{}/%]"
_BETWEEN: Final = re.compile(rb"(?:" + _SPACE + rb"|%[^\r\n]*+)*+")
_TOKEN: Final = re.compile(
    rb"(?:(?P<rectangles>(?:(?:" + _NUMBER + _SPACE + rb"++){4}re(?!" + _REGULAR + rb")" + _SPACE + rb"*+)++)"
    rb"|(?P<number>" + _NUMBER + rb")(?!" + _REGULAR + rb")"
    rb"|(?P<word>[A-Za-z'\"]" + _REGULAR + rb"*+)"
    rb"|(?P<name>/" + _REGULAR + rb"*+)"
    rb"|(?P<hex><[0-9A-Fa-f\x00\t\n\f\r ]*+>)"
    rb"|(?P<bracket><<|>>|[\[\]])"
    rb"|(?P<string>\())" + _SPACE + rb"*+"
)
_IN_STRING: Final = re.compile(rb"\\.|[()]", re.DOTALL)
_PICTURE_ENDS: Final = re.compile(_SPACE + rb"EI(?=" + _SPACE + rb"|\Z)")


def tokens(content: bytes) -> Iterator[Token]:
    """Yield the tokens of a content stream in order. Raises UnreadableContent."""
    return Lexer(content).tokens()


class Lexer:
    """Reads `content` from `at` on."""

    def __init__(self, content: bytes, at: int = 0) -> None:
        self._content = content
        self.at = at

    def value(self) -> object:
        """Return the next object of a file, None also where there is `null`. Raises UnreadableContent."""
        token = self._next()
        (value,) = _values([token])
        if isinstance(value, float) and value.is_integer():
            reference = _REFERENCE.match(self._content, self.at)
            if reference is not None:
                self.at = reference.end()
                return Ref(int(value))
        if isinstance(value, Word | Rectangles):
            raise UnreadableContent("no object")
        return value

    def tokens(self) -> Iterator[Token]:
        """Yield what is left, as a content stream."""
        while (token := self._next()) is not None:
            if not isinstance(token, Word):
                yield token
            elif token == PICTURE_BEGINS:
                yield self._picture()
            elif token in _CLOSING:
                raise UnreadableContent("a bracket too many")
            else:
                yield token

    def _next(self) -> Token | None:
        match = _TOKEN.match(self._content, self.at)
        if match is None:
            self.at = _end_of(_BETWEEN, self._content, self.at)
            if self.at == len(self._content):
                return None
            match = _TOKEN.match(self._content, self.at)
            if match is None:
                raise UnreadableContent(f"no token at byte {self.at}")
        self.at = match.end()
        kind = match.lastgroup or ""
        return self._made(kind, match[kind], match.end(kind))

    def _made(self, kind: str, text: bytes, end: int) -> Token:
        if kind == "string":
            self.at = end  # spaces behind the bracket belong to the string
            return self._string()
        if kind == "bracket":
            return self._bracketed(text)
        return _SIMPLE[kind](text)

    def _string(self) -> bytes:
        """Read a string up to its closing bracket, resolving what is written as \\n, \\( or \\101."""
        start, depth = self.at, 1
        while depth:
            match = _IN_STRING.search(self._content, self.at)
            if match is None:
                raise UnreadableContent("a string without end")
            self.at = match.end()
            depth += {b"(": 1, b")": -1}.get(match.group(), 0)
        return _ESCAPE.sub(_meant, self._content[start : self.at - 1])

    def _bracketed(self, bracket: bytes) -> Token:
        if bracket == b"[":
            return _values(self._until("]"))
        if bracket == b"<<":
            return _paired(_values(self._until(">>")))
        return Word(bracket.decode("ascii"))

    def _until(self, closing: str) -> Iterator[object]:
        while (token := self._next()) is not None:
            if token == closing and isinstance(token, Word):
                return
            yield token
        raise UnreadableContent("a bracket without end")

    def _picture(self) -> InlinePicture:
        facts = _paired(_values(self._until("ID")))
        end = _PICTURE_ENDS.search(self._content, self.at)
        if end is None:
            raise UnreadableContent("a picture without end")
        self.at = end.end()
        return InlinePicture(facts)


_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    # A string that goes on in the next line.
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_REFERENCE: Final = re.compile(rb"\d+" + _SPACE + rb"+R(?!" + _REGULAR + rb")")
_VALUES: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None}
_CLOSING: Final = frozenset({"]", ">>"})


def _end_of(pattern: re.Pattern[bytes], content: bytes, at: int) -> int:
    match = pattern.match(content, at)
    return at if match is None else match.end()


def _meant(escape: re.Match[bytes]) -> bytes:
    code = escape.group(1)
    return bytes([int(code, 8) & 0xFF]) if code.isdigit() and code < b"8" else _ESCAPED.get(code, code)


def _values(tokens: Iterable[object]) -> list[object]:
    """Return what stands in a bracket, with references and the three words that are values put together."""
    values: list[object] = []
    for token in tokens:
        if not isinstance(token, Word):
            values.append(token)
        elif token == REFERENCE_ENDS:
            number, _generation = values[-2:]
            values[-2:] = [Ref(int(float(str(number))))]
        else:
            values.append(_VALUES.get(token, token))
    return values


def _paired(flat: list[object]) -> dict[str, object]:
    if len(flat) % 2:
        raise UnreadableContent("a key without a value")
    return {str(key): value for key, value in zip(flat[::2], flat[1::2], strict=True)}


def _unescaped(name: bytes) -> str:
    if b"#" in name:
        name = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code.group(1).decode()), name)
    return name.decode("latin-1")


def _from_hex(digits: bytes) -> bytes:
    text = digits.decode("ascii").replace("\x00", "")
    packed = text if text.isalnum() else "".join(text.split())
    return bytes.fromhex(packed + "0" * (len(packed) % 2))


_SIMPLE: Final[Mapping[str, Callable[[bytes], Token]]] = {
    "number": float,
    "word": lambda text: Word(text.decode("latin-1")),
    "name": lambda text: Name(_unescaped(text[1:])),
    "hex": lambda text: _from_hex(text[1:-1]),
    "rectangles": lambda text: Rectangles(np.fromstring(text.replace(b"re", b""), sep=" ").reshape(-1, 4)),
}
