"""Words printed on cards, in the language of the order: not the language of whoever prints."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from babel.messages.pofile import read_po

from giftshop.kernel.locale import LOCALES, TRANSLATIONS


@cache
def translator(locale: str) -> Callable[[str | None, str], str]:
    """Return the `pgettext(context, word)` of `locale`; a word without translation stays English."""
    path = TRANSLATIONS / locale / "paper.po"
    known: dict[tuple[str | None, str], str] = {}
    if locale in LOCALES and path.is_file():
        with path.open("rb") as file:
            known = {(entry.context, str(entry.id)): str(entry.string) for entry in read_po(file) if entry.string}
    return lambda context, word: known.get((context, word), word)
