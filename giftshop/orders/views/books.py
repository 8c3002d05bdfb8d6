"""The printed gift book of an order, as its firm leafs through it."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from giftshop.orders import documents, queries
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.orders import office, pdf
from giftshop.web import actor, allow, members, reader


@bp.get("/orders/<number>/gift-book.pdf")
@allow(members(), office)
def gift_book(number: str) -> ResponseReturnValue:
    """The book with all its gifts and the sender's words. Raises NothingPrinted where there is none."""
    order = queries.order_of(reader(), number, actor().firm_id)
    return pdf(documents.gift_book(reader(), order), f"gift-book-{order.number}.pdf")
