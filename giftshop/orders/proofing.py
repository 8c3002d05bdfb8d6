"""What an order has printed, its proof, and that nothing is ordered whose proof was not approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from giftshop import branding, paper, production
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.orders.designs import has_printed_card
from giftshop.orders.drafts import locked
from giftshop.orders.models import Order
from giftshop.orders.queries import KIND
from giftshop.orders.rules import OrderKind, OrderState


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every card, whoever ordered it."""

    hotline: str
    public_url: str


def card_of(reader: Reader, order: Order, imprint: Imprint) -> tuple[paper.CardDesign, paper.CardArt] | None:
    """Return what is the same on all cards of an order; None for e-cards, and sets without a card."""
    if not has_printed_card(reader, order):
        return None
    words = words_of(reader, order, imprint)
    return production.design_of(words.design), production.card_art(words)


def words_of(reader: Reader, order: Order, imprint: Imprint) -> production.CardWords:
    """Return what the cards of an order say."""
    return production.CardWords(
        sender_name=order.sender_name,
        headline=order.headline,
        greeting=order.greeting,
        contact_line=order.contact_line,
        hotline=imprint.hotline,
        public_url=imprint.public_url,
        valid_until=order.valid_until,
        locale=order.card_locale,
        logo=branding.logo_bytes(reader, order.firm_id, order.logo_id) if order.logo_id else None,
        is_named=order.has_list,
        design=order.design,
        accent=order.accent,
        lettering=order.lettering,
        value=order.face if order.kind is OrderKind.SHOPPING_CARD else None,
    )


def draw(reader: Reader, order: Order, imprint: Imprint) -> production.Drawn | None:
    """Return the proof of an order, made out to a specimen; None if nothing is printed. Slow: lays out a card.

    Raises what `production.draw` raises.
    """
    card = card_of(reader, order, imprint)
    if card is None:
        return None
    name = production.specimen_name(card[1])
    if order.gift_set_id is None:
        return production.draw(*card, production.specimen(name, imprint.public_url))
    return production.draw(*card, production.greeting_face(name, production.SPECIMEN_NUMBER))


def content_of(reader: Reader, order: Order, imprint: Imprint) -> str:
    """Return the mark of what would be printed for an order now; nothing for one that has nothing printed."""
    card = card_of(reader, order, imprint)
    return production.content_of(*card) if card else ""


def keep_shown(
    tx: Transaction,
    order_id: int,
    firm_id: int,
    drawn: production.Drawn,
    imprint: Imprint,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep the proof of a draft as a version, unless the draft was changed or placed while it was drawn."""
    order = locked(tx, order_id, firm_id)
    if order.state is OrderState.DRAFT and content_of(tx, order, imprint) == drawn.content_hash:
        production.keep_proof(tx, (KIND, order_id), firm_id, drawn, about=order.number, by=by, at=at)


def approve_shown(
    tx: Transaction, order_id: int, firm_id: int, seen: str, imprint: Imprint, *, by: Actor, at: datetime
) -> None:
    """Approve the proof of an order that was `seen`; of a draft only if it is the one that would be printed now.

    Raises ProofChanged, ProofDecided.
    """
    order = locked(tx, order_id, firm_id)
    if order.state is OrderState.DRAFT and not seen.startswith(content_of(tx, order, imprint)):
        raise production.ProofChanged
    production.approve_proof(tx, (KIND, order_id), firm_id, seen, by=by, at=at)


def hold_to_proof(tx: Transaction, order: Order, seen: str, imprint: Imprint, *, by: Actor, at: datetime) -> None:
    """Approve the proof that was `seen`, if it is the one that would be printed now; nothing where there is none.

    Raises ProofChanged, ProofDecided, ProofMissing.
    """
    current = content_of(tx, order, imprint)
    if not current:
        return
    subject = (KIND, order.id)
    if seen and not seen.startswith(current):
        raise production.ProofChanged
    if seen:
        production.approve_proof(tx, subject, order.firm_id, seen, by=by, at=at)
    last = production.latest_proof(tx, subject)
    if last is None or last.state is production.ProofState.FROM_BEFORE:  # sent back: what is placed anew is seen anew
        raise production.ProofMissing
    production.refuse_unapproved(tx, subject, current)
