"""Words printed on cards, in the language of the order: not the language of whoever prints."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from babel.messages.pofile import read_po

from giftshop.kernel.locale import LOCALES
from giftshop.paper.fonts import ROOT


@cache
def translator(locale: str) -> Callable[[str], str]:
    """Return the function that puts a word of ours into `locale`; a word without translation stays English."""
    path = ROOT / "translations" / locale / "paper.po"
    if locale not in LOCALES or not path.is_file():
        return str
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    known = {entry.id: entry.string for entry in catalogue if entry.id and entry.string and not entry.fuzzy}
    return lambda word: str(known.get(word, word))
