"""Wrong codes: a slip asks the database nothing, an unknown code is one look-up, however many cards there are.

A code whose card is not active yet must take as long as one that was made up, or a clock would tell them apart.

Beside a minimal Flask route that answers 404 after one look-up by hash. Guesses come from addresses that each make one,
so that no limit answers in place of the look-up.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

from flask import Flask, abort
from sqlalchemy import text

from benchmarks._cards import TOKEN, Side, cards_in_hands, in_turns, one_by_one, request_of, send, statements_of
from benchmarks._site import postgres, site
from giftshop import cards
from giftshop.kernel.codes import draw_block, secrets_in
from giftshop.web import GiftShop

IN_SLICE = 50
FEW, MANY = 10_000, 1_000_000
SLIP = "K7QM2M9XRD4T8WHB"
ADDRESSES = count()
"""No address guesses twice, whichever side it is on: during so many wrong codes the second would be refused."""
NOT_YET = 250
"""Cards that are on their way to their firm."""


def run() -> None:
    """Print CPU for a slip and for unknown codes among few and many cards, and the ratio to the floor's CPU."""
    with postgres() as url:
        app = site(url)
        cards_in_hands(app, FEW)
        few, slip, theirs = measured(app)
        unknown_side, not_yet = told_apart(app)
        cards_in_hands(app, MANY - FEW)
        many, _slip, _floor = measured(app)
        slip_statements = statements_of(app.database, lambda: send(app, next(typed(app, slips()))))
        statements = statements_of(app.database, lambda: send(app, next(typed(app, unknown()))))
        app.database.dispose()
    print(f"statements: {slip_statements} for a slip, {statements} for an unknown code")
    for side in (slip, few, many, theirs, unknown_side, not_yet):
        side.show()
    apart = statistics.median(not_yet.took) / statistics.median(unknown_side.took)
    print(f"not active yet against unknown, by the clock: {apart:.3f} x (1 is the goal)")
    print(f"growth: {many.milliseconds / few.milliseconds:.2f} x from {FEW:,} to {MANY:,} cards (1 is the goal)")
    print(f"ratio: {theirs.milliseconds / many.milliseconds:.2f}")


def measured(app: GiftShop) -> tuple[Side, Side, Side]:
    """Unknown codes, slips, and the floor, in turns."""
    with app.database.engine.connect() as connection:
        there_are = connection.execute(text("SELECT count(*) FROM cards")).scalar_one()
    bare = floor(app)
    wrong = Side(f"unknown code, {there_are:,} cards", one_by_one(typed(app, unknown()), app, 303), IN_SLICE)
    slip = Side("slip", one_by_one(typed(app, slips()), app, 422), IN_SLICE)
    guesses = (request_of(bare, f"/code/{os.urandom(32).hex()}") for _ in count())
    theirs = Side("floor", one_by_one(guesses, bare, 404), IN_SLICE)
    in_turns(app.database, wrong, slip, theirs)
    return wrong, slip, theirs


def told_apart(app: GiftShop) -> tuple[Side, Side]:
    """Unknown codes, and codes of cards that are not active yet, in turns."""
    real = not_yet_active(app)
    unknown_side = Side("unknown code, beside", one_by_one(typed(app, unknown()), app, 303), IN_SLICE)
    not_yet = Side("code not active yet", one_by_one(typed(app, cycle(real)), app, 303), IN_SLICE)
    in_turns(app.database, unknown_side, not_yet)
    return unknown_side, not_yet


def not_yet_active(app: GiftShop) -> list[str]:
    """Codes of a batch that was shipped and that nobody has received."""
    card_ids, _gift = cards_in_hands(app, NOT_YET)
    secrets = secrets_in(draw_block(NOT_YET))
    with app.database.engine.begin() as connection:
        for card_id, secret in zip(card_ids, secrets, strict=True):
            (found_by,) = cards.code_hashes(app.settings.keyring, secret.canonical)
            known = {"id": card_id, "hash": found_by}
            connection.execute(text("UPDATE cards SET state = 'sealed', secret_hash = :hash WHERE id = :id"), known)
        batch = text("UPDATE batches SET state = 'shipped' WHERE id = (SELECT batch_id FROM cards WHERE id = :id)")
        connection.execute(batch, {"id": card_ids[0]})
    return [secret.canonical for secret in secrets]


def unknown() -> Iterator[str]:
    """Well-formed codes that no card has."""
    while True:
        yield from (secret.canonical for secret in secrets_in(draw_block(100)))


def slips() -> Iterator[str]:
    """The same text that is no code."""
    while True:
        yield SLIP


def typed(app: GiftShop, codes: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Requests with these codes, each from another network address."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = f"session={signer.dumps({'csrf_token': TOKEN})!s}"
    for code in codes:
        number = next(ADDRESSES)
        environ = request_of(app, "/r", {"code": code}, cookie=cookie)
        high, low = divmod(number, 250)
        environ["REMOTE_ADDR"] = f"10.{high // 250 % 250}.{high % 250}.{low}"
        yield environ


def floor(app: GiftShop) -> Flask:
    """The least that looks a code up and does not find it."""
    bare, engine = Flask("bare"), app.database.engine
    look_up = text("SELECT id FROM cards WHERE secret_hash = :hash")

    @bare.get("/code/<digest>")
    def code(digest: str) -> str:
        with engine.connect() as connection:
            if connection.execute(look_up, {"hash": bytes.fromhex(digest)}).first() is None:
                abort(404)
        return "found"

    return bare
