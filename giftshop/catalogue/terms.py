"""What an item is found by, and how what people type is read. Pure: no database, no web.

Chinese is written without spaces, so a name is kept with each of its ends (西湖龙井: 湖龙井, 龙井, 井), and looking for
what begins like 龙井 finds it in the middle, too. The same is done with its sound (xihulongjing, longjing) and with the
first letters of that (xhlj, lj).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final

HAN: Final = re.compile("[\u3400-\u9fff]")
RUN: Final = re.compile("[\u3400-\u9fff]+|[^\\W_\u3400-\u9fff]+")
LONGEST: Final = 60
"""Characters of a term; nobody types more of a name."""
MAX_WORDS: Final = 6
"""Of a search; more do not find better."""

SAYS_NOTHING: Final = frozenset({"a", "an", "and", "for", "gift", "in", "of", "the", "to", "with", "礼品", "礼物"})
"""Words that every gift could be looked for with: left out beside others."""


class TermKind(StrEnum):
    """What a term is to its item."""

    WORD = "word"
    """A whole word of its names, or of its collections'."""
    PAIR = "pair"
    """Two neighbouring words written as one."""
    WITHIN = "within"
    """The end of a Chinese word."""
    TAG = "tag"
    """A tag as staff wrote it; it is not searched, but what stands in it is."""
    SKU = "sku"
    """The SKU without its marks, or a part of it."""
    PINYIN = "pinyin"
    """How a Chinese word, or its end, sounds."""
    INITIALS = "initials"
    """The first letter of each syllable of that."""


Term = tuple[TermKind, str]


def terms_of(sku: str, words: Iterable[str], tags: Iterable[str]) -> set[Term]:
    """Return everything that an item is found by. `words` are its names and whatever else stands for it."""
    found: set[Term] = set()
    for text in [*words, *tags]:
        found |= _terms_in(text)
    parts = runs_in(sku)
    found |= {(TermKind.SKU, part) for part in [*parts, "".join(parts)]}
    found |= {(TermKind.TAG, tag) for tag in tags}
    return {(kind, term[:LONGEST]) for kind, term in found if term}


def runs_in(text: str) -> list[str]:
    """Return the words of a text as they are compared: small, half-width, without accents, Chinese by itself."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ü", "v")
    plain = re.sub("['’`]", "", plain)
    letters = unicodedata.normalize("NFKD", plain)
    return RUN.findall("".join(letter for letter in letters if not unicodedata.combining(letter)))


def words_in(text: str) -> list[str]:
    """Return the words of a search, English ones without their plural, at most MAX_WORDS that say something."""
    words = [word if is_han(word) else stem(word) for word in runs_in(text)]
    return ([word for word in words if word not in SAYS_NOTHING] or words)[:MAX_WORDS]


def is_han(word: str) -> bool:
    """Whether a word is Chinese."""
    return HAN.match(word) is not None


def stem(word: str) -> str:
    """Return an English word without the ending of its plural: mooncakes, boxes, berries."""
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def joined(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words with two neighbours written as one ("moon cake"), and at last with all letters as one."""
    for place in range(len(words) - 1):
        if not (is_han(words[place]) or is_han(words[place + 1])):
            yield [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]
    if len(words) > 2 and not any(map(is_han, words)):
        yield ["".join(words)]


def sounds_of(word: str) -> list[tuple[str, ...]]:
    """Return how a Chinese word is read, a syllable a character: as in its phrase (重庆: chong qing), and one by one.

    The second is what people type who know the characters and not the place: 六安 as liu an.
    """
    lazy_pinyin = _pinyin()
    readings = [tuple(lazy_pinyin(word)), tuple(lazy_pinyin(list(word)))]
    return [sounds for sounds in dict.fromkeys(readings) if len(sounds) == len(word)]


def sound_of(word: str) -> str:
    """Return how a Chinese word is read, as one word."""
    return "".join(next(iter(sounds_of(word)), ()))


@cache
def _pinyin() -> Any:
    """Return the reader of characters. It brings 60 MB of dictionary: whoever writes no item never needs it."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- see above

    return lazy_pinyin


def _terms_in(text: str) -> set[Term]:
    runs, found = runs_in(text), set[Term]()
    for place, run in enumerate(runs):
        if is_han(run):
            found |= _chinese_terms(run[:LONGEST])
            continue
        found.add((TermKind.WORD, stem(run)))
        if place and not is_han(runs[place - 1]):
            found.add((TermKind.PAIR, stem(runs[place - 1] + run)))
    return found


def _chinese_terms(word: str) -> set[Term]:
    found = {(TermKind.WORD, word)} | {(TermKind.WITHIN, word[start:]) for start in range(1, len(word))}
    for sounds in sounds_of(word):
        for start in range(len(word)):
            found.add((TermKind.PINYIN, "".join(sounds[start:])))
            found.add((TermKind.INITIALS, "".join(sound[0] for sound in sounds[start:])))
    return found
