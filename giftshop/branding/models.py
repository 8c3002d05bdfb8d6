"""The tables of logos and of brand kits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.branding.occasions import Occasion
from giftshop.branding.rules import LogoKind, LogoWarning, fades_into, rgb, sharp_width_mm, warnings_of
from giftshop.db import Base, Json, intpk
from giftshop.paper import Lettering, Palette


class Logo(Base):
    """A firm's logo as we wrote it anew; what was uploaded is not kept."""

    __tablename__ = "logos"
    __table_args__ = (UniqueConstraint("firm_id", "sha256"),)

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), index=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Random, for its address: whoever has the same picture cannot find out that this firm is a client."""
    sha256: Mapped[str]
    kind: Mapped[LogoKind]
    content: Mapped[bytes] = mapped_column(deferred=True)
    width: Mapped[int]
    """In pixels; of an SVG in its own units, where only the proportion means something."""
    height: Mapped[int]
    is_pale: Mapped[bool]
    has_text: Mapped[bool]
    lost_parts: Mapped[bool]
    tones: Mapped[list[int] | None] = mapped_column(Json)
    """How bright it is, as `rules.tones_of` says. None: uploaded before that was looked at."""
    uploaded_by: Mapped[int | None]
    uploaded_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    """Since when it is no longer offered; what bears it keeps it."""

    @property
    def warnings(self) -> list[LogoWarning]:
        """Return what to tell the buyer before it is printed."""
        return warnings_of(
            self.kind, self.width, is_pale=self.is_pale, has_text=self.has_text, lost_parts=self.lost_parts
        )

    def warnings_with(self, accent: str) -> list[LogoWarning]:
        """Return the same, and whether it can be seen on the surface that a card has in the colour `accent`."""
        return warnings_of(
            self.kind,
            self.width,
            is_pale=self.is_pale,
            has_text=self.has_text,
            lost_parts=self.lost_parts,
            fades=fades_into(self.tones or (), rgb(Palette.of(accent).ground)),
        )

    @property
    def sharp_width_mm(self) -> int:
        """Return how wide it prints without showing pixels, in millimetres (of a PNG)."""
        return sharp_width_mm(self.width)


class BrandKit(Base):
    """What new orders of a firm begin with; each order keeps what it was placed with."""

    __tablename__ = "brand_kits"

    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=1)
    """Raised by every change: who changes an older one is told instead."""
    accent: Mapped[str]
    """The firm's colour, as #rrggbb."""
    lettering: Mapped[Lettering]
    """The fonts of the large words."""
    contact_line: Mapped[str] = mapped_column(default="")
    """At the foot of its cards. Empty: as the firm's details say."""
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("logos.id"))
    """The usual one. None: the one uploaded last."""
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]


class BrandGreeting(Base):
    """A firm's own words for an occasion in one language; where there is no row, ours stand."""

    __tablename__ = "brand_greetings"

    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), primary_key=True, autoincrement=False)
    occasion: Mapped[Occasion] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(primary_key=True)
    headline: Mapped[str]
    message: Mapped[str]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
