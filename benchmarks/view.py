"""Opening a card's page, the letter, beside a minimal Flask route with one look-up and a template."""

from __future__ import annotations

from itertools import cycle

from flask import Flask, render_template
from sqlalchemy import create_engine, text

from benchmarks._cards import Side, cards_in_hands, in_turns, one_by_one, request_of, send, statements_of, visit_cookie
from benchmarks._site import postgres, site
from giftshop.web import GiftShop

IN_SLICE = 50
PAGE = """<!DOCTYPE html><html lang="en"><title>{{ sender }}</title><h1>A gift from {{ sender }}</h1>
<p>{{ greeting }}</p><p>until {{ until }}</p></html>"""


def run() -> None:
    """Print statements, CPU and p99 of both sides, and the ratio of CPU."""
    with postgres() as url:
        app = site(url)
        card_ids, _item_id = cards_in_hands(app, 1000)
        requests = [request_of(app, "/r/gift", cookie=visit_cookie(app, card_id)) for card_id in card_ids]
        statements = statements_of(app.database, lambda: send(app, requests[0]))
        bare = floor(app)
        ours = Side("view", one_by_one(cycle(requests), app, 200), IN_SLICE)
        floor_requests = [request_of(bare, f"/card/{card_id}") for card_id in card_ids]
        theirs = Side("floor", one_by_one(cycle(floor_requests), bare, 200), IN_SLICE)
        in_turns(app.database, ours, theirs)
        app.database.dispose()
    print(f"statements: {statements}")
    ours.show()
    theirs.show()
    print("goal: CPU at most 2 x the floor's, a ratio of 0.5")
    print(f"ratio: {theirs.milliseconds / ours.milliseconds:.2f}")


def floor(app: GiftShop) -> Flask:
    """The least that shows a card: one look-up on an engine as it comes, and a template that is compiled once."""
    bare, engine = Flask("bare"), create_engine(app.database.url)
    page = bare.jinja_env.from_string(PAGE)
    look_up = text(
        "SELECT p.sender_name, p.greeting, p.valid_until FROM cards c JOIN batches b ON b.id = c.batch_id"
        " JOIN programmes p ON p.id = b.programme_id WHERE c.id = :id"
    )

    @bare.get("/card/<int:card_id>")
    def card(card_id: int) -> str:
        with engine.connect() as connection:
            found = connection.execute(look_up, {"id": card_id}).one()
        return render_template(page, sender=found[0], greeting=found[1], until=found[2])

    return bare
