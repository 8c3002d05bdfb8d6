"""The proofs of the demonstration: drawn as on the site, and approved by the firm that ordered.

They are drawn inside the story's transactions: nobody else is at the database while it is told.
"""

from __future__ import annotations

from giftshop import cards, orders, production
from giftshop.config import Settings
from giftshop.db import Reader, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor


def imprint_of(settings: Settings) -> orders.Imprint:
    """Return what stands on every card."""
    return orders.Imprint(settings.hotline, settings.public_url)


def look_at(tx: Transaction, order_id: int, imprint: orders.Imprint, *, by: Actor) -> str:
    """Draw the proof of a draft, and return what its buyer has seen: nothing where nothing is printed."""
    order = orders.order_by_id(tx, order_id)
    drawn = orders.draw_proof(tx, order, imprint)
    if drawn is None:
        return ""
    orders.keep_proof(tx, order_id, order.firm_id, drawn, imprint, by=by, at=clock.now())
    return drawn.seen


def draw_run(reader: Reader, run: production.PrintRun) -> production.Drawn:
    """Return the proof of cards that no order of ours bought."""
    design, art = production.card_of(reader, run)
    public_url = cards.batch(reader, run.batch_id).public_url
    return production.draw(design, art, production.specimen(production.specimen_name(art), public_url))


def approve_run(tx: Transaction, run: production.PrintRun, drawn: production.Drawn, *, by: Actor) -> None:
    """Have such a proof kept and approved."""
    subject, programme, at = production.subject_of(tx, run), cards.programme(tx, run.programme_id), clock.now()
    production.keep_proof(tx, subject, programme.firm_id, drawn, about=programme.name, by=by, at=at)
    production.approve_proof(tx, subject, programme.firm_id, drawn.seen, by=by, at=at)
