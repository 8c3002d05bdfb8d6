"""The papers that go with a print file: the run sheet for the print house, and the receipt of the destruction.

Neither holds a code: what they name are counts, serial numbers and the checksum of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask_babel import format_decimal
from flask_babel import gettext as _

from giftshop import accounts, cards, paper
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.production import queries
from giftshop.production.certificates import spaced
from giftshop.production.delivery import Delivery, Medium
from giftshop.production.models import PrintHouse, PrintRun
from giftshop.production.presenting import (
    COLOUR_WORDS,
    bought_by,
    design_words,
    file_words,
    serials_of,
    sheet_words,
)
from giftshop.production.proof_models import CardProof
from giftshop.production.proof_queries import latest_proof
from giftshop.production.wording import design_of_run, subject_of
from giftshop.web import current_shop

Lines = list[tuple[str, str]]
"""Label and value."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """All that pages and papers say of a print run."""

    run: PrintRun
    programme: cards.Programme
    batch: cards.Batch
    firm: accounts.Firm
    house: PrintHouse | None
    design: paper.CardDesign
    order_number: str
    proof: CardProof | None

    @property
    def wanted(self) -> Delivery:
        """How it is printed."""
        return self.run.wanted

    @property
    def house_name(self) -> str:
        """Who prints it."""
        return self.house.name if self.house else str(_("Our own press"))

    @property
    def identity(self) -> Lines:
        """Whose cards these are."""
        order = [(_("Order"), self.order_number)] if self.order_number else []
        return [
            (_("Batch"), str(self.batch.number)),
            *order,
            (_("Programme"), self.programme.name),
            (_("Firm"), self.firm.name),
            (_("Given by"), self.programme.sender_name),
        ]

    @property
    def counted(self) -> Lines:
        """How much there is of it: what the print house compares first."""
        first, last = serials_of(self.batch)
        count = self.run.cards if self.run.cards is not None else self.batch.quantity
        lines = [(_("Cards"), format_decimal(count))]
        if self.run.started_at and self.wanted.medium is Medium.PDF:
            lines += [(_("Sheets"), format_decimal(self.wanted.sheets_for(count)))]
            lines += [(_("Printed pages"), format_decimal(self.run.pages))] if self.run.pages is not None else []
        return [*lines, (_("First serial number"), first), (_("Last serial number"), last)]

    @property
    def printed_how(self) -> Lines:
        """On what, in which colours, from which kind of file."""
        lines = [(_("File"), file_words(self.wanted)), (_("Design"), design_words(self.design))]
        if self.wanted.medium is Medium.PDF:
            lines += [(_("Sheet"), sheet_words(self.wanted)), (_("Colours"), _(COLOUR_WORDS[self.wanted.colour]))]
        elif self.run.fingerprint:
            lines += [(_("Certificate (SHA-256)"), spaced(self.run.fingerprint))]
        if self.proof is not None and self.proof.content_hash:
            lines += [(_("Approved proof"), f"{self.proof.version} · {self.proof.content_hash[:16]}")]
        return lines


def facts_of(reader: Reader, run: PrintRun) -> RunFacts:
    """Return what is to be said of a print run."""
    programme = cards.programme(reader, run.programme_id)
    return RunFacts(
        run=run,
        programme=programme,
        batch=cards.batch(reader, run.batch_id),
        firm=accounts.firm(reader, programme.firm_id),
        house=queries.print_house(reader, run.house_id) if run.house_id else None,
        design=design_of_run(reader, run),
        order_number=bought_by(programme),
        proof=latest_proof(reader, subject_of(reader, run)),
    )


def people_of(reader: Reader, run: PrintRun) -> set[int]:
    """Return the ids of everybody who had to do with a run's file."""
    named = {run.allowed_to, run.asked_by, run.confirmed_by, run.agreed_by}
    for fetch in queries.fetches_of(reader, run.id):
        named |= {fetch.fetched_by, fetch.agreed_by}
    return {person for person in named if person}


def run_sheet(reader: Reader, run: PrintRun) -> bytes:
    """Return the sheet that goes to the print house with the file, in the current language: a PDF."""
    return _paper(reader, run, "production/run_sheet.html")


def receipt(reader: Reader, run: PrintRun) -> bytes:
    """Return the receipt of the destruction of a confirmed run's codes, key and file: a PDF."""
    return _paper(reader, run, "production/receipt.html")


def _paper(reader: Reader, run: PrintRun, template: str) -> bytes:
    html = render_template(
        template,
        facts=facts_of(reader, run),
        run=run,
        fetches=queries.fetches_of(reader, run.id),
        people=accounts.users_by_id(reader, people_of(reader, run)),
        site=current_shop().settings,
        on=clock.local_day(clock.now(), current_shop().settings.time_zone),
    )
    return paper.render(html, missing=paper.Missing.BOX)
