"""The tables of e-cards. No column holds a link, nor anything a link could be worked out from without the key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.ecards.rules import MOST_VERSIONS, DeliveryState, Moment
from giftshop.notifications import Channel


class Mailing(Base):
    """The sending of one batch of e-cards: when, by whose clock, and whether it has begun."""

    __tablename__ = "ecard_mailings"

    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), index=True)
    send_at: Mapped[datetime]
    time_zone: Mapped[str]
    """The zone that the hour was chosen in."""
    drawn_up_at: Mapped[datetime | None]
    """When every address was written down: nothing is sent before."""
    begun_at: Mapped[datetime | None]
    """When the first was sent. From then on the hour stays."""

    @property
    def moment(self) -> Moment:
        """The day and hour of sending, by the clock they were chosen by."""
        return Moment.of(self.send_at, self.time_zone)


class Delivery(Base):
    """One e-card: where it goes, which of its links is the living one, and how far it is."""

    __tablename__ = "ecard_deliveries"
    __table_args__ = (
        CheckConstraint(f"version BETWEEN 1 AND {MOST_VERSIONS}", name="version_counts"),
        CheckConstraint("(state = 'bounced') = (bounce_status IS NOT NULL)", name="bounced_for_a_reason"),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_when"),
        CheckConstraint("(reminders = 0) = (reminded_at IS NULL)", name="reminded_when"),
        Index("ix_ecard_deliveries_batch_id_state", "batch_id", "state", "card_id"),
    )

    card_id: Mapped[intpk] = mapped_column(ForeignKey("cards.id"), autoincrement=False)
    batch_id: Mapped[int] = mapped_column(ForeignKey("ecard_mailings.batch_id"))
    channel: Mapped[Channel]
    address: Mapped[str | None]
    """An e-mail address, or a phone number in E.164: personal data, None once it is erased."""
    version: Mapped[int] = mapped_column(default=1)
    """Signed into the link. Raising it ends the links that were sent before."""
    since_message: Mapped[int] = mapped_column(default=0)
    """The first message with this version's link; what is older told of a link that is dead by now."""
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.SCHEDULED)
    sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    """When somebody first pressed Open behind the living link."""
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    bounce_status: Mapped[str | None]
    """Why it came back, as RFC 3463 numbers it."""
