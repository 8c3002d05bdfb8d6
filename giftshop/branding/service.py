"""Keeping a firm's logos; its brand kit is kept by `kits`."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select, update

from giftshop.audit import record
from giftshop.branding.artwork import Artwork
from giftshop.branding.models import BrandKit, Logo
from giftshop.branding.queries import logo as logo_of
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor


def save_logo(tx: Transaction, firm_id: int, art: Artwork, *, by: Actor, at: datetime) -> Logo:
    """Keep a logo of a firm, as `redraw` made it from the firm's file; the same one twice is one.

    One that was retired is offered again.
    """
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
        tones=list(art.tones),
        uploaded_by=by.id,
        uploaded_at=at,
    )
    logo = tx.scalars(select(Logo).where(Logo.firm_id == firm_id, Logo.sha256 == art.sha256)).one()
    if is_new or logo.retired_at is not None:
        logo.retired_at = None
        record(tx, "branding.save_logo", ("logo", logo.id), by=by, at=at, firm=firm_id, kind=art.kind)
    logo.tones = list(art.tones)
    tx.flush()
    return logo


def retire_logo(tx: Transaction, firm_id: int, logo_id: int, *, by: Actor, at: datetime) -> None:
    """Offer a logo no longer; orders and sets that bear it keep it. Raises NoSuchLogo. Done twice, it does nothing."""
    logo_of(tx, firm_id, logo_id)
    offered = (Logo.id == logo_id, Logo.retired_at.is_(None))
    if tx.change(update(Logo).where(*offered).values(retired_at=at)):
        tx.change(update(BrandKit).where(BrandKit.logo_id == logo_id).values(logo_id=None))
        record(tx, "branding.retire_logo", ("logo", logo_id), by=by, at=at, firm=firm_id)


def restore_logo(tx: Transaction, firm_id: int, logo_id: int, was_usual: int, *, by: Actor, at: datetime) -> None:
    """Offer a logo again that was taken away; as the usual one, if it was and no other is by now. Raises NoSuchLogo."""
    logo_of(tx, firm_id, logo_id)
    taken_away = (Logo.id == logo_id, Logo.retired_at.is_not(None))
    if tx.change(update(Logo).where(*taken_away).values(retired_at=None)):
        if was_usual:
            without = (BrandKit.firm_id == firm_id, BrandKit.logo_id.is_(None))
            tx.change(update(BrandKit).where(*without).values(logo_id=logo_id))
        record(tx, "branding.restore_logo", ("logo", logo_id), by=by, at=at, firm=firm_id)
