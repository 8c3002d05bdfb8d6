"""Tables that were uploaded and wait to be taken, and what firms said of the headings they use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, Json
from giftshop.tabular.table import Layout


class KeptFile(Base):
    """An uploaded file, as long as somebody looks at what was read of it: one a place, and for a day at most."""

    __tablename__ = "kept_files"

    place: Mapped[str] = mapped_column(primary_key=True)
    """What it is for, as its room calls it."""
    filename: Mapped[str]
    raw: Mapped[bytes] = mapped_column(deferred=True)
    first_rows: Mapped[list[list[Any]]] = mapped_column(Json)
    """The rows among which the headings are, with their numbers, cells cut short: enough to show what a column is."""
    layout: Mapped[dict[str, Any]]
    said: Mapped[dict[str, str]]
    """What was filled in beside it."""
    uploaded_at: Mapped[datetime] = mapped_column(index=True)

    @property
    def lead(self) -> list[tuple[int, list[str]]]:
        """The first rows, as a `Sheet` has them."""
        return [(number, cells) for number, cells in self.first_rows]

    @property
    def laid_out(self) -> Layout:
        """Where its headings stand, and which column is what."""
        return Layout(**self.layout)


class KnownHeadings(Base):
    """What the columns under some headings are, as somebody said once by hand. The headings are kept as a mark only."""

    __tablename__ = "known_headings"

    owner: Mapped[str] = mapped_column(primary_key=True)
    """Whose headings, and of which kind of list, as its room calls it."""
    mark: Mapped[str] = mapped_column(primary_key=True)
    places: Mapped[dict[str, int]] = mapped_column(Json)
