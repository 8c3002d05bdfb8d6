"""What every page shares: the app itself, who may use a route, transactions, forms, languages, error pages."""

from giftshop.paging import Page, bounded_count, keyset_page, shown_count
from giftshop.web.app import GiftShop, current_shop
from giftshop.web.filters import long_day, say
from giftshop.web.forms import Form, MoneyField, WholeNumberField
from giftshop.web.guard import actor, allow, anyone, may_open, members, signed_in, staff
from giftshop.web.home import FEW, Lately, Piece, Place, Waiting, recent_of, tasks_of
from giftshop.web.idempotency import Once, RequestKey
from giftshop.web.inverses import Inverse
from giftshop.web.languages import current_locale, in_locale, is_switching, localized
from giftshop.web.menu import MenuItem
from giftshop.web.transactions import reader, transact, transact_once
from giftshop.web.undo import offer_undo
from giftshop.web.watched import Watched

__all__ = [
    "FEW",
    "Form",
    "GiftShop",
    "Inverse",
    "Lately",
    "MenuItem",
    "MoneyField",
    "Once",
    "Page",
    "Piece",
    "Place",
    "RequestKey",
    "Waiting",
    "Watched",
    "WholeNumberField",
    "actor",
    "allow",
    "anyone",
    "bounded_count",
    "current_locale",
    "current_shop",
    "in_locale",
    "is_switching",
    "keyset_page",
    "localized",
    "long_day",
    "may_open",
    "members",
    "offer_undo",
    "reader",
    "recent_of",
    "say",
    "shown_count",
    "signed_in",
    "staff",
    "tasks_of",
    "transact",
    "transact_once",
]
