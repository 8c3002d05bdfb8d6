"""Proofs: drawn by the press, kept in versions, approved or sent back by the firm, and held to before anything prints.

A version is known by the mark of its content. Only the last one of its subject counts: whoever changes a word makes a
new one, which nobody has approved yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final, TypeAlias

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from giftshop import audit, paper
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.production.proof_errors import (
    AnswerMissing,
    CodeUnreadable,
    CommentMissing,
    NothingAsked,
    ProofChanged,
    ProofDecided,
    ProofMissing,
)
from giftshop.production.proof_models import CardProof, ProofFile, ProofRemark
from giftshop.production.proof_queries import latest_proof, proof_by_id
from giftshop.production.proof_rules import ProofAct, ProofState, Seen

SUBJECT: Final = "card_proof"
Subject: TypeAlias = tuple[str, int]
"""What is printed, by the room that sells it: ("order", 17)."""
SPECIMEN_NAMES: Final[Mapping[str, str]] = {"zh_Hans": "王小明", "en": "Zoë O’Brien"}
"""Whom a kept proof is made out to: no real recipient, since it is kept for good."""
UNDECIDED: Final = (ProofState.WAITING, ProofState.RETURNED)


@dataclass(frozen=True, slots=True)
class ProofAnswered:
    """One of our people answered what a firm asked about a proof."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class ProofRenewed:
    """What would be printed is not what was approved any more: its firm is asked to look once more."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class Drawn:
    """A proof as the press drew it, before anybody keeps it."""

    content_hash: str
    art_hash: str
    pdf: bytes
    code_read: str

    @property
    def seen(self) -> str:
        """What a form carries that shows it for the first time."""
        return str(Seen(self.content_hash, 0))


def content_of(design: paper.CardDesign, art: paper.CardArt) -> str:
    """Return the mark of what would be printed."""
    return paper.fingerprint(design, art)


def art_of(design: paper.CardDesign, art: paper.CardArt) -> str:
    """Return the mark of what the firm chose of it: a replacement may have another last day, value or address."""
    of_firm = replace(art, valid_until="", value="", short_address="", hotline="", is_named=True)
    return paper.art_fingerprint(design, of_firm)


def specimen_name(art: paper.CardArt) -> str:
    """Return the name on a proof, in the card's language; none on cards that bear none."""
    return SPECIMEN_NAMES.get(art.locale, SPECIMEN_NAMES["en"]) if art.is_named else ""


def draw(design: paper.CardDesign, art: paper.CardArt, face: paper.CardFace) -> Drawn:
    """Return the proof of a card, made by the press itself and its code read back. Slow: no database waits for it.

    Raises GlyphMissing, TextTooLong, LinkTooLong, CodeUnreadable.
    """
    pdf = paper.proof(design, art, face)
    if face.link not in paper.read_codes(pdf):
        raise CodeUnreadable
    return Drawn(content_of(design, art), art_of(design, art), pdf, face.link)


def keep(tx: Transaction, subject: Subject, firm_id: int, drawn: Drawn, *, about: str, by: Actor, at: datetime) -> int:
    """Keep a proof as the next version of its subject and return its id; nothing is added if the last one is the same.

    Raises ProofDecided when somebody else kept another one at this moment.
    """
    last = latest_proof(tx, subject)
    if last is not None and last.content_hash == drawn.content_hash:
        return last.id
    digest = sha256(drawn.pdf).hexdigest()
    tx.add_new(ProofFile, sha256=digest, content=drawn.pdf)
    is_new = tx.add_new(
        CardProof,
        subject_kind=subject[0],
        subject_id=subject[1],
        version=last.version + 1 if last else 1,
        firm_id=firm_id,
        about=about,
        state=ProofState.WAITING,
        turn=0,
        content_hash=drawn.content_hash,
        art_hash=drawn.art_hash,
        pdf_sha256=digest,
        code_read=drawn.code_read,
        made_by=by.id,
        made_at=at,
    )
    kept = latest_proof(tx, subject)
    if kept is None or kept.content_hash != drawn.content_hash:
        raise ProofDecided
    if is_new:
        audit.record(tx, "production.keep_proof", (SUBJECT, kept.id), by=by, at=at, version=kept.version)
    return kept.id


def renew(tx: Transaction, subject: Subject, firm_id: int, drawn: Drawn, *, about: str, by: Actor, at: datetime) -> int:
    """Ask a firm to approve what would be printed now, and return the version's id. Raises what `keep` raises."""
    proof_id = keep(tx, subject, firm_id, drawn, about=about, by=by, at=at)
    if proof_by_id(tx, proof_id).state is not ProofState.APPROVED:
        tx.publish(ProofRenewed(subject))
    return proof_id


def approve(tx: Transaction, subject: Subject, firm_id: int, seen: str, *, by: Actor, at: datetime) -> None:
    """A firm's yes to the version that was `seen`. Done twice, it changes nothing.

    Raises ProofDecided when there is a newer one, or somebody asked for changes since.
    """
    if _move(tx, subject, firm_id, seen, start=UNDECIDED, end=ProofState.APPROVED):
        _remark(tx, subject, ProofAct.APPROVED, "", by=by, at=at)
        return
    last, before = latest_proof(tx, subject), Seen.read(seen)
    is_done = last is not None and before is not None and last.content_hash == before.content_hash
    if last is None or not is_done or last.state is not ProofState.APPROVED or last.firm_id != firm_id:
        raise ProofDecided


def ask_for_changes(
    tx: Transaction, subject: Subject, firm_id: int, seen: str, comment: str, *, by: Actor, at: datetime
) -> None:
    """A firm wants the version that was `seen` changed: it waits for an answer of ours, and cannot be printed.

    Raises CommentMissing; ProofDecided as above, and when it is approved already.
    """
    if not comment.strip():
        raise CommentMissing(field="comment")
    if not _move(tx, subject, firm_id, seen, start=UNDECIDED, end=ProofState.RETURNED):
        raise ProofDecided
    _remark(tx, subject, ProofAct.ASKED, comment.strip(), by=by, at=at)


def answer(tx: Transaction, proof_id: int, words: str, *, by: Actor, at: datetime) -> None:
    """Answer what a firm asked about a proof; it decides anew. Raises AnswerMissing, NothingAsked, Missing."""
    if not words.strip():
        raise AnswerMissing(field="words")
    proof = proof_by_id(tx, proof_id)
    subject = (proof.subject_kind, proof.subject_id)
    if not _move(tx, subject, proof.firm_id, proof.seen, start=(ProofState.RETURNED,), end=ProofState.WAITING):
        raise NothingAsked
    _remark(tx, subject, ProofAct.ANSWERED, words.strip(), by=by, at=at)
    tx.publish(ProofAnswered(subject))


def refuse_unapproved(reader: Reader, subject: Subject, content_hash: str) -> None:
    """Refuse to go on with anything but what the last version says, approved.

    Raises ProofMissing, ProofChanged.
    """
    last = latest_proof(reader, subject)
    if last is not None and last.state is ProofState.FROM_BEFORE:
        return
    if last is not None and last.content_hash != content_hash:
        raise ProofChanged
    if last is None or last.state is not ProofState.APPROVED:
        raise ProofMissing


def refuse_undecided(reader: Reader, subject: Subject) -> None:
    """Refuse to begin with what is made after a proof that nobody approved. Raises ProofMissing."""
    last = latest_proof(reader, subject)
    if last is None or last.state not in {ProofState.APPROVED, ProofState.FROM_BEFORE}:
        raise ProofMissing


def refuse_other_art(reader: Reader, subject: Subject, art_hash: str) -> None:
    """Refuse to print replacements of cards whose art nobody approved: the approval of the first ones holds for them.

    Raises ProofMissing, ProofChanged.
    """
    of_subject = (CardProof.subject_kind == subject[0], CardProof.subject_id == subject[1])
    allowed = select(CardProof.art_hash).where(
        *of_subject, CardProof.state.in_([ProofState.APPROVED, ProofState.FROM_BEFORE])
    )
    approved: Sequence[str | None] = reader.scalars(allowed).all()
    if not approved:
        raise ProofMissing
    if None not in approved and art_hash not in approved:
        raise ProofChanged


def _move(
    tx: Transaction, subject: Subject, firm_id: int, seen: str, *, start: Sequence[ProofState], end: ProofState
) -> bool:
    """Move the last version to `end`, if it is the one that was seen, in a state of `start`, and nobody was faster."""
    before = Seen.read(seen)
    if before is None:
        return False
    newer = aliased(CardProof)
    has_newer = exists().where(
        newer.subject_kind == CardProof.subject_kind,
        newer.subject_id == CardProof.subject_id,
        newer.version > CardProof.version,
    )
    decided = (
        update(CardProof)
        .where(
            CardProof.subject_kind == subject[0],
            CardProof.subject_id == subject[1],
            CardProof.firm_id == firm_id,
            CardProof.content_hash == before.content_hash,
            CardProof.turn == before.turn,
            CardProof.state.in_(start),
            ~has_newer,
        )
        .values(state=end, turn=CardProof.turn + 1)
    )
    return tx.change(decided) == 1


def _remark(tx: Transaction, subject: Subject, act: ProofAct, words: str, *, by: Actor, at: datetime) -> None:
    proof = latest_proof(tx, subject)
    if proof is None:
        raise ProofDecided
    tx.add(ProofRemark(proof_id=proof.id, act=act, words=words, by_id=by.id, at=at))
    audit.record(tx, f"production.proof_{act}", (SUBJECT, proof.id), by=by, at=at, version=proof.version)
