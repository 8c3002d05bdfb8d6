"""Finding items by what people type: as it is, by its sound, by its first letters, and when it is mistyped.

What is typed is read first (`understand`), which costs a look or two a word; what was understood is a subquery
(`Search.matches`) that goes with any statement about items, so that lists filter, count and page as they always do.
"""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from giftshop.catalogue.models import Item, SearchTerm
from giftshop.catalogue.terms import TermKind, is_han, joined, sound_of, stem, words_in
from giftshop.db import Reader

NAMED: Final = (TermKind.WORD, TermKind.PAIR, TermKind.WITHIN, TermKind.SKU)
SOUNDED: Final = (TermKind.PINYIN, TermKind.INITIALS)
EXACT, PREFIX, PINYIN, INITIALS = range(4)
"""How well a term answers a word; a list shows the least first."""
LAST: Final = "\U0010ffff"
NOTHING: Final = "\N{REPLACEMENT CHARACTER}"
"""What is looked for when somebody types marks only: no term has it."""
SHORT: Final = 5
"""A word with fewer letters that is a word of ours is not taken for a sound as well: "pen" is no 盆."""
LEAST_MENDED: Final = 4
"""Letters of a word that may be mistyped: from one letter in three another word is made too easily."""


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for, as it was understood. Without words it asks for everything."""

    words: tuple[tuple[str, tuple[TermKind, ...]], ...] = ()
    """Each word, and as what it is looked up."""
    mended: str = ""
    """What was looked for instead of what was typed; empty if that was found."""

    def __bool__(self) -> bool:
        """Whether anything was typed."""
        return bool(self.words)

    def matches(self) -> Subquery:
        """Return `item_id` and `rank` of the items that every word finds, the lowest rank being the best."""
        first, *others = [_answers(word, kinds) for word, kinds in self.words]
        rank: ColumnElement[int] = first.c.rank
        joined_up = select(first.c.item_id)
        for other in others:
            joined_up = joined_up.join(other, other.c.item_id == first.c.item_id)
            rank = rank + other.c.rank
        return joined_up.add_columns(rank.label("rank")).subquery()

    def holds(self) -> ColumnElement[bool]:
        """Return the condition that every word finds an item."""
        return Item.id.in_(select(self.matches().c.item_id)) if self else true()

    def narrow(self, statement: Select[Item]) -> Select[Item]:
        """Return a statement about items with only those that are found; its order is left alone."""
        return statement.where(self.holds()) if self else statement


def understand(reader: Reader, text: str) -> Search:
    """Return how `text` is best understood: as it is, with two words as one, or mended. It may still find nothing."""
    words = words_in(text) or ([NOTHING] if text.strip() else [])
    together = [list(map(stem, others)) for others in joined(words)]
    ours = _words_of_ours(reader, {word for others in (words, *together) for word in others})
    for others in together:
        if ours.issuperset(others):  # a moon cake is no moon
            return _search(others, ours)
    typed = _search(words, ours)
    if not words or _finds(reader, typed):
        return typed
    for others in together:
        search = _search(others, ours)
        if _finds(reader, search):
            return search
    mended = [better for word in words for better in _mended(reader, word)]
    if mended and mended != words:
        search = _search(mended, _words_of_ours(reader, mended), mended=" ".join(mended))
        if _finds(reader, search):
            return search
    return typed


def tagged(tag: str) -> ColumnElement[bool]:
    """Return the condition that an item bears a tag."""
    return Item.id.in_(select(SearchTerm.item_id).where(SearchTerm.kind == TermKind.TAG, SearchTerm.term == tag))


def _words_of_ours(reader: Reader, words: Several[str]) -> frozenset[str]:
    """Return those of some words, Chinese ones left out, that an item has as a whole word."""
    asked = sorted({word for word in words if not is_han(word)})
    if not asked:
        return frozenset()
    there = select(SearchTerm.term).where(SearchTerm.term.in_(asked), SearchTerm.kind == TermKind.WORD)
    return frozenset(reader.scalars(there.distinct()))


def _search(words: Sequence[str], ours: frozenset[str], *, mended: str = "") -> Search:
    return Search(tuple((word, _kinds(word, is_ours=word in ours)) for word in words), mended)


def _kinds(word: str, *, is_ours: bool) -> tuple[TermKind, ...]:
    if is_han(word) or len(word) == 1:
        return NAMED
    return NAMED if len(word) < SHORT and is_ours else (*NAMED, *SOUNDED)


def _answers(word: str, kinds: Sequence[TermKind]) -> Subquery:
    term = aliased(SearchTerm)
    rank = case(
        (and_(term.term == word, term.kind.in_(NAMED)), EXACT),
        (term.kind.in_(NAMED), PREFIX),
        (term.kind == TermKind.PINYIN, PINYIN),
        else_=INITIALS,
    )
    found = select(term.item_id, func.min(rank).label("rank")).where(_begins(term.term, word), term.kind.in_(kinds))
    return found.group_by(term.item_id).subquery()


def _begins(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """Return the condition that a term begins with a word: a stretch of the index, which compares bytes."""
    return and_(column >= word, column < word + LAST)


def _finds(reader: Reader, search: Search) -> bool:
    return bool(search) and reader.scalar(select(literal(1)).select_from(search.matches()).limit(1)) is not None


def _is_known(reader: Reader, word: str) -> bool:
    return _finds(reader, _search([word], _words_of_ours(reader, [word])))


def _mended(reader: Reader, word: str) -> list[str]:
    """Return the words that somebody probably meant; none if there is no telling."""
    if _is_known(reader, word):
        return [word]
    if is_han(word):
        alike = _sounding_alike(reader, word)
        return [alike] if alike else list(_pieces(reader, word))
    nearest = _nearest(reader, word)
    return [nearest] if nearest else []


def _sounding_alike(reader: Reader, word: str) -> str:
    """Return a word of ours that sounds like a Chinese word (龙景: 龙井), or nothing: people type by sound."""
    sound = sound_of(word)
    if len(word) < 2 or not sound:
        return ""
    sounding = aliased(SearchTerm)
    their_items = select(sounding.item_id).where(sounding.kind == TermKind.PINYIN, _begins(sounding.term, sound))
    theirs = select(SearchTerm.term).distinct()
    theirs = theirs.where(SearchTerm.kind.in_(NAMED), SearchTerm.item_id.in_(their_items), SearchTerm.size >= len(word))
    beginnings = {term[: len(word)] for term in reader.scalars(theirs.limit(400)) if is_han(term)}
    return next((each for each in sorted(beginnings) if sound_of(each) == sound), "")


def _pieces(reader: Reader, word: str) -> Iterator[str]:
    """Yield the longest words of ours that a Chinese word is made of (龙井茶: 龙井, 茶)."""
    start = 0
    while start < len(word):
        ends = range(len(word), start, -1)
        end = next((end for end in ends if end - start < len(word) and _is_known(reader, word[start:end])), None)
        if end:
            yield word[start:end]
        start = end or start + 1


def _nearest(reader: Reader, word: str) -> str:
    """Return the word of ours that differs least from a mistyped one, the commonest of several, or nothing.

    The first letter is taken to be right: it seldom is not, and without that 重庆 would be mended into 中宁.
    """
    if len(word) < LEAST_MENDED:
        return ""
    slips = 1 if len(word) < 8 else 2
    near = select(SearchTerm.term, func.count().label("count")).where(
        SearchTerm.kind.in_((TermKind.WORD, TermKind.PINYIN)),
        SearchTerm.size.between(len(word) - slips, len(word) + slips),
    )
    distances = [
        (distance, -count, term)
        for term, count in reader.execute(near.group_by(SearchTerm.term))
        if term[0] == word[0] and (distance := OSA.distance(word, term, score_cutoff=slips)) <= slips
    ]
    return min(distances)[2] if distances else ""
