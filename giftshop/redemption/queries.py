"""Reads: a card's redemption, the gifts still to be had, what recipients report and write."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from giftshop import catalogue, stock
from giftshop.catalogue import Item
from giftshop.db import Reader
from giftshop.paging import Page, bounded_count, keyset_page
from giftshop.redemption.models import Decline, Problem, Redemption, ThankYou


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift of a book, and whether it is still to be had."""

    item: Item
    left: int

    @property
    def is_there(self) -> bool:
        """Whether one can still be promised."""
        return self.left > 0


def gifts_of(reader: Reader, edition_id: int) -> list[Gift]:
    """Return every gift of a book, in its order, with how many can still be promised: two statements."""
    items = catalogue.items_of(reader, edition_id)
    left = stock.available(reader, [item.id for item in items])
    return [Gift(item, left[item.id]) for item in items]


def redemption_of(reader: Reader, card_id: int) -> Redemption | None:
    """Return what a card was redeemed for, or None."""
    return reader.scalar(select(Redemption).where(Redemption.card_id == card_id))


def redemptions_by_card(reader: Reader, card_ids: Collection[int]) -> dict[int, Redemption]:
    """Return the redemptions of those cards that have one, in one statement."""
    if not card_ids:
        return {}
    return {row.card_id: row for row in reader.scalars(select(Redemption).where(Redemption.card_id.in_(card_ids)))}


def has_declined(reader: Reader, card_id: int) -> bool:
    """Whether the holder of a card said that they do not want the gift."""
    return reader.get(Decline, card_id) is not None


def declined_cards(reader: Reader, card_ids: Collection[int]) -> set[int]:
    """Return which of these cards' holders said that they do not want the gift, in one statement."""
    return set(reader.scalars(select(Decline.card_id).where(Decline.card_id.in_(card_ids)))) if card_ids else set()


def declined_count(reader: Reader, programme_id: int) -> int:
    """Return how many recipients of a programme said that they do not want the gift, and have not chosen since."""
    said = select(func.count()).select_from(Decline).where(Decline.programme_id == programme_id)
    chosen = select(Redemption.id).where(Redemption.card_id == Decline.card_id).exists()
    return reader.scalar(said.where(~chosen)) or 0


def open_problem_count(reader: Reader, card_id: int) -> int:
    """Return how many reports of one card nobody has seen to yet."""
    of_card = (Problem.card_id == card_id, Problem.closed_at.is_(None))
    return reader.scalar(select(func.count()).select_from(Problem).where(*of_card)) or 0


def problems_page(reader: Reader, *, are_closed: bool, after: str | None) -> Page[Problem]:
    """Return a page of reports, the newest first: those that wait, or those that were closed."""
    wanted = Problem.closed_at.is_not(None) if are_closed else Problem.closed_at.is_(None)
    return keyset_page(reader, select(Problem).where(wanted), Problem.id, after=after)


def all_open_problems(reader: Reader) -> int:
    """Return how many reports wait for somebody, counted as far as a page needs it."""
    return bounded_count(reader, select(Problem.id).where(Problem.closed_at.is_(None)))


def thank_you_of(reader: Reader, redemption_id: int) -> ThankYou | None:
    """Return what the recipient wrote to the sender, if they did."""
    return reader.get(ThankYou, redemption_id)


def thank_yous_of(reader: Reader, programme_id: int, *, after: str | None = None) -> Page[ThankYou]:
    """Return a page of what recipients of a programme wrote, the newest first. The caller has checked whose it is."""
    written = select(ThankYou).where(ThankYou.programme_id == programme_id)
    return keyset_page(reader, written, ThankYou.redemption_id, after=after)
