"""A further shopping card on the same choice: its code goes into the same forgiving box, within the same limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from giftshop import cards
from giftshop.cards import HeldCard, TooManyGuesses
from giftshop.kernel import clock
from giftshop.kernel.codes import Typo
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.redemption import binding, drafts, sharing, visit
from giftshop.redemption.entries import words_for
from giftshop.redemption.errors import AsksForItsPhone, CardIsHere, CodeUnknown, TooManyCards
from giftshop.redemption.rules import MOST_CARDS
from giftshop.redemption.sharing import Together
from giftshop.redemption.way import Way
from giftshop.web import Form, current_shop, reader, say, transact

MANY: Final = MOST_CARDS - 1
"""Cards that can be added to the one that was opened."""


class CardCodeForm(Form):
    """The code of a further card."""

    code = StringField(_l("Code of the other card"))


@dataclass(frozen=True, slots=True)
class Row:
    """A card on the page, in the order in which it is asked."""

    card: HeldCard
    gives: Money
    left: Money
    is_added: bool
    """Whether it can be taken out again: not the one that was opened."""
    why_not: str = ""
    """Why it does not pay along just now, in words."""


def here(way: Way, basket: Mapping[int, int] | None = None) -> Together:
    """Return the cards of a choice, for what is in the basket or in `basket`."""
    wanted = way.basket if basket is None else basket
    return sharing.together(reader(), way.card, way.further, list(wanted), at=clock.now())


def rows(way: Way, together: Together, cost: Money) -> list[Row]:
    """Return the cards of a choice in the order they are asked; then those that do not pay along. One alone: none."""
    if not together.added:
        return []
    held, own = {card.id: card for card in together.paying}, way.card.id
    paying = [Row(held[each.card_id], each.gives, each.left, each.card_id != own) for each in together.shares(cost)]
    nothing = Money.zero(way.card.balance.currency)
    apart = [
        Row(each.card, nothing, each.card.balance, is_added=True, why_not=say(each.why_not))
        for each in together.added
        if each.why_not
    ]
    return paying + apart


def join(way: Way, form: CardCodeForm, basket: Mapping[int, int] | None = None) -> int:
    """Add the card whose code is in the form to a choice; say at its field why not. Returns the status of the page.

    `basket`: what is typed in beside it, to be kept along.
    """
    try:
        found = _found(form.code.data or "", way)
        if isinstance(found, Typo):
            form.code.errors = [words_for(form.code.data or "", found)]
            return 422
        if found.id in way.further:
            return 303  # sent twice, it is here once
        if binding.asks_for_phone(current_shop().settings.market, found):
            raise AsksForItsPhone
        wanted = way.basket if basket is None else basket
        refusal = sharing.why_not(way.card, found, wanted, cards.products_of(reader(), found.programme_id))
        if refusal is not None:
            raise refusal
    except Refused as refusal:
        refusal.field = "code"
        form.refuse(refusal)
        return 429 if isinstance(refusal, TooManyGuesses) else 422
    _keep(way, [*way.further, found.id], basket)
    return 303


def leave(way: Way, basket: Mapping[int, int] | None = None) -> None:
    """Take the card out that the pressed button names, if it is there."""
    serials = cards.serials_by_id(reader(), way.further)
    _keep(way, [card_id for card_id in way.further if serials[card_id] != request.form.get("remove")], basket)


def _found(text: str, way: Way) -> HeldCard | Typo:
    """Return the card of a code, within the limits on guessing. Raises what there is to say instead."""
    if len(way.further) >= MANY:
        raise TooManyCards(most=MOST_CARDS)
    address, at = request.remote_addr or "", clock.now()
    keyring = current_shop().settings.keyring
    found = cards.card_by_code(reader(), text, keyring=keyring, address=address, at=at)
    if found is None:
        transact(cards.count_wrong, address, hashes=cards.code_hashes(keyring, text), at=at)
        raise CodeUnknown
    if isinstance(found, HeldCard) and found.id == way.card.id:
        raise CardIsHere
    return found


def _keep(way: Way, further: list[int], basket: Mapping[int, int] | None) -> None:
    key = transact(drafts.keep_cards, way.card.id, further, basket=basket, key=way.visit.draft_key, at=clock.now())
    visit.go_on(way.visit, draft_key=key)
