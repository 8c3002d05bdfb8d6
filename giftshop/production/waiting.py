"""What production has waiting, the oldest first, for the home page of whoever does it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask import url_for
from flask_babel import gettext as _

from giftshop import accounts, cards
from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.production import decorating, proof_queries, queries
from giftshop.production.models import PrintRun
from giftshop.web import FEW, Piece, localized


def first_runs(reader: Reader, _person: Actor) -> list[Piece]:
    """Return the print runs that wait longest."""
    return list(_runs(reader, queries.oldest_open(reader, FEW)).values())


def runs_by_batch(reader: Reader, batch_ids: Collection[int]) -> dict[int, Piece]:
    """Return the print runs of these batches, by batch: what was done to a batch is found on its run."""
    return _runs(reader, queries.runs_of_batches(reader, batch_ids))


def first_jobs(reader: Reader, _person: Actor) -> list[Piece]:
    """Return the decoration jobs that are due first."""
    jobs = decorating.due_first(reader, FEW)
    where = url_for("production.decorations")
    return [Piece(job.about, where, localized(job.words), job.asked_at) for job in jobs]


def first_proofs(reader: Reader, _person: Actor) -> list[Piece]:
    """Return the proofs that wait longest for an answer."""
    proofs = proof_queries.longest_asked(reader, FEW)
    firms = accounts.firms_by_id(reader, {proof.firm_id for proof in proofs})
    return [
        Piece(
            proof.about,
            url_for("production.proof_page", proof_id=proof.id),
            firms[proof.firm_id].name,
            proof.made_at,
        )
        for proof in proofs
    ]


def _runs(reader: Reader, runs: Iterable[PrintRun]) -> dict[int, Piece]:
    return {
        run.batch_id: Piece(
            _("Batch %(number)s", number=cards.batch(reader, run.batch_id).number),
            url_for("production.show", run_id=run.id),
            cards.programme(reader, run.programme_id).sender_name,
            run.created_at,
        )
        for run in runs
    }
