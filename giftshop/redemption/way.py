"""Who is choosing: somebody on the way to a first choice, or to another one than before."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, url_for
from werkzeug.wrappers import Response

from giftshop import fulfilment
from giftshop.cards import HeldCard, Standing
from giftshop.fulfilment import Shipment
from giftshop.redemption import drafts, queries, visit
from giftshop.redemption.models import Draft, Redemption
from giftshop.redemption.presenting import may_change
from giftshop.redemption.visit import Visit
from giftshop.web import reader


@dataclass(frozen=True, slots=True)
class Way:
    """A visit, its card, and what has been chosen so far: in a draft, or (with `redemption`) confirmed before."""

    visit: Visit
    card: HeldCard
    draft: Draft | None
    redemption: Redemption | None
    shipment: Shipment | None

    @property
    def item_id(self) -> int | None:
        """The gift of a book chosen so far."""
        if self.redemption:
            return self.redemption.item_id
        return self.draft.item_id if self.draft else None

    @property
    def basket(self) -> dict[int, int]:
        """How many of which item are chosen so far with a shopping card."""
        if self.redemption:
            lines = queries.lines_of(reader(), [self.redemption.id])[self.redemption.id]
            return {line.item_id: line.quantity for line in lines}
        return drafts.basket_in(self.draft)

    @property
    def further(self) -> list[int]:
        """The ids of further shopping cards that pay along, in the order they were added."""
        return drafts.cards_in(self.draft)

    @property
    def has_chosen(self) -> bool:
        """Whether anything is chosen so far."""
        return bool(self.basket) if self.card.is_value else self.item_id is not None

    @property
    def nth(self) -> int | None:
        """Which visit with a shopping card is changed; None for a first choice, and for gift books."""
        return self.redemption.nth if self.redemption and self.card.is_value else None

    def url(self, endpoint: str) -> str:
        """Return the address of a page of this way."""
        return url_for(endpoint, nth=self.nth)

    @property
    def end(self) -> str:
        """Where it leads back to."""
        return url_for("redemption.order", nth=self.nth) if self.nth else url_for("redemption.gift")


def find(nth: int | None) -> Way | Response:
    """Return who is choosing, or where to send somebody who has nothing to choose here.

    `nth` is the visit with a shopping card that is to be changed; None for a first choice, or for a gift book.
    """
    here, card = visit.opened()
    if nth is None and card.standing is Standing.OPEN:
        return Way(here, card, drafts.draft_of(reader(), here.draft_key, card.id), None, None)
    redemption = queries.nth_redemption_of(reader(), card.id, nth or 1)
    is_of_this_kind = (nth is not None) is card.is_value
    to_the_card = redirect(
        url_for("redemption.order", nth=nth) if nth and redemption else url_for("redemption.gift"), 303
    )
    if redemption is None or not is_of_this_kind or not here.knows(redemption):
        return to_the_card
    shipment = fulfilment.shipment_by_source(reader(), redemption.source)
    if shipment is None or not may_change(shipment):
        return to_the_card
    return Way(here, card, None, redemption, shipment)
