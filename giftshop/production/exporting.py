"""Lists of production as files. Never a code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import gettext as _

from giftshop import cards
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.listing import Export
from giftshop.production.models import PrintRun
from giftshop.production.presenting import STATE_WORDS


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
