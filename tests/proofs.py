"""Proofs in tests that are about something else: kept and approved without being drawn."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pikepdf

from giftshop import orders, production
from giftshop.cards import programme
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.orders.proofing import card_of
from giftshop.production import Drawn, PrintRun

IMPRINT = orders.Imprint(hotline="400-000-0000", public_url="http://localhost")
"""As the tests' settings have it."""


def seen(tx: Transaction, order_id: int, imprint: orders.Imprint = IMPRINT) -> dict[str, Any]:
    """What `orders.place` is told by a buyer who looked at the proof of a draft."""
    order = orders.order_by_id(tx, order_id)
    card = card_of(tx, order, imprint)
    if card is None:
        return {"seen_proof": "", "imprint": imprint}
    drawn = undrawn(card)
    orders.keep_proof(tx, order_id, order.firm_id, drawn, imprint, by=SYSTEM, at=clock.now())
    return {"seen_proof": drawn.seen, "imprint": imprint}


def approve_run(tx: Transaction, run_id: int) -> None:
    """Have what a print run would print approved."""
    run = tx.get_one(PrintRun, run_id)
    drawn, subject, at = undrawn(production.card_of(tx, run)), production.subject_of(tx, run), clock.now()
    firm_id = programme(tx, run.programme_id).firm_id
    production.keep_proof(tx, subject, firm_id, drawn, about="a test", by=SYSTEM, at=at)
    production.approve_proof(tx, subject, firm_id, drawn.seen, by=SYSTEM, at=at)


def undrawn(card: Any) -> Drawn:
    """The proof of a card, whose file nobody will look at."""
    content, art = production.content_of(*card), production.art_of(*card)
    return Drawn(content, art, blank(), "https://gifts.example/r#SPECIMEN")


@cache
def blank() -> bytes:
    """A page with nothing on it."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 300))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
