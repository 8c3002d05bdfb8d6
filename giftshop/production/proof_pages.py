"""How a proof is shown: its sides with what lies over them, its code read back, and all that happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from giftshop import accounts, paper
from giftshop.accounts import User
from giftshop.db import Reader
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.production.models import PrintRun
from giftshop.production.proof_models import CardProof, ProofRemark
from giftshop.production.proof_queries import latest_proof, proof_pdf, remarks_of, versions_of
from giftshop.production.proof_rules import ProofAct, ProofState
from giftshop.production.wording import refuse_unapproved_run, subject_of
from giftshop.web import say

SAFE_MM: Final = 3.0
"""Nothing that must be whole stands nearer to the cut: a knife may be off by as much."""
PROOF_WORDS: Final = {
    ProofState.WAITING: N_("To be approved"),
    ProofState.APPROVED: N_("Approved"),
    ProofState.RETURNED: N_("Changes asked for"),
    ProofState.FROM_BEFORE: N_("From before proofs were kept"),
}
ACT_WORDS: Final = {
    ProofAct.APPROVED: N_("Approved by %(name)s"),
    ProofAct.ASKED: N_("%(name)s asked for changes"),
    ProofAct.ANSWERED: N_("%(name)s answered"),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a side, in millimetres from its left top corner."""

    left: float
    top: float
    width: float
    height: float

    def inside(self, margin: float) -> Frame:
        """Return what is left of it within a margin."""
        return Frame(self.left + margin, self.top + margin, self.width - 2 * margin, self.height - 2 * margin)

    @property
    def path(self) -> str:
        """The rectangle as an SVG path."""
        return f"M{self.left:g} {self.top:g}h{self.width:g}v{self.height:g}h{-self.width:g}z"


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side of a proof: its picture with the bleed, and where it is cut."""

    words: str
    picture: str
    whole: Frame
    trim: Frame

    @property
    def safe(self) -> Frame:
        """Where everything that must not be cut stands."""
        return self.trim.inside(SAFE_MM)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that was done about a proof."""

    what: str
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version in the history, and what happened to it, oldest first."""

    proof: CardProof
    state: str
    pdf: str
    happened: Sequence[Happened]


@dataclass(frozen=True, slots=True)
class ProofShown:
    """The version that counts, ready for a page; and every version, the last one first."""

    proof: CardProof
    state: str
    sides: Sequence[SideShown]
    pdf: str
    history: Sequence[VersionShown]

    @property
    def is_approved(self) -> bool:
        """Whether its firm said yes to it."""
        return self.proof.state is ProofState.APPROVED

    @property
    def is_returned(self) -> bool:
        """Whether changes were asked for."""
        return self.proof.state is ProofState.RETURNED

    @property
    def is_open(self) -> bool:
        """Whether its firm may decide about it."""
        return self.proof.state in {ProofState.WAITING, ProofState.RETURNED}

    @property
    def opens_a_page(self) -> bool:
        """Whether the code leads to a page, and is not a number."""
        return self.proof.code_read.startswith(("http://", "https://"))

    @property
    def last_words(self) -> Happened | None:
        """The last that was said about the version that counts, if anything was."""
        said = [each for each in self.history[0].happened if each.words]
        return said[-1] if said else None


@dataclass(frozen=True, slots=True)
class RunProof:
    """What a print run's page says of the proof it stands under."""

    proof: CardProof | None
    state: str
    refusal: str


def proof_shown(reader: Reader, proof: CardProof) -> ProofShown:
    """Return a version as a page shows it, with the history of its subject."""
    sides: list[paper.Side] = []
    if proof.pdf_sha256 is not None:
        sides = paper.sides_of(proof_pdf(reader, proof))
    return ProofShown(
        proof,
        str(_(PROOF_WORDS[proof.state])),
        [_side(proof, place, len(sides), side) for place, side in enumerate(sides)],
        _pdf(proof),
        _history(reader, (proof.subject_kind, proof.subject_id)),
    )


def run_proof(reader: Reader, run: PrintRun) -> RunProof:
    """Return the proof that a print run stands under, and why it may not be started, if it may not."""
    last = latest_proof(reader, subject_of(reader, run))
    try:
        refuse_unapproved_run(reader, run)
    except Refused as refusal:
        return RunProof(last, _words_of_state(last), say(refusal))
    return RunProof(last, _words_of_state(last), "")


def _words_of_state(proof: CardProof | None) -> str:
    return str(_(PROOF_WORDS[proof.state])) if proof else ""


def _side(proof: CardProof, place: int, count: int, side: paper.Side) -> SideShown:
    names = [_("Front"), _("Back")]
    words = names[place] if count <= len(names) else _("Page %(number)s", number=place + 1)
    picture = url_for("production.proof_side", proof_id=proof.id, side=place + 1)
    return SideShown(str(words), picture, Frame(0, 0, side.width, side.height), Frame(*side.trim))


def _history(reader: Reader, subject: tuple[str, int]) -> list[VersionShown]:
    versions = versions_of(reader, subject)
    remarks = remarks_of(reader, [proof.id for proof in versions])
    concerned = {proof.made_by for proof in versions} | {remark.by_id for remark in remarks}
    people = accounts.users_by_id(reader, [person for person in concerned if person is not None])
    by_proof: dict[int, list[ProofRemark]] = {}
    for remark in remarks:
        by_proof.setdefault(remark.proof_id, []).append(remark)
    return [
        VersionShown(
            proof,
            str(_(PROOF_WORDS[proof.state])),
            _pdf(proof),
            [_made(proof, people), *(_told(remark, people) for remark in by_proof.get(proof.id, []))],
        )
        for proof in versions
    ]


def _pdf(proof: CardProof) -> str:
    return url_for("production.proof_file", proof_id=proof.id) if proof.pdf_sha256 else ""


def _made(proof: CardProof, people: Mapping[int, User]) -> Happened:
    if proof.state is ProofState.FROM_BEFORE:
        return Happened(str(_("Ordered before proofs were kept here")), proof.made_at)
    return Happened(str(_("Drawn for %(name)s", name=_name(proof.made_by, people))), proof.made_at)


def _told(remark: ProofRemark, people: Mapping[int, User]) -> Happened:
    return Happened(str(_(ACT_WORDS[remark.act], name=_name(remark.by_id, people))), remark.at, remark.words)


def _name(person: int | None, people: Mapping[int, User]) -> str:
    return people[person].name if person is not None and person in people else str(_("the site"))
