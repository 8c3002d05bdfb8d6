"""Reads: a card's redemption, the gifts still to be had, what recipients report and write."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, func, select

from giftshop import cards, catalogue, stock
from giftshop.cards import HeldCard
from giftshop.catalogue import Item
from giftshop.db import Reader
from giftshop.paging import Page, bounded_count, keyset_page
from giftshop.redemption.models import Decline, Problem, Redemption, RedemptionLine, RedemptionPayment, ThankYou


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


def goods_of(reader: Reader, card: HeldCard) -> list[Gift]:
    """Return all that a card can be redeemed for: the gifts of its book, or the products of its programme."""
    if card.edition_id is not None:
        return gifts_of(reader, card.edition_id)
    ids = cards.products_of(reader, card.programme_id)
    items = catalogue.items_by_id(reader, ids)
    left = stock.available(reader, ids)
    return [Gift(items[item_id], left[item_id]) for item_id in ids]


def redemption_of(reader: Reader, card_id: int) -> Redemption | None:
    """Return what a card was redeemed for, of a shopping card the latest; or None."""
    return reader.scalar(
        select(Redemption).where(Redemption.card_id == card_id).order_by(Redemption.nth.desc()).limit(1)
    )


def nth_redemption_of(reader: Reader, card_id: int, nth: int) -> Redemption | None:
    """Return one of a card's redemptions by its place, from 1."""
    return reader.scalar(select(Redemption).where(Redemption.card_id == card_id, Redemption.nth == nth))


def redemptions_of(reader: Reader, card_id: int) -> Sequence[Redemption]:
    """Return all that a card was redeemed for, the latest first."""
    return reader.scalars(select(Redemption).where(Redemption.card_id == card_id).order_by(Redemption.nth.desc())).all()


def lines_of(reader: Reader, redemption_ids: Collection[int]) -> dict[int, list[RedemptionLine]]:
    """Return the lines of visits with shopping cards, by redemption, in one statement."""
    found: dict[int, list[RedemptionLine]] = {redemption_id: [] for redemption_id in redemption_ids}
    if found:
        of_these = select(RedemptionLine).where(RedemptionLine.redemption_id.in_(redemption_ids))
        for line in reader.scalars(of_these.order_by(RedemptionLine.redemption_id, RedemptionLine.position)):
            found[line.redemption_id].append(line)
    return found


def shares_of(reader: Reader, visits: Collection[Redemption]) -> dict[int, list[tuple[int, int]]]:
    """Return which cards gave how much for visits with shopping cards, in the order they were asked; one statement."""
    found: dict[int, list[tuple[int, int]]] = {}
    if visits:
        of_these = RedemptionPayment.redemption_id.in_([each.id for each in visits])
        for row in reader.scalars(select(RedemptionPayment).where(of_these).order_by(RedemptionPayment.position)):
            found.setdefault(row.redemption_id, []).append((row.card_id, row.amount_minor))
    return {each.id: found.get(each.id) or [(each.card_id, each.value_minor or 0)] for each in visits}


def visits_paid_along(reader: Reader, card_id: int) -> Sequence[Redemption]:
    """Return the visits with other cards that a card paid for as well, in the order they were made."""
    paid = (RedemptionPayment.card_id == card_id, Redemption.card_id != card_id)
    own = select(Redemption).join(RedemptionPayment, RedemptionPayment.redemption_id == Redemption.id).where(*paid)
    return reader.scalars(own.order_by(Redemption.id)).all()


def items_chosen(reader: Reader, redemption: Redemption) -> list[tuple[Item, int]]:
    """Return what was chosen, and how many of each: one gift of a book, or the products of a visit."""
    if redemption.item_id is not None:
        return [(catalogue.item(reader, redemption.item_id), 1)]
    lines = lines_of(reader, [redemption.id])[redemption.id]
    items = catalogue.items_by_id(reader, [line.item_id for line in lines])
    return [(items[line.item_id], line.quantity) for line in lines]


def chosen_in(reader: Reader, visits: Sequence[Redemption]) -> dict[int, list[tuple[Item, int]]]:
    """Return what was chosen in each of several visits with shopping cards, by visit, in two statements."""
    lines = lines_of(reader, [visit.id for visit in visits])
    items = catalogue.items_by_id(reader, {line.item_id for each in lines.values() for line in each})
    return {visit_id: [(items[line.item_id], line.quantity) for line in each] for visit_id, each in lines.items()}


def redemptions_by_card(reader: Reader, card_ids: Collection[int]) -> dict[int, Redemption]:
    """Return the redemptions of those cards that have one, of shopping cards the latest, in one statement."""
    if not card_ids:
        return {}
    found = select(Redemption).where(Redemption.card_id.in_(card_ids)).order_by(Redemption.nth)
    return {row.card_id: row for row in reader.scalars(found)}


def has_declined(reader: Reader, card_id: int) -> bool:
    """Whether the holder of a card said that they do not want the gift."""
    return reader.run(_DECLINED, {"card_id": card_id}).first() is not None


_DECLINED: Final = select(Decline.card_id).where(Decline.card_id == bindparam("card_id"))


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


def oldest_open_problems(reader: Reader, *, limit: int) -> Sequence[Problem]:
    """Return the reports that wait longest for somebody."""
    return reader.scalars(select(Problem).where(Problem.closed_at.is_(None)).order_by(Problem.id).limit(limit)).all()


def newest_problem(reader: Reader) -> int:
    """Return the id of the last report, 0 without any."""
    return reader.scalar(select(func.max(Problem.id))) or 0


def problems_since(reader: Reader, problem_id: int) -> int:
    """Return how many reports came after this one and wait, counted as far as a page needs it."""
    return bounded_count(reader, select(Problem.id).where(Problem.id > problem_id, Problem.closed_at.is_(None)))


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
