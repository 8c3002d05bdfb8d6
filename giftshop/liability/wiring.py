"""Puts what is owed to whom onto the app."""

from __future__ import annotations

from functools import partial

from flask_babel import ngettext

from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.liability.proving import PROVE, last_proof, promise_nightly, prove_now
from giftshop.liability.views import DESK, FIRM, bp
from giftshop.web import GiftShop, MenuItem, Waiting


def init_app(app: GiftShop) -> None:
    """Add the report and the proofs, and have the books proved each night."""
    app.jobs.register(PROVE, prove_now)
    app.rounds.append(partial(promise_nightly, time_zone=app.settings.time_zone))
    app.register_blueprint(bp)
    desk, firm = frozenset(DESK), frozenset(FIRM)
    owed, left = N_("What cards still hold, and whose"), N_("What your cards still hold, and why")
    app.menu += [
        MenuItem(N_("What is owed"), "liability.desk", desk, 46, "report-money", owed),
        MenuItem(N_("Left on cards"), "liability.own", firm, 46, "report-money", left),
        MenuItem(N_("Books"), "liability.books", desk, 47, "circle-check", N_("Whether everything adds up")),
    ]
    app.waiting.append(
        Waiting(
            desk,
            _differing,
            _differing_words,
            "liability.books",
            icon="alert-triangle",
            is_pressing=True,
            naming=_first_differing,
        )
    )


def _differing(reader: Reader, _person: Actor) -> int:
    proof = last_proof(reader)
    return proof.found if proof else 0


def _first_differing(reader: Reader) -> str:
    proof = last_proof(reader)
    return str(proof.differences[0]["name"]) if proof and proof.differences else ""


def _differing_words(count: int) -> str:
    return str(ngettext("The books differ in %(num)s place", "The books differ in %(num)s places", count))
