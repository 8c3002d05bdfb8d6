"""Beginning a set with an idea: what is on offer to a firm today, and the command that draws it up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from giftshop import accounts, branding, catalogue
from giftshop.branding import Greeting, Occasion
from giftshop.db import Reader, Transaction
from giftshop.giftsets import queries, service
from giftshop.giftsets.errors import NoSuchIdea
from giftshop.giftsets.ideas import Idea, ideas
from giftshop.giftsets.rules import Clash, Contents, Rates
from giftshop.giftsets.service import Artwork, Hand, Wishes
from giftshop.kernel.actor import Actor


def ideas_for(reader: Reader, firm_id: int, today: date) -> list[Idea]:
    """Return what a firm might begin a set with, of what is on offer in its currency."""
    currency = accounts.firm(reader, firm_id).currency
    offered = [queries.part_of(item, 1) for item in catalogue.items_on_offer(reader, currency)]
    wraps = [queries.wrap_of(each) for each in catalogue.packagings(reader, currency)]
    clashes = [Clash(rule.tag, rule.other_tag, rule.reasons) for rule in catalogue.bundle_rules(reader)]
    return ideas(offered, wraps, clashes, rates=Rates(), today=today)


def idea_for(reader: Reader, firm_id: int, occasion: str, today: date) -> Idea:
    """Return the idea for one occasion. Raises NoSuchIdea."""
    found = next((idea for idea in ideas_for(reader, firm_id, today) if idea.occasion == occasion), None)
    if found is None:
        raise NoSuchIdea
    return found


def words_for(reader: Reader, firm_id: int, occasion: Occasion, locale: str) -> Greeting:
    """Return what the firm says on that occasion."""
    return branding.greetings_of(reader, firm_id)[occasion, locale]


def marked(reader: Reader, firm_id: int, idea: Idea, words: Greeting) -> Contents:
    """Return an idea as it would be begun: with the firm's logo where it goes, and words on its card."""
    contents = idea.contents(words.headline, words.message)
    marks = _marks(reader, firm_id, idea)
    known = catalogue.places_by_id(reader, list(marks))
    crafts = [
        queries.craft_of(known[place], art.logo_id, on=idea.wrap.names) for place, art in marks.items() if idea.wrap
    ]
    return replace(contents, crafts=crafts)


def draw_up_idea(
    tx: Transaction, firm_id: int, occasion: str, name: str, *, locale: str, today: date, by: Actor, at: datetime
) -> int:
    """Draw up a set that begins with an idea, the firm's words for the occasion, and its logo. Returns its id.

    Raises NoSuchIdea.
    """
    idea = idea_for(tx, firm_id, occasion, today)
    set_id = service.draw_up(tx, firm_id, name, by=by, at=at)
    for part in idea.parts:
        service.put_in(tx, set_id, firm_id, part.item_id)
    words = words_for(tx, firm_id, idea.occasion, locale)
    wishes = Wishes(
        name,
        packaging_id=idea.wrap.packaging_id if idea.wrap else None,
        crafts=_marks(tx, firm_id, idea),
        headline=words.headline,
        greeting=words.message,
        budget_minor=idea.budget.amount_minor,
    )
    service.arrange(tx, set_id, firm_id, wishes, Hand(by, at))
    return set_id


def _marks(reader: Reader, firm_id: int, idea: Idea) -> dict[int, Artwork]:
    """Return the firm's logo on the packaging, where it has one and the packaging takes it."""
    logo = branding.usual_logo(reader, firm_id)
    if logo is None or idea.wrap is None:
        return {}
    places = catalogue.places_on(reader, [], [idea.wrap.packaging_id])
    return {each.place.id: Artwork(logo.id) for each in places[:1] if each.decoration.currency == idea.budget.currency}
