"""Preflight of print runs: the sealed file itself is looked at before it is offered, and what was found is kept.

What is kept says which checks there were, their figures, and what is wrong on which page and with which card, by its
serial number: never a code, a link or a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import update

from giftshop import cards
from giftshop.db import Reader, Transaction
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.locale import N_
from giftshop.kernel.serials import Serial
from giftshop.paper import CardDesign, Check, Fault, Output, Report, Subject, Verdict, Why, examine
from giftshop.production.errors import FileFaulty
from giftshop.production.models import PrintRun

Kept = Mapping[str, Any]

SUBJECTS: Final[Mapping[Subject, str]] = {
    Subject.FILE: N_("File can be read"),
    Subject.COUNTS: N_("Cards and pages counted"),
    Subject.BOXES: N_("Sheet, bleed and cut"),
    Subject.PLACES: N_("Cards in their places"),
    Subject.FONTS: N_("Fonts inside the file"),
    Subject.COLOURS: N_("Inks"),
    Subject.PICTURES: N_("Sharpness of pictures"),
    Subject.CODES: N_("Every QR code, module by module"),
    Subject.READING: N_("QR codes read back from the drawn page"),
    Subject.INTENT: N_("PDF/X-4 and output intent"),
}
VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.PASSED: N_("In order"),
    Verdict.WARNED: N_("To be looked at"),
    Verdict.FAILED: N_("Must not be printed"),
    Verdict.NOT_ASKED: N_("Not asked for"),
}
FIGURES: Final[Mapping[Subject, str]] = {
    Subject.COUNTS: N_("%(cards)s cards on %(pages)s pages"),
    Subject.BOXES: N_("%(pages)s pages measured"),
    Subject.PLACES: N_("%(sides)s sides of cards"),
    Subject.FONTS: N_("%(fonts)s fonts"),
    Subject.COLOURS: N_("Found: %(spaces)s"),
    Subject.PICTURES: N_("%(pictures)s pictures, the coarsest %(lowest_dpi)s dpi"),
    Subject.CODES: N_("%(compared)s compared with their links, %(by_qrcode)s besides with a second encoder"),
    Subject.READING: N_("%(sampled)s drawn at %(dpi)s dpi and read"),
    Subject.INTENT: N_("Printing condition: %(condition)s"),
}
FAULTS: Final[Mapping[Why, str]] = {
    Why.UNREADABLE: N_("The file is no proper PDF."),
    Why.PAGES: N_("The file has %(found)s pages instead of %(wanted)s."),
    Why.CARDS: N_("The file has %(found)s QR codes instead of %(wanted)s."),
    Why.SHEET: N_("The sheet is %(found)s mm instead of %(wanted)s mm."),
    Why.CUT: N_("It would be cut to %(found)s mm instead of %(wanted)s mm."),
    Why.BLEED: N_("The bleed is not as it must be."),
    Why.TURNED: N_("The page is turned or scaled."),
    Why.ARTWORK: N_("%(found)s cards are drawn here instead of %(wanted)s."),
    Why.OVERLAP: N_("Cards lie too near to each other or to the edge."),
    Why.REGISTER: N_("Backs do not lie behind their fronts."),
    Why.FONT_OUTSIDE: N_("The font %(font)s is not inside the file."),
    Why.FONT_MISSING: N_("A text is set in a font that the file does not have."),
    Why.EMPTY_BOX: N_("A character is printed as an empty box."),
    Why.WRONG_INK: N_("The colour space %(space)s stands in a file for four inks."),
    Why.NOT_BLACK: N_("A text that differs from card to card is not in black alone."),
    Why.CODE_NOT_BLACK: N_("The QR code is not in full black alone."),
    Why.NO_LABEL: N_("The file is not labelled PDF/X-4."),
    Why.NO_INTENT: N_("The file has no output intent with a colour profile."),
    Why.OTHER_INTENT: N_("The output intent is for %(found)s instead of %(wanted)s."),
    Why.COARSE: N_("A picture has %(dpi)s dpi at its size; it should have %(wanted)s."),
    Why.CODE_BROKEN: N_("The QR code is no regular square of modules."),
    Why.CODE_DIFFERS: N_("The QR code is not the one of this card."),
    Why.CODE_ASTRAY: N_("A QR code does not lie on a card of its own."),
    Why.NOT_READ: N_("The drawn QR code could not be read, or opens something else."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A check as a page shows it, in the words of whoever looks."""

    title: str
    verdict: Verdict
    verdict_words: str
    figures: str
    faults: Sequence[str]
    more: int
    """Faults beyond those told."""


def inspect(
    reader: Reader, run: PrintRun, sealed: Path, *, design: CardDesign, output: Output, keyring: Keyring
) -> Report:
    """Return the preflight of the sealed file of an opened run, read as it will be handed out.

    Raises what `cards.open_secrets` and `cards.read_print_file` do.
    """
    opening_id = run.opening_id or 0
    links = (card.link for card in cards.open_secrets(reader, opening_id, keyring=keyring))
    with sealed.open("rb") as stored, cards.read_print_file(reader, opening_id, stored, keyring=keyring) as file:
        quantity = cards.batch(reader, run.batch_id).quantity
        return examine(file, design=design, output=output, cards=quantity, links=links)


def keep(tx: Transaction, run_id: int, report: Report) -> None:
    """Keep what the preflight of a run's file found, for its page."""
    run = tx.get_one(PrintRun, run_id)
    number = cards.batch(tx, run.batch_id).number
    kept = {"checks": [_kept_check(check, number) for check in report.checks]}
    tx.change(update(PrintRun).where(PrintRun.id == run_id).values(preflight=kept))


def refuse_faulty(report: Report, sealed: Path) -> None:
    """Remove a file that failed, and raise FileFaulty."""
    if not report.is_good:
        sealed.unlink(missing_ok=True)
        raise FileFaulty


def rows_of(run: PrintRun) -> list[Row]:
    """Return the checks of a run's file as its page shows them; none before there is a file."""
    return [_row(check) for check in (run.preflight or {}).get("checks", [])]


def _kept_check(check: Check, batch_number: int) -> Kept:
    return {
        "subject": check.subject.value,
        "verdict": check.verdict.value,
        "figures": dict(check.figures),
        "faults": [_kept_fault(fault, batch_number) for fault in check.faults],
        "fault_count": check.fault_count,
    }


def _kept_fault(fault: Fault, batch_number: int) -> Kept:
    serial = str(Serial(batch_number, fault.card)) if fault.card else ""
    return {"why": fault.why.value, "page": fault.page, "serial": serial, "facts": dict(fault.facts)}


def _row(check: Kept) -> Row:
    subject, verdict = Subject(check["subject"]), Verdict(check["verdict"])
    is_shown = bool(check["figures"]) and verdict is not Verdict.NOT_ASKED
    return Row(
        _(SUBJECTS[subject]),
        verdict,
        _(VERDICTS[verdict]),
        _figures(subject, check["figures"]) if is_shown else "",
        [_fault_words(fault) for fault in check["faults"]],
        check["fault_count"] - len(check["faults"]),
    )


def _figures(subject: Subject, figures: Mapping[str, Any]) -> str:
    if subject is Subject.PICTURES and not figures["pictures"]:
        return str(_("No pictures"))
    return str(_(FIGURES[subject], **figures))


def _fault_words(fault: Kept) -> str:
    what = _(FAULTS[Why(fault["why"])], **fault["facts"])
    if fault["serial"]:
        return str(_("Page %(page)s, card %(serial)s: %(what)s", page=fault["page"], serial=fault["serial"], what=what))
    return str(_("Page %(page)s: %(what)s", page=fault["page"], what=what)) if fault["page"] else str(what)
