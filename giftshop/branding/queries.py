"""Reading logos; a firm's are read through the firm."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import case, or_, select

from giftshop.branding.errors import NoSuchLogo
from giftshop.branding.models import BrandKit, Logo
from giftshop.db import Reader


def logo(reader: Reader, firm_id: int, logo_id: int) -> Logo:
    """Return a firm's logo, without its bytes. Raises NoSuchLogo, also for another firm's."""
    found = reader.scalar(select(Logo).where(Logo.id == logo_id, Logo.firm_id == firm_id))
    if found is None:
        raise NoSuchLogo
    return found


def usual_logo(reader: Reader, firm_id: int) -> Logo | None:
    """Return the logo that a firm's cards bear when nothing else is said: the chosen one, or the latest."""
    return next(iter(logos_of(reader, firm_id, limit=1)), None)


def logos_of(reader: Reader, firm_id: int, *, limit: int = 12, keeping: Collection[int] = ()) -> Sequence[Logo]:
    """Return the logos that a firm is offered: the usual one first, then the latest.

    `keeping` are ids of logos that are in use where this is asked, and listed also when they are retired.
    """
    of_firm = (Logo.firm_id == firm_id, or_(Logo.retired_at.is_(None), Logo.id.in_(keeping)))
    usual = select(BrandKit.logo_id).where(BrandKit.firm_id == firm_id).scalar_subquery()
    is_usual = case((Logo.id == usual, 0), else_=1)
    return reader.scalars(select(Logo).where(*of_firm).order_by(is_usual, Logo.id.desc()).limit(limit)).all()


def logo_bytes(reader: Reader, firm_id: int, logo_id: int) -> bytes:
    """Return the PNG or SVG of a firm's logo, for a paper. Raises NoSuchLogo."""
    found = reader.scalar(select(Logo.content).where(Logo.id == logo_id, Logo.firm_id == firm_id))
    if found is None:
        raise NoSuchLogo
    return found


def logo_by_public_id(reader: Reader, public_id: str) -> tuple[str, bytes] | None:
    """Return the kind and the bytes of the logo at a public address, if there is one."""
    found = reader.execute(select(Logo.kind, Logo.content).where(Logo.public_id == public_id)).first()
    return None if found is None else (found[0], found[1])
