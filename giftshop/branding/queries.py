"""Reading logos; a firm's are read through the firm."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from giftshop.branding.errors import NoSuchLogo
from giftshop.branding.models import Logo
from giftshop.db import Reader


def logo(reader: Reader, firm_id: int, logo_id: int) -> Logo:
    """Return a firm's logo, without its bytes. Raises NoSuchLogo, also for another firm's."""
    found = reader.scalar(select(Logo).where(Logo.id == logo_id, Logo.firm_id == firm_id))
    if found is None:
        raise NoSuchLogo
    return found


def latest_logo(reader: Reader, firm_id: int) -> Logo | None:
    """Return the logo that a firm uploaded last, if any."""
    return reader.scalar(select(Logo).where(Logo.firm_id == firm_id).order_by(Logo.id.desc()).limit(1))


def logos_of(reader: Reader, firm_id: int, *, limit: int = 12) -> Sequence[Logo]:
    """Return the logos of a firm, the latest first."""
    return reader.scalars(select(Logo).where(Logo.firm_id == firm_id).order_by(Logo.id.desc()).limit(limit)).all()


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
