"""How a campaign is shown: the words of its states and contradictions, its lunar days, its places to go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from babel.dates import format_skeleton
from flask import request, url_for
from flask_babel import format_date, format_decimal, get_locale
from flask_babel import gettext as _

from giftshop.addresses import display_phone
from giftshop.campaigns.contradictions import Contradiction, Figure, Kind
from giftshop.campaigns.models import Campaign
from giftshop.campaigns.rules import CampaignState, Handover, Influence, NomineeState, Step
from giftshop.kernel.locale import N_
from giftshop.kernel.lunar import LunarDay
from giftshop.kernel.market import Counterparty
from giftshop.kernel.role import MemberRole
from giftshop.web import current_locale

STATE_WORDS: Final = {
    CampaignState.OPEN: N_("Nominations and reviews"),
    CampaignState.DECIDED: N_("Decided"),
    CampaignState.ORDERED: N_("Ordered"),
}
NOMINEE_WORDS: Final = {
    NomineeState.NOMINATED: N_("Waits for the service manager"),
    NomineeState.SERVICE_REVIEWED: N_("Waits for the sales manager"),
    NomineeState.SALES_REVIEWED: N_("Waits for planning"),
    NomineeState.ACCEPTED: N_("Accepted"),
    NomineeState.TURNED_DOWN: N_("Turned down"),
}
NOMINEE_TONES: Final = {
    NomineeState.NOMINATED: "warning",
    NomineeState.SERVICE_REVIEWED: "warning",
    NomineeState.SALES_REVIEWED: "warning",
    NomineeState.ACCEPTED: "success",
    NomineeState.TURNED_DOWN: "danger",
}
STEP_WORDS: Final = {
    Step.SERVICE: N_("Service manager's review"),
    Step.SALES: N_("Sales manager's review"),
    Step.PLANNING: N_("Planning's decision"),
}
HANDOVER_WORDS: Final = {
    Handover.DISPATCHED: N_("Sent by parcel, inside the window"),
    Handover.ON_SITE: N_("Handed over on site, against a signature"),
}
INFLUENCE_WORDS: Final = {
    Influence.DECIDES: N_("Decides"),
    Influence.STRONG: N_("Has strong influence on who decides"),
    Influence.NEITHER: N_("Neither"),
}
COUNTERPARTY_WORDS: Final = {
    Counterparty.BUSINESS: N_("Of a private company"),
    Counterparty.EMPLOYEE: N_("Of our own firm"),
    Counterparty.STATE_ENTERPRISE: N_("Of a state-owned company"),
    Counterparty.STATE_BODY: N_("Of an authority or another state body"),
    Counterparty.OFFICIAL: N_("A public official"),
    Counterparty.PRIVATE: N_("A private person"),
}
CONTRADICTION_WORDS: Final = {
    Kind.PEOPLE_AGAINST_BUDGET: N_(
        "The list adds up to %(people)s people (%(groups)s); the budget is for %(budgeted)s (%(grades)s)."
    ),
    Kind.FIRMS_AGAINST_PEOPLE: N_(
        "The list names %(firms)s firms (%(groups)s), but %(people)s people, and the budget is for %(budgeted)s. "
        "Which of the three counts?"
    ),
    Kind.GRADE_SHORT: N_(
        "“%(grade)s” is budgeted for %(budgeted)s, while those meant for it alone are %(people)s: "
        "%(names)s (%(groups)s)."
    ),
    Kind.GRADE_OVER: N_(
        "“%(grade)s” is budgeted for %(budgeted)s, while those meant for it are only %(people)s: "
        "%(names)s (%(groups)s)."
    ),
    Kind.VISITS_TOO_LATE: N_(
        "“%(group)s” (%(people)s people) come until lunar %(visits)s (%(visits_on)s), after the last delivery "
        "on lunar %(last)s (%(last_on)s)."
    ),
    Kind.VISITS_TOO_EARLY: N_(
        "“%(group)s” (%(people)s people) come from lunar %(visits)s (%(visits_on)s) on, before gifts and cards "
        "are there on lunar %(listed)s (%(listed_on)s)."
    ),
    Kind.DATES_OF_ANOTHER_YEAR: N_(
        "The plan on paper writes %(written)s. In %(year)s these lunar days fall on %(days)s."
    ),
    Kind.GROUP_COUNT: N_(
        "“%(group)s” is planned for %(expected)s people; %(nominated)s stand on the list, %(accepted)s are accepted."
    ),
    Kind.GRADE_COUNT: N_("“%(grade)s” is budgeted for %(budgeted)s people; %(accepted)s are accepted into it."),
    Kind.PRICE_UNKNOWN: N_("The price of “%(grade)s” is still ¥XX, while it is to be bought %(count)s times."),
}


def contradiction_words(contradiction: Contradiction) -> str:
    """Return what does not fit, with its figures, in the current language."""
    figures = {name: _shown(figure) for name, figure in contradiction.figures.items()}
    said: str = _(CONTRADICTION_WORDS[contradiction.kind])
    return said % figures


def lunar_words(day: LunarDay) -> str:
    """Return a lunar day as the current language writes it: 8/15, 八月十五."""
    return day.written if current_locale().startswith("zh") else str(day)


def _shown(figure: Figure | Sequence[Figure]) -> str:
    match figure:
        case str():
            return figure
        case LunarDay():
            return lunar_words(figure)
        case date():
            return str(format_date(figure, "long"))
        case int():
            return str(format_decimal(figure))
        case _:
            separator = " + " if all(isinstance(each, int) for each in figure) else _(", ")
            return separator.join(_day(each) if isinstance(each, date) else _shown(each) for each in figure)


def _day(day: date) -> str:
    """Return a day without its year, for several in one sentence that names the year."""
    return format_skeleton("MMMMd", day, locale=get_locale())


def places_of(campaign: Campaign, *, sees_all: bool) -> list[tuple[str, str, None, bool]]:
    """Return the pages of a campaign that somebody may open, for the row of links above each of them."""
    pages = [(_("Overview"), "campaigns.show"), (_("People"), "campaigns.people")]
    if sees_all:
        pages += [
            (_("Contradictions"), "campaigns.contradictions"),
            (_("Budget"), "campaigns.budget"),
        ]
    pages.append((_("Visits"), "campaigns.visits"))
    if sees_all:
        pages.append((_("Result"), "campaigns.result"))
    return [
        (words, url_for(endpoint, campaign_id=campaign.id), None, request.endpoint == endpoint)
        for words, endpoint in pages
    ]


def page_words() -> dict[str, object]:
    """Return what the pages of campaigns say things with."""
    return {
        "state_words": STATE_WORDS,
        "nominee_words": NOMINEE_WORDS,
        "nominee_tones": NOMINEE_TONES,
        "step_words": STEP_WORDS,
        "handover_words": HANDOVER_WORDS,
        "influence_words": INFLUENCE_WORDS,
        "counterparty_words": COUNTERPARTY_WORDS,
        "contradiction_words": contradiction_words,
        "lunar_words": lunar_words,
        "lunar_day": LunarDay.numbered,
        "display_phone": display_phone,
        "roles": MemberRole,
    }
