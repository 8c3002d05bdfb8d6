"""How far the journal has been compared with the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base


class JournalPosition(Base):
    """Up to which row of a table everything stands in the journal. In the database, so that it is restored with it."""

    __tablename__ = "journal_positions"

    source: Mapped[str] = mapped_column(primary_key=True)
    """The table that is compared."""
    settled_id: Mapped[int] = mapped_column(default=0)
    """Rows up to this one were compared, and none below it can be committed any more."""
    seen_id: Mapped[int] = mapped_column(default=0)
    """The last row that was there at `seen_at`: it settles a while later."""
    seen_at: Mapped[datetime]
