"""Showing a list to somebody without an account, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from giftshop import audit
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import LOCALES
from giftshop.wishes import queries
from giftshop.wishes.errors import NothingSaid, ReaderNameMissing, TooManyAnswers, TooManyLinks, TooManyReaders
from giftshop.wishes.models import WishAnswer, WishLink, WishReader, WishTry
from giftshop.wishes.rules import (
    LINK_DAYS,
    MAX_LINKS,
    MAX_NAME,
    MAX_READERS,
    MAX_WORDS,
    MOST_TRIES,
    TRIES_KEPT,
    TRIES_WINDOW,
    Verdict,
)
from giftshop.wishes.service import SUBJECT, locked


@dataclass(frozen=True, slots=True)
class Showing:
    """How a list is to be shown."""

    with_prices: bool
    locale: str = ""
    """The reader's language, or nothing: whatever their browser asks for."""
    days: int = LINK_DAYS[1]


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader says of one gift."""

    verdict: Verdict | None = None
    words: str = ""


def share(tx: Transaction, list_id: int, firm_id: int, showing: Showing, *, by: Actor, at: datetime) -> int:
    """Make a link to a list. Returns its number. Raises NoSuchList, TooManyLinks."""
    locked(tx, list_id, firm_id)
    live = (WishLink.list_id == list_id, WishLink.revoked_at.is_(None), WishLink.expires_at > at)
    if (tx.scalar(select(func.count()).where(*live)) or 0) >= MAX_LINKS:
        raise TooManyLinks(most=MAX_LINKS)
    link = WishLink(
        list_id=list_id,
        with_prices=showing.with_prices,
        locale=showing.locale if showing.locale in LOCALES else "",
        made_by=by.user_id,
        made_at=at,
        expires_at=at + timedelta(days=showing.days if showing.days in LINK_DAYS else LINK_DAYS[1]),
    )
    tx.add(link)
    tx.flush()
    audit.record(tx, "wishes.share", (SUBJECT, list_id), by=by, at=at, link=link.id)
    return link.id


def revoke(tx: Transaction, list_id: int, firm_id: int, link_id: int, *, by: Actor, at: datetime) -> None:
    """End a link at once; twice is once. What was said through it stays. Raises NoSuchList, NoSuchLink."""
    queries.own_list(tx, firm_id, list_id)
    queries.own_link(tx, list_id, link_id)
    if tx.change(update(WishLink).where(WishLink.id == link_id, WishLink.revoked_at.is_(None)).values(revoked_at=at)):
        audit.record(tx, "wishes.revoke", (SUBJECT, list_id), by=by, at=at, link=link_id)


def answer(
    tx: Transaction,
    link_id: int,
    name: str,
    said: Mapping[int, Said],
    *,
    words: str = "",
    reader_id: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Write down what a reader says, by item id; who answered before (`reader_id`) says it anew. Returns their number.

    Raises LinkEnded, ReaderNameMissing, NothingSaid, TooManyReaders.
    """
    tx.get(WishLink, link_id, with_for_update=True, populate_existing=True)
    _link, found = queries.open_link(tx, link_id, at=at)
    on_list = {line.item.id for line in queries.lines_of(tx, found.id)}
    opinions = {item_id: each for item_id, each in said.items() if item_id in on_list and (each.verdict or each.words)}
    if not name.strip():
        raise ReaderNameMissing(field="name")
    if not opinions and not words.strip():
        raise NothingSaid
    known = queries.reader_of_link(tx, link_id, reader_id) or _new_reader(tx, link_id)
    known.name, known.words, known.answered_at = name.strip()[:MAX_NAME], words.strip()[:MAX_WORDS], at
    tx.add(known)
    tx.flush()
    tx.change(delete(WishAnswer).where(WishAnswer.reader_id == known.id))
    for item_id, each in opinions.items():
        tx.change(
            insert(WishAnswer).values(
                reader_id=known.id, item_id=item_id, verdict=each.verdict, words=each.words.strip()[:MAX_WORDS]
            )
        )
    audit.record(tx, "wishes.answer", (SUBJECT, found.id), by=by, at=at, link=link_id)
    return known.id


def _new_reader(tx: Transaction, link_id: int) -> WishReader:
    if (tx.scalar(select(func.count()).where(WishReader.link_id == link_id)) or 0) >= MAX_READERS:
        raise TooManyReaders
    return WishReader(link_id=link_id)


def book_try(tx: Transaction, address: str, *, at: datetime) -> None:
    """Write an answer down before it is judged: a hundred at the same moment then all see each other."""
    tx.change(delete(WishTry).where(WishTry.at < at - TRIES_KEPT))
    tx.change(insert(WishTry).values(address=address, at=at))


def refuse_too_many(reader: Reader, address: str, *, at: datetime) -> None:
    """Raise TooManyAnswers when more came from a network, this one included, than a busy office sends."""
    recent = select(func.count()).where(WishTry.address == address, WishTry.at > at - TRIES_WINDOW)
    if (reader.scalar(recent) or 0) > MOST_TRIES:
        raise TooManyAnswers
