"""Lists of production as files. Never a code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop import accounts, cards
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Export
from giftshop.production.models import DecorationJob, PrintRun
from giftshop.production.presenting import DECORATION_WORDS, STATE_WORDS
from giftshop.production.proof_models import CardProof
from giftshop.production.proof_pages import PROOF_WORDS
from giftshop.production.proof_queries import last_remarks
from giftshop.web import localized


def _print_runs(reader: Reader, runs: Sequence[PrintRun]) -> Iterator[Sequence[object]]:
    for run in runs:
        batch, programme = cards.batch(reader, run.batch_id), cards.programme(reader, run.programme_id)
        state = _(STATE_WORDS[run.state])
        dates = [run.created_at, run.ready_at, run.confirmed_at]
        yield [batch.number, programme.name, programme.sender_name, batch.quantity, state, *dates]


PRINT_RUNS: Final = Export(
    (
        N_("Batch"),
        N_("Order"),
        N_("Given by"),
        N_("Cards"),
        N_("State"),
        N_("Since"),
        N_("File ready"),
        N_("Printed"),
    ),
    _print_runs,
)


def _decorations(reader: Reader, jobs: Sequence[DecorationJob]) -> Iterator[Sequence[object]]:
    firms = accounts.firms_by_id(reader, {job.firm_id for job in jobs})
    people = accounts.users_by_id(reader, {job.begun_by for job in jobs if job.begun_by})
    for job in jobs:
        where = [localized(job.on_words), localized(job.places)] if job.on_words else [None, None]
        who = people[job.begun_by].name if job.begun_by else None
        yield [
            localized(job.words),
            *where,
            job.width_mm or None,
            job.height_mm or None,
            job.quantity,
            job.text,
            job.about,
            firms[job.firm_id].name,
            job.begin_by,
            job.due_on,
            _(DECORATION_WORDS[job.state]),
            who,
        ]


DECORATIONS: Final = Export(
    (
        N_("What"),
        N_("On what"),
        N_("Where"),
        N_("Width in mm"),
        N_("Height in mm"),
        N_("Pieces"),
        N_("Words"),
        N_("Order"),
        N_("Firm"),
        N_("Begin by"),
        N_("Ready by"),
        N_("State"),
        N_("Begun by"),
    ),
    _decorations,
)


def _proofs(reader: Reader, proofs: Sequence[CardProof]) -> Iterator[Sequence[object]]:
    firms = accounts.firms_by_id(reader, {proof.firm_id for proof in proofs})
    remarks = last_remarks(reader, [proof.id for proof in proofs])
    for proof in proofs:
        remark = remarks.get(proof.id)
        asked, since = (remark.words, remark.at) if remark else (None, proof.made_at)
        yield [proof.about, firms[proof.firm_id].name, proof.version, _(PROOF_WORDS[proof.state]), asked, since]


PROOFS: Final = Export((N_("Order"), N_("Firm"), N_("Version"), N_("State"), N_("What is asked"), N_("Since")), _proofs)
