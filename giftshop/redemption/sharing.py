"""Several shopping cards on one choice: which can pay together, what each gives, and how it comes back.

Cards of one firm and one currency pay together, each for what its own programme offers: a firm's programmes are settled
with that firm alone, and what it chose for each holds. The card whose code was opened is always among them; the others
were added by their codes, and are looked at anew each time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import update

from giftshop import cards
from giftshop.cards import (
    AlreadyClaimed,
    CardBlocked,
    CardExpired,
    CardNotActive,
    HeldCard,
    NotEnoughLeft,
    Standing,
    Taken,
)
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.redemption import queries
from giftshop.redemption.errors import (
    CardsChanged,
    GiftBookApart,
    NotEnoughTogether,
    NotForThese,
    NothingOnIt,
    ShoppingCardApart,
)
from giftshop.redemption.models import Redemption, RedemptionPayment
from giftshop.redemption.rules import Purse, Share, seal_of, share_out, take_back

NOT_ANY_MORE: Final = (AlreadyClaimed, CardBlocked, CardExpired, CardNotActive, NotEnoughLeft)
"""Why a card refuses to give what it was shown to give."""


_NOT_OPEN: Final[Mapping[Standing, type[Refused]]] = {
    Standing.EXPIRED: CardExpired,
    Standing.BLOCKED: CardBlocked,
    Standing.CLAIMED: AlreadyClaimed,
}


@dataclass(frozen=True, slots=True)
class Added:
    """A further card, and why it does not pay along just now, if it does not."""

    card: HeldCard
    why_not: Refused | None


@dataclass(frozen=True, slots=True)
class Together:
    """The cards of one choice: the one that was opened, and those added to it."""

    opened: HeldCard
    added: tuple[Added, ...] = ()

    @property
    def paying(self) -> list[HeldCard]:
        """Those that can pay for what is chosen."""
        return [self.opened, *(each.card for each in self.added if each.why_not is None)]

    @property
    def holds(self) -> Money:
        """What they hold together."""
        return sum((card.balance for card in self.paying), Money.zero(self.opened.balance.currency))

    def refuse_too_dear(self, cost: Money) -> None:
        """Raise NotEnoughLeft for what costs more than they hold."""
        if self.holds < cost:
            raise (NotEnoughTogether if self.added else NotEnoughLeft)(left=self.holds, cost=cost)

    def shares(self, cost: Money) -> list[Share]:
        """Return what each gives towards `cost`, in the order they are asked."""
        return share_out([Purse(card.id, card.serial, card.expires_at, card.balance) for card in self.paying], cost)

    def seal(self, cost: Money) -> str:
        """Return what has to be the same when it is confirmed; nothing for a card by itself."""
        return seal_of(self.shares(cost)) if self.added else ""


def together(
    reader: Reader, opened: HeldCard, further: Sequence[int], wanted: Collection[int], *, at: datetime
) -> Together:
    """Return how cards stand together for these items. Asks nothing where there are no further ones."""
    if not further:
        return Together(opened)
    held = cards.held_cards(reader, further, at=at)
    offers = {opened.programme_id: set(wanted)}
    for card in held.values():
        if card.programme_id not in offers:
            offers[card.programme_id] = set(cards.products_of(reader, card.programme_id))
    there = [held[card_id] for card_id in further if card_id in held]
    return Together(
        opened, tuple(Added(card, why_not(opened, card, wanted, offers[card.programme_id])) for card in there)
    )


def why_not(opened: HeldCard, card: HeldCard, wanted: Collection[int], offered: Collection[int]) -> Refused | None:
    """Return why a card cannot pay along with the one that was opened, or None."""
    if not card.is_value:
        return GiftBookApart(field="code")
    if card.firm_id != opened.firm_id or card.balance.currency != opened.balance.currency:
        return ShoppingCardApart(field="code")
    if card.standing is not Standing.OPEN:
        return _NOT_OPEN.get(card.standing, CardNotActive)(field="code", until=card.valid_until)
    if card.balance and set(wanted) <= set(offered):
        return None
    return NotForThese(field="code") if card.balance else NothingOnIt(field="code")


def take(tx: Transaction, here: Together, shares: Sequence[Share], *, at: datetime) -> dict[int, Taken]:
    """Take off each card what it gives: all of it or nothing. Holds the opened card in any case.

    Raises CardsChanged where several pay, and what `cards.take_off` raises for one by itself.
    """
    amounts = {here.opened.id: Money.zero(here.opened.balance.currency)}
    amounts |= {share.card_id: share.gives for share in shares if share.gives}
    try:
        return cards.take_off(tx, amounts, at=at)
    except NOT_ANY_MORE as refusal:
        if len(amounts) == 1:
            raise
        raise CardsChanged from refusal


def note(tx: Transaction, redemption: Redemption, parts: Sequence[tuple[int, Money]]) -> None:
    """Write down which card gives what for a visit, in the order they were asked, if it is not its own card alone."""
    if any(gives and card_id != redemption.card_id for card_id, gives in parts):
        kept = [(card_id, gives) for card_id, gives in parts if gives or card_id == redemption.card_id]
        for place, (card_id, gives) in enumerate(kept, start=1):
            row = {"card_id": card_id, "position": place, "amount_minor": gives.amount_minor}
            tx.add(RedemptionPayment(redemption_id=redemption.id, **row))
        tx.flush()


def give_back(
    tx: Transaction, redemption: Redemption, amount: Money | None = None, *, by: Actor, at: datetime
) -> Money | None:
    """Put `amount` (None: all) of what a visit cost back on the cards that gave it; return what came back.

    Of a part the card that was asked last has it back first (see `take_back`); then its rows say what each gives now.
    """
    gave = queries.shares_of(tx, [redemption])[redemption.id]
    currency = cards.held_card(tx, redemption.card_id, at=at).balance.currency
    total = sum(given for _card_id, given in gave)
    back = take_back(gave, total if amount is None else amount.amount_minor)
    for card_id, minor in sorted(back.items()):
        cards.put_back(tx, card_id, Money(minor, currency), subject=redemption.source, by=by, at=at)
    if amount is not None:
        _write(tx, redemption, {card_id: -minor for card_id, minor in back.items()})
    return Money(sum(back.values()), currency)


def take_more(tx: Transaction, redemption: Redemption, amount: Money, *, by: Actor, at: datetime) -> None:
    """Take `amount` more for a visit off the cards that pay for it, in the order they are asked.

    A card that was made instead of one of them is not asked: its code was not typed in here. Raises NotEnoughLeft and
    what `cards.take_off` raises.
    """
    ids = [card_id for card_id, _given in queries.shares_of(tx, [redemption])[redemption.id]]
    if ids == [redemption.card_id]:
        cards.spend(tx, redemption.card_id, amount, subject=redemption.source, by=by, at=at)
        return
    held = [card for card in cards.held_cards(tx, ids, at=at).values() if card.standing is Standing.OPEN]
    purses = [Purse(card.id, card.serial, card.expires_at, card.balance) for card in held]
    shares = [share for share in share_out(purses, amount) if share.gives]
    given = sum((share.gives for share in shares), Money.zero(amount.currency))
    if given < amount:
        raise NotEnoughTogether(left=given, cost=amount)
    taken = cards.take_off(tx, {share.card_id: share.gives for share in shares}, at=at)
    cards.book_spend(tx, [taken[share.card_id] for share in shares], subject=redemption.source, by=by, at=at)
    _write(tx, redemption, {share.card_id: share.gives.amount_minor for share in shares})


def _write(tx: Transaction, redemption: Redemption, changes: Mapping[int, int]) -> None:
    """Let the rows of a visit say what its cards give now; one that is paid by its own card has none."""
    for card_id, minor in sorted(changes.items()):
        own = (RedemptionPayment.redemption_id == redemption.id, RedemptionPayment.card_id == card_id)
        given = RedemptionPayment.amount_minor + minor
        tx.change(update(RedemptionPayment).where(*own).values(amount_minor=given))
