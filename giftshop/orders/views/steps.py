"""What all steps of drawing up an order share."""

from __future__ import annotations

from datetime import date

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts
from giftshop.kernel import clock
from giftshop.kernel.market import StoredValueRules
from giftshop.kernel.role import MemberRole
from giftshop.orders import queries
from giftshop.orders.errors import NotADraft
from giftshop.orders.models import Order
from giftshop.orders.presenting import step_links
from giftshop.orders.rules import OrderKind, OrderState, Step, steps_of
from giftshop.orders.views.estimate import estimate_of
from giftshop.web import actor, current_shop, members, reader

buyers = members(MemberRole.BUYER)
proposers = members(MemberRole.BUYER, MemberRole.NOMINATOR)


def today() -> date:
    """Return the day it is for the operator."""
    return clock.local_day(clock.now(), current_shop().settings.time_zone)


def market() -> StoredValueRules:
    """Return what the market says of shopping cards."""
    return current_shop().settings.market.stored_value


def sells_cards() -> bool:
    """Whether the firm of this request may buy shopping cards."""
    return accounts.may_buy_stored_value(accounts.firm(reader(), own_firm()).kind)


def new_order_tabs(current: OrderKind) -> list[tuple[str, str, None, bool]]:
    """Return the ways to begin an order, for `ui.views`; what the firm may not buy is not among them."""
    ways = [(OrderKind.GIFT_BOOK, _("Gift books"), "orders.new")]
    if sells_cards():
        ways.append((OrderKind.SHOPPING_CARD, _("Shopping cards"), "orders.new_cards"))
    ways.append((OrderKind.GIFT_SET, _("Gift sets"), "orders.new_set"))
    return [(words, url_for(endpoint), None, kind is current) for kind, words, endpoint in ways]


def own_firm() -> int:
    """Return the firm of the member who makes this request."""
    firm_id = actor().firm_id
    assert firm_id is not None  # noqa: S101 -- the guard admits members only
    return firm_id


def own_currency() -> str:
    """Return the currency that the member's firm buys in (ISO 4217)."""
    return accounts.firm(reader(), own_firm()).currency


def draft(number: str) -> Order:
    """Return the firm's draft with this number. Raises Missing or NotADraft."""
    order = queries.order_of(reader(), number, own_firm())
    if order.state is not OrderState.DRAFT:
        raise NotADraft(number=order.number)
    return order


def page(order: Order, step: Step, template: str, **facts: object) -> ResponseReturnValue:
    """Return a step's page; 422 when its form, or the part of it about sending, was refused."""
    forms = (facts.get("form"), facts.get("sending"))
    status = 422 if any(getattr(form, "has_errors", False) for form in forms) else 200
    facts |= {"order": order, "steps": step_links(order, step), "step": step, "estimate": estimate_of(order)}
    return render_template(f"orders/{template}", **facts), status


def go_on(order: Order, step: Step) -> ResponseReturnValue:
    """Go to the step after this one."""
    following = steps_of(order.kind, has_list=order.has_list)
    place = following.index(step) if step in following else 0
    return redirect(url_for(f"orders.{following[place + 1]}", number=order.number))
