"""What a firm files of an order, as PDF, and where an order's page leads for more of it."""

from __future__ import annotations

from typing import Final, cast

from flask.typing import ResponseReturnValue

from giftshop.orders import papers, queries
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.orders import office, pdf
from giftshop.web import GiftShop, MenuItem, actor, allow, members, reader

_KEPT_AS: Final = "order_papers"


@bp.get("/orders/<number>/quotation.pdf")
@allow(members(), office)
def quotation(number: str) -> ResponseReturnValue:
    """The draft or order as a quotation on paper."""
    order = queries.order_of(reader(), number, actor().firm_id)
    return pdf(papers.quotation(reader(), order), f"quotation-{order.number}.pdf")


@bp.get("/orders/<number>/confirmation.pdf")
@allow(members(), office)
def confirmation(number: str) -> ResponseReturnValue:
    """What we have accepted, with how to pay it."""
    order = queries.order_of(reader(), number, actor().firm_id)
    return pdf(papers.confirmation(reader(), order), f"confirmation-{order.number}.pdf")


def add_paper(app: GiftShop, paper: MenuItem) -> None:
    """Let each order's page lead to `paper`, for whoever has one of its roles; its endpoint takes `number`.

    Roles of one side each: a firm's finance and the operator's are told apart by nothing else in a set.
    """
    cast(list[MenuItem], app.jinja_env.globals.setdefault(_KEPT_AS, [])).append(paper)
