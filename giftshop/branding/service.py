"""Keeping a firm's logos."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from giftshop.audit import record
from giftshop.branding.artwork import Artwork
from giftshop.branding.models import Logo
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor


def save_logo(tx: Transaction, firm_id: int, art: Artwork, *, by: Actor, at: datetime) -> Logo:
    """Keep a logo of a firm, as `redraw` made it from the firm's file; the same one twice is one."""
    is_new = tx.add_new(
        Logo,
        firm_id=firm_id,
        public_id=secrets.token_urlsafe(16),
        sha256=art.sha256,
        kind=art.kind,
        content=art.content,
        width=art.width,
        height=art.height,
        is_pale=art.is_pale,
        has_text=art.has_text,
        lost_parts=art.lost_parts,
        uploaded_by=by.id,
        uploaded_at=at,
    )
    logo = tx.scalars(select(Logo).where(Logo.firm_id == firm_id, Logo.sha256 == art.sha256)).one()
    if is_new:
        record(tx, "branding.save_logo", ("logo", logo.id), by=by, at=at, firm=firm_id, kind=art.kind)
    return logo
