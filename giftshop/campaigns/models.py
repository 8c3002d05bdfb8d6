"""The tables of campaigns. What is known of a nominee as a person lies apart, so that it can be erased."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.campaigns.rules import CampaignState, Handover, Influence, NomineeState, Step, Window
from giftshop.db import Base, Json, intpk
from giftshop.kernel.lunar import LunarDay
from giftshop.kernel.market import Counterparty
from giftshop.kernel.money import Money


class Campaign(Base):
    """A firm's gifts to many people for one occasion, inside one window of days."""

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("card_price_minor >= 0", name="card_price_not_negative"),
        CheckConstraint("last_hour BETWEEN 1 AND 24", name="hour_of_a_day"),
        Index("ix_campaigns_firm_id_id", "firm_id", "id"),
    )

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    """Who drew it up."""
    name: Mapped[str]
    occasion: Mapped[str]
    """The few large words on the card: 中秋快乐."""
    year: Mapped[int]
    """The solar year in which the lunar year of the window began."""
    listed_by: Mapped[int]
    """Lunar days, as `LunarDay.number` writes them: 808 is 8/8."""
    starts: Mapped[int]
    last: Mapped[int]
    last_hour: Mapped[int]
    closes_on: Mapped[date]
    """The last day for nominations."""
    written_list_on: Mapped[date | None]
    """A solar date that the firm's own plan on paper names, to be held against that of the year. As the next two."""
    written_starts_on: Mapped[date | None]
    written_last_on: Mapped[date | None]
    greeting: Mapped[str]
    """What every card says."""
    card_price_minor: Mapped[int]
    currency: Mapped[str]
    is_surprise: Mapped[bool] = mapped_column(default=True)
    """Recipients are told nothing before delivery."""
    state: Mapped[CampaignState] = mapped_column(default=CampaignState.OPEN)
    link_version: Mapped[int] = mapped_column(default=1)
    """Raised to end every link that was shared before."""
    has_link: Mapped[bool] = mapped_column(default=False)
    """Whether people without a login may nominate through a link."""
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    ordered_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    """When what is known of its people was erased; its figures stand."""

    @property
    def window(self) -> Window:
        """When its gifts go out."""
        listed_by, starts, last = (LunarDay.numbered(number) for number in (self.listed_by, self.starts, self.last))
        return Window(self.year, listed_by, starts, last, self.last_hour)

    @property
    def card_price(self) -> Money:
        """What one printed card costs."""
        return Money(self.card_price_minor, self.currency)

    @property
    def written_days(self) -> tuple[date | None, date | None, date | None]:
        """The dates of the plan on paper, in the order of `Window.days`."""
        return self.written_list_on, self.written_starts_on, self.written_last_on


class Grade(Base):
    """A better or a plainer gift, and how many of it the plan budgets."""

    __tablename__ = "campaign_grades"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name"),
        CheckConstraint("budgeted >= 0", name="budgeted_not_negative"),
        CheckConstraint("price_minor IS NULL OR price_minor >= 0", name="price_not_negative"),
    )

    id: Mapped[intpk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    name: Mapped[str]
    budgeted: Mapped[int]
    price_minor: Mapped[int | None]
    """Of one gift, in the campaign's currency. None: still ¥XX."""
    gift: Mapped[str | None]
    """What is given, as the port of `giving` names it. None: not chosen yet."""


class DrawnOrder(Base):
    """An order that was drawn up for a grade: one to its people's doors, one for what is handed over on site."""

    __tablename__ = "campaign_orders"
    __table_args__ = (UniqueConstraint("grade_id", "number"),)

    id: Mapped[intpk]
    grade_id: Mapped[int] = mapped_column(ForeignKey("campaign_grades.id"))
    number: Mapped[str]
    """What people know it by; only the supply of `giving` reads it."""
    is_on_site: Mapped[bool]


class Group(Base):
    """Some of a campaign's recipients, as the plan lists them: old clients, dealers, prospects, visitors."""

    __tablename__ = "campaign_groups"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name"),
        CheckConstraint("expected_firms >= 0 AND expected_people >= 0", name="expected_not_negative"),
        CheckConstraint("(visits_from IS NULL) = (visits_until IS NULL)", name="visits_from_and_until"),
    )

    id: Mapped[intpk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    name: Mapped[str]
    about: Mapped[str]
    """Who belongs to it, in the plan's words."""
    asked_by: Mapped[str]
    """Who hands in its names: after-sales, customer service."""
    expected_firms: Mapped[int]
    expected_people: Mapped[int]
    handover: Mapped[Handover]
    visits_from: Mapped[int | None]
    """Lunar days, of a group handed over on site."""
    visits_until: Mapped[int | None]
    grade_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_grades.id"))
    """The grade that its people are meant to get."""


class Nominee(Base):
    """Somebody proposed for a gift, and how far that has come. Says nothing of who they are."""

    __tablename__ = "nominees"
    __table_args__ = (
        CheckConstraint("influence <> 'neither'", name="has_influence"),
        CheckConstraint("(state = 'accepted') = (grade_id IS NOT NULL)", name="accepted_with_a_grade"),
        Index("ix_nominees_campaign_id_state", "campaign_id", "state", "id"),
        Index("ix_nominees_firm_id_state", "firm_id", "state", "id"),
    )

    id: Mapped[intpk]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("campaign_groups.id"), index=True)
    state: Mapped[NomineeState] = mapped_column(default=NomineeState.NOMINATED)
    grade_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_grades.id"))
    """Given by planning."""
    counterparty: Mapped[Counterparty]
    influence: Mapped[Influence]
    nominated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """None: somebody with the campaign's link, who gave a name of their own."""
    declared_at: Mapped[datetime]
    """When the nominator declared the entry true (如实上报)."""


class NomineePerson(Base):
    """Who a nominee is: what has to go when it is no longer needed. The rest of the campaign stands without it."""

    __tablename__ = "nominee_people"
    __table_args__ = (
        UniqueConstraint("campaign_id", "phone"),
        Index(
            "uq_nominee_people_name_organisation",
            "campaign_id",
            "name",
            "organisation",
            unique=True,
            sqlite_where=text("organisation <> ''"),
            postgresql_where=text("organisation <> ''"),
        ),
        Index("ix_nominee_people_phone", "phone"),
    )

    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"), primary_key=True, autoincrement=False)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    kind: Mapped[str]
    """客户类型, in the firm's own words."""
    name: Mapped[str]
    organisation: Mapped[str]
    """The firm or body they belong to; empty when nobody said."""
    address: Mapped[str]
    phone: Mapped[str]
    """E.164."""
    reason: Mapped[str]
    """Why they should be given something."""
    nominator: Mapped[str]
    """The name that somebody without a login gave of themselves; empty for a member."""


class Review(Base):
    """One verdict on a nominee."""

    __tablename__ = "nominee_reviews"
    __table_args__ = (
        UniqueConstraint("nominee_id", "step"),
        CheckConstraint("is_yes OR reason <> ''", name="a_no_has_a_reason"),
    )

    id: Mapped[intpk]
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"))
    step: Mapped[Step]
    is_yes: Mapped[bool]
    reason: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class Answer(Base):
    """A contradiction of the plan that somebody read, and a word why it is all right. Good for those figures only."""

    __tablename__ = "contradiction_answers"
    __table_args__ = (UniqueConstraint("campaign_id", "key"),)

    id: Mapped[intpk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    key: Mapped[str]
    """The contradiction and its figures: other figures are another contradiction."""
    word: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class NominationList(Base):
    """A file of nominees that was read without fault and waits for the nominator's yes. One a person and campaign."""

    __tablename__ = "nomination_lists"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    filename: Mapped[str]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    uploaded_at: Mapped[datetime]


class VisitHandover(Base):
    """A gift handed over in person: who took it, and their signature. Personal, and apart like the rest of it."""

    __tablename__ = "visit_handovers"

    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominees.id"), primary_key=True, autoincrement=False)
    received_by: Mapped[str]
    """Empty once it was erased."""
    signature: Mapped[bytes | None]
    """A small PNG of our own making. None: the typed name stands for it."""
    handed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class LinkTry(Base):
    """An entry sent through a campaign's link, written down before it is judged. Kept for a day."""

    __tablename__ = "nomination_tries"
    __table_args__ = (Index("ix_nomination_tries_address_at", "address", "at"),)

    id: Mapped[intpk]
    address: Mapped[str]
    """The network it came from."""
    at: Mapped[datetime]
