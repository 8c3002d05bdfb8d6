"""The table of proofs: that the books were added up again, and what did not agree."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, Json, intpk


class Proof(Base):
    """Once all books were added up again."""

    __tablename__ = "proofs"
    __table_args__ = (CheckConstraint("cards >= 0 AND found >= 0", name="counts"),)

    id: Mapped[intpk]
    proved_at: Mapped[datetime]
    cards: Mapped[int]
    """Cards there were."""
    found: Mapped[int]
    """How much did not agree; 0 is the only good answer."""
    differences: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """The first of it, as `rules.Found` says it: names and amounts, no personal data."""

    @property
    def is_good(self) -> bool:
        """Whether everything agreed."""
        return self.found == 0
