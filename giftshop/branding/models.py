"""The table of logos."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.branding.rules import LogoKind, LogoWarning, sharp_width_mm, warnings_of
from giftshop.db import Base, intpk


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
    uploaded_by: Mapped[int | None]
    uploaded_at: Mapped[datetime]

    @property
    def warnings(self) -> list[LogoWarning]:
        """Return what to tell the buyer before it is printed."""
        return warnings_of(
            self.kind, self.width, is_pale=self.is_pale, has_text=self.has_text, lost_parts=self.lost_parts
        )

    @property
    def sharp_width_mm(self) -> int:
        """Return how wide it prints without showing pixels, in millimetres (of a PNG)."""
        return sharp_width_mm(self.width)
