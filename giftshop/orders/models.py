"""The tables of orders."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.cards import Unredeemed
from giftshop.db import Base, Json, intpk
from giftshop.ecards import Moment
from giftshop.kernel.money import Money
from giftshop.orders.rules import (
    NUMBERS,
    PARCEL_NUMBERS,
    Delivery,
    Filled,
    Holder,
    Line,
    LineKind,
    OrderKind,
    OrderState,
)
from giftshop.paper import LACQUER, Lettering


class Order(Base):
    """Gift books, shopping cards or gift sets that a firm draws up, places, pays for and has issued."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("quantity BETWEEN 0 AND 100000", name="quantity_in_range"),
        CheckConstraint("state = 'draft' OR state = 'cancelled' OR total_minor IS NOT NULL", name="placed_has_total"),
        CheckConstraint("state NOT IN ('paid', 'issued', 'made', 'sent') OR paid_at IS NOT NULL", name="paid_when"),
        CheckConstraint("(kind = 'gift_book') = (edition_id IS NOT NULL)", name="a_book_has_an_edition"),
        CheckConstraint("(kind = 'shopping_card') = (face_minor IS NOT NULL)", name="a_card_has_a_face_value"),
        CheckConstraint("face_minor > 0", name="face_value_positive"),
        CheckConstraint("budget_minor >= 0", name="budget_not_below_zero"),
        CheckConstraint("(kind = 'gift_set') = (gift_set_id IS NOT NULL)", name="a_set_is_one_of_the_firms"),
        CheckConstraint("NOT is_digital OR gift_set_id IS NULL", name="sets_are_no_ecards"),
        CheckConstraint("(send_on IS NULL) = (send_hour IS NULL)", name="a_day_has_its_hour"),
        CheckConstraint("send_hour BETWEEN 0 AND 23", name="an_hour_of_the_day"),
        Index("ix_orders_firm_id_id", "firm_id", "id"),
        Index("ix_orders_state_id", "state", "id"),
        Index("ix_orders_total_minor_id", "total_minor", "id"),
        Index("ix_orders_placed_at_id", "placed_at", "id"),
        Index(
            "ix_orders_short_since",
            "short_since",
            sqlite_where=text("short_since IS NOT NULL"),
            postgresql_where=text("short_since IS NOT NULL"),
        ),
    )

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[OrderState] = mapped_column(default=OrderState.DRAFT)

    kind: Mapped[OrderKind] = mapped_column(default=OrderKind.GIFT_BOOK)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    """Of gift books."""
    face_minor: Mapped[int | None]
    """What each shopping card holds, in minor units of `currency`."""
    holder: Mapped[Holder] = mapped_column(default=Holder.BEARER)
    """Whose each shopping card is."""
    allows_difference: Mapped[bool] = mapped_column(default=False)
    """Whether the holder of a shopping card may choose something dearer and pay the difference."""
    gift_set_id: Mapped[int | None] = mapped_column(ForeignKey("gift_sets.id"))
    """Of gift sets: one of the firm's."""
    delivery: Mapped[Delivery] = mapped_column(default=Delivery.FIRM)
    """Where gift sets go."""
    not_before: Mapped[date | None]
    """The first day on which parcels of gift sets leave; None: as soon as they are made."""
    arrives_by: Mapped[datetime | None]
    """When all of them are to be there."""
    has_list: Mapped[bool] = mapped_column(default=False)
    """Whether they are for named people; `quantity` is then how many there are."""
    quantity: Mapped[int] = mapped_column(default=0)
    is_digital: Mapped[bool] = mapped_column(default=False)
    """Whether its cards are e-cards, sent to the people of the list by e-mail or text message."""
    send_on: Mapped[date | None]
    """With `send_hour` and `send_zone`, when e-cards are sent; None: as soon as they are paid."""
    send_hour: Mapped[int | None]
    send_zone: Mapped[str] = mapped_column(default="")

    sender_name: Mapped[str] = mapped_column(default="")
    headline: Mapped[str] = mapped_column(default="")
    """The few large words on the card: 中秋快乐."""
    greeting: Mapped[str] = mapped_column(default="")
    """The sender's words to the recipient."""
    card_locale: Mapped[str]
    """The language the card is printed in."""
    contact_line: Mapped[str] = mapped_column(default="")
    design: Mapped[str]
    """The key of its cards' design; of a gift set, of its greeting card."""
    accent: Mapped[str] = mapped_column(default=LACQUER)
    """The colour of its cards, as #rrggbb."""
    lettering: Mapped[Lettering] = mapped_column(default=Lettering.SERIF)
    """The fonts of the large words."""
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("logos.id"))
    valid_until: Mapped[date | None]
    unredeemed: Mapped[Unredeemed] = mapped_column(default=Unredeemed.KEEP)
    """What becomes of what nobody redeems in time."""
    fallback_item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    """Of gift books: what the firm is sent for each that nobody redeems in time."""
    is_surprise: Mapped[bool] = mapped_column(default=False)
    """Recipients' parcels are announced to nobody before they are delivered."""

    receiver: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Who takes in the printed cards, as `addresses.Receiver` writes itself."""
    invoice_title: Mapped[str] = mapped_column(default="")
    tax_number: Mapped[str] = mapped_column(default="")
    invoice_email: Mapped[str] = mapped_column(default="")
    agent_name: Mapped[str] = mapped_column(default="")
    """Who buys on the firm's behalf, where the market asks for a real name (实名登记)."""
    agent_document: Mapped[str] = mapped_column(default="")
    """The number of that person's identity document."""
    transfer_only: Mapped[bool] = mapped_column(default=False)
    """Whether it may be paid by bank transfer only: decided by the market's rules when it is placed."""

    currency: Mapped[str]
    budget_minor: Mapped[int | None]
    """What the firm means to spend on it, all in, in minor units of `currency`; None: nobody said."""
    total_minor: Mapped[int | None]
    """Set when placed; until then the total follows the prices of the day."""
    created_at: Mapped[datetime]
    placed_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(default="")
    """Why an approver sent it back."""
    paid_at: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]
    reserved_at: Mapped[datetime | None]
    """When the goods of its gift sets were set aside."""
    short_since: Mapped[datetime | None]
    """Since when they are wanting: paid, but not all on the shelf."""
    made_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    @property
    def number(self) -> str:
        """What people call the order."""
        return NUMBERS.of(self.id)

    @property
    def filled(self) -> Filled:
        """How far it is filled in, for the rules."""
        return Filled(
            self.quantity,
            self.headline,
            self.greeting,
            self.sender_name,
            self.valid_until,
            self.receiver is not None,
            self.invoice_title,
            kind=self.kind,
            holder=self.holder,
            face_minor=self.face_minor or 0,
            has_real_name=bool(self.agent_name and self.agent_document),
            delivery=self.delivery,
            has_list=self.has_list,
            not_before=self.not_before,
            is_digital=self.is_digital,
            send_on=self.send_on,
        )

    @property
    def send_moment(self) -> Moment | None:
        """When its e-cards are sent; None: as soon as they are paid."""
        if self.send_on is None or self.send_hour is None:
            return None
        return Moment(self.send_on, self.send_hour, self.send_zone)

    @property
    def face(self) -> Money:
        """What each shopping card holds; nothing for gift books."""
        return Money(self.face_minor or 0, self.currency)


class OrderProduct(Base):
    """A product that a shopping card of this order can be spent on, at its place."""

    __tablename__ = "order_products"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    position: Mapped[int]
    """From 1, in the order they are shown."""


class OrderLine(Base):
    """One line of a placed order's total, as it was agreed."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[intpk]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    """From 1, as they are shown."""
    kind: Mapped[LineKind]
    words: Mapped[dict[str, str]]
    """What it is more exactly, by language; empty where the kind says it all."""
    unit_minor: Mapped[int]
    currency: Mapped[str]
    quantity: Mapped[int]

    @property
    def line(self) -> Line:
        """The line as the rules know it."""
        return Line(self.kind, Money(self.unit_minor, self.currency), self.quantity, self.words)


class OrderRecipient(Base):
    """One person of an order's list, as the firm's file names them."""

    __tablename__ = "order_recipients"
    __table_args__ = (UniqueConstraint("order_id", "position"),)

    id: Mapped[intpk]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    """From 1, in the order of the file."""
    name: Mapped[str]
    phone: Mapped[str]
    """E.164; of a list for e-cards it may be empty."""
    email: Mapped[str] = mapped_column(default="")
    """Of a list for e-cards."""
    kind: Mapped[str]
    """客户类型, in the firm's own words."""
    grade: Mapped[str]
    """等级, likewise."""
    address: Mapped[str]
    ref: Mapped[str] = mapped_column(default="")
    """What the room that made the list calls this person; nothing for a file's rows."""


class OrderBranch(Base):
    """A branch of the firm to which some of an order's gift sets go."""

    __tablename__ = "order_branches"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    id: Mapped[intpk]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    quantity: Mapped[int]
    receiver: Mapped[dict[str, Any]]
    """As `addresses.Receiver` writes itself."""


class OrderParcel(Base):
    """One parcel of an order's gift sets: to a person of its list, to the firm, or to a branch."""

    __tablename__ = "order_parcels"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("(shipment_id IS NULL) = (requested_at IS NULL)", name="requested_when"),
        Index(
            "ix_order_parcels_to_request",
            "order_id",
            "position",
            sqlite_where=text("shipment_id IS NULL"),
            postgresql_where=text("shipment_id IS NULL"),
        ),
    )

    id: Mapped[intpk]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    """From 1: with a list that goes to each person, the person's place in it."""
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("order_recipients.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("order_branches.id"), index=True)
    quantity: Mapped[int]
    """Sets in it."""
    shipment_id: Mapped[int | None] = mapped_column(ForeignKey("shipments.id"), unique=True)
    requested_at: Mapped[datetime | None]
    dispatched_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]

    @property
    def number(self) -> str:
        """What stands on the cards that belong into it."""
        return PARCEL_NUMBERS.of(self.id)


class ListUpload(Base):
    """A file of recipients that was read without fault and waits for the buyer's yes. One an order at most."""

    __tablename__ = "list_uploads"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    filename: Mapped[str]
    rows: Mapped[list[dict[str, str]]] = mapped_column(Json)
    uploaded_at: Mapped[datetime]
