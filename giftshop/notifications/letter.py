"""How a mail looks: what rooms write is plain text, and this reads off it where a heading, a button or a code stands.

So each mail is written once, as text, and its HTML can say nothing else. What a person typed is text here too: it is
escaped by the template, and only an address that stands in the text becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from jinja2 import Environment

from giftshop.config import Settings
from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.web import current_locale, in_locale

TEMPLATE: Final = "notifications/mail.html"
ADDRESS: Final = re.compile(r"https?://[^\s<>\"'，。；！？、）】》]+[^\s<>\"'，。；！？、）】》.,;:!?)]")
CODE: Final = re.compile(r"[0-9A-Z](?:[0-9A-Z -]{2,30})[0-9A-Z]")
"""A line of nothing else is a code to be typed somewhere."""
HAN: Final = re.compile(r"[\u4e00-\u9fff]")
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)
"""What a mail may do that is shown on a page of ours: be looked at and followed."""
CHINESE: Final = "zh_Hans"
PREVIEW: Final = 140
"""Characters that a mail programme shows beside the subject."""


class BlockKind(StrEnum):
    """What a piece of a mail is."""

    WORDS = "words"
    """A paragraph, of one or several lines."""
    LIST = "list"
    """Lines that each begin with a dash."""
    BUTTON = "button"
    """An address alone on its line."""
    CODE = "code"
    """A code alone on its line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: plain words, or with `address` a link."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a mail: its lines, each of words and links."""

    kind: BlockKind
    lines: Sequence[Sequence[Piece]]

    @property
    def text(self) -> str:
        """Return its first line as it was written."""
        return "".join(piece.text for piece in self.lines[0])


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: stands above and below every mail."""

    site_name: str
    public_url: str
    hotline: str

    @classmethod
    def of(cls, settings: Settings) -> Letterhead:
        """Return the letterhead of a site."""
        return cls(settings.site_name, settings.public_url, settings.hotline)


class Painter(Protocol):
    """Turns a mail into HTML."""

    def __call__(self, subject: str, text: str, locale: str = "", /) -> str:
        """Return the HTML of a mail in the language it is written in; without one that is read off its script."""


def painter(environment: Environment, head: Letterhead) -> Painter:
    """Return what turns a mail's subject and text into the HTML that stands beside the text."""

    def paint(subject: str, text: str, locale: str = "", /) -> str:
        preview = " ".join(ADDRESS.sub("", text).split())[:PREVIEW]
        with in_locale(locale or (CHINESE if HAN.search(text) else DEFAULT_LOCALE)):
            return environment.get_template(TEMPLATE).render(
                head=head, subject=subject, blocks=list(blocks(text)), locale=current_locale(), preview=preview
            )

    return paint


def blocks(text: str) -> Iterator[Block]:
    """Yield the pieces of a mail. Blank lines part paragraphs; an address or a code alone on its line stands out."""
    for paragraph in re.split(r"\n[ \t]*\n", text.strip("\n")):
        yield from _blocks_of([line.strip() for line in paragraph.splitlines() if line.strip()])


def _blocks_of(lines: Sequence[str]) -> Iterator[Block]:
    run: list[str] = []
    kind = BlockKind.WORDS
    for line in lines:
        found = _kind(line)
        alone = found in {BlockKind.BUTTON, BlockKind.CODE}
        if run and (alone or found is not kind):
            yield _block(kind, run)
            run = []
        kind = found
        if alone:
            yield _block(found, [line])
        else:
            run.append(line.removeprefix("- ") if found is BlockKind.LIST else line)
    if run:
        yield _block(kind, run)


def _kind(line: str) -> BlockKind:
    if ADDRESS.fullmatch(line):
        return BlockKind.BUTTON
    if CODE.fullmatch(line) and any(character.isdigit() for character in line):
        return BlockKind.CODE
    return BlockKind.LIST if line.startswith("- ") else BlockKind.WORDS


def _block(kind: BlockKind, lines: Sequence[str]) -> Block:
    return Block(kind, [list(_pieces(line)) for line in lines])


def _pieces(line: str) -> Iterator[Piece]:
    end = 0
    for found in ADDRESS.finditer(line):
        if found.start() > end:
            yield Piece(line[end : found.start()])
        yield Piece(found[0], found[0])
        end = found.end()
    if end < len(line):
        yield Piece(line[end:])
