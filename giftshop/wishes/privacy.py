"""What readers of a list said under their name, deleted lists, favourites of closed accounts, and networks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select

from giftshop import accounts
from giftshop.accounts import UserState
from giftshop.db import Reader, Transaction
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.web.privacy import AT_ONCE, Eraser, RowKey, Traces, Whom, nobody
from giftshop.wishes.models import Favourite, WishAnswer, WishLink, WishList, WishListItem, WishReader, WishTry


def erasers(keep: Retention) -> list[Eraser]:
    """Return what is known of people here. Who answered is known by a name alone, so only age finds them."""
    return [
        Eraser("wishes.readers", N_("Answers to shared lists"), nobody, _no_readers, keep.sayings, _old_readers),
        Eraser("wishes.lists", N_("Deleted lists"), nobody, _no_lists, keep.attempts, _old_lists),
        Eraser("wishes.favourites", N_("Favourites"), _favourites, _no_favourites, keep.lists, None),
        Eraser("wishes.tries", N_("Answers by network"), nobody, _no_tries, keep.attempts, _old_tries),
    ]


def _old_readers(reader: Reader, before: datetime) -> Sequence[RowKey]:
    """A link that ended brings no more answers, and what it brought has been read."""
    ended = or_(WishLink.revoked_at < before, WishLink.expires_at < before)
    old = select(WishReader.id).join(WishLink, WishLink.id == WishReader.link_id).where(ended)
    return reader.scalars(old.limit(AT_ONCE)).all()


def _no_readers(tx: Transaction, rows: Sequence[RowKey]) -> int:
    tx.change(delete(WishAnswer).where(WishAnswer.reader_id.in_(rows)))
    return tx.change(delete(WishReader).where(WishReader.id.in_(rows)))


def _old_lists(reader: Reader, before: datetime) -> Sequence[RowKey]:
    return reader.scalars(select(WishList.id).where(WishList.dropped_at < before).limit(AT_ONCE)).all()


def _no_lists(tx: Transaction, rows: Sequence[RowKey]) -> int:
    """Delete lists whole; one that was brought back meanwhile stays."""
    gone = tx.scalars(select(WishList.id).where(WishList.id.in_(rows), WishList.dropped_at.is_not(None))).all()
    links = select(WishLink.id).where(WishLink.list_id.in_(gone))
    readers = tx.scalars(select(WishReader.id).where(WishReader.link_id.in_(links))).all()
    _no_readers(tx, readers)
    tx.change(delete(WishLink).where(WishLink.list_id.in_(gone)))
    tx.change(delete(WishListItem).where(WishListItem.list_id.in_(gone)))
    return tx.change(delete(WishList).where(WishList.id.in_(gone)))


def _favourites(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    """Those of an account that is open are needed: it is closed first."""
    person = accounts.person_by_email(reader, whom.email) if whom.email else None
    if person is None or not reader.scalar(select(func.count()).where(Favourite.user_id == person.user.id)):
        return Traces()
    if person.user.state is UserState.DISABLED:
        return Traces([person.user.id])
    return Traces(needed=[f"#{person.user.id}"])


def _no_favourites(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(delete(Favourite).where(Favourite.user_id.in_(rows)))


def _old_tries(reader: Reader, before: datetime) -> Sequence[RowKey]:
    return reader.scalars(select(WishTry.id).where(WishTry.at < before).limit(AT_ONCE)).all()


def _no_tries(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return tx.change(delete(WishTry).where(WishTry.id.in_(rows)))
