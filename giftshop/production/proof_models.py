"""The tables of proofs: every version, the file that was shown, and what was said about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk
from giftshop.production.proof_rules import ProofAct, ProofState, Seen


class ProofFile(Base):
    """A PDF that was shown as a proof, kept once however many versions show the same."""

    __tablename__ = "proof_files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(deferred=True)


class CardProof(Base):
    """One version of the proof of something printed. The one with the highest number counts."""

    __tablename__ = "card_proofs"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "version"),
        CheckConstraint("(state = 'from_before') = (content_hash IS NULL)", name="from_before_has_no_content"),
        CheckConstraint("(content_hash IS NULL) = (pdf_sha256 IS NULL)", name="content_has_a_file"),
        CheckConstraint("(content_hash IS NULL) = (art_hash IS NULL)", name="content_has_its_art"),
        Index("ix_card_proofs_state", "state", "id"),
    )

    id: Mapped[intpk]
    subject_kind: Mapped[str]
    """With `subject_id`, what is printed, by whoever sells it: ("order", 17)."""
    subject_id: Mapped[int]
    version: Mapped[int]
    """From 1, within its subject."""
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), index=True)
    about: Mapped[str]
    """What the subject is called: an order's number."""
    state: Mapped[ProofState] = mapped_column(default=ProofState.WAITING)
    turn: Mapped[int] = mapped_column(default=0)
    """How many decisions were made about it: whoever decides says which they had seen."""
    content_hash: Mapped[str | None]
    """Of all that is the same on every card: see `paper.fingerprint`."""
    art_hash: Mapped[str | None]
    """The same of what the firm chose only: see `proofs.draw`."""
    pdf_sha256: Mapped[str | None] = mapped_column(ForeignKey("proof_files.sha256"), index=True)
    code_read: Mapped[str] = mapped_column(default="")
    """What an independent reader saw in the specimen's QR code."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]

    @property
    def seen(self) -> str:
        """What a form carries to say which proof its reader saw."""
        return str(Seen(self.content_hash or "", self.turn))


class ProofRemark(Base):
    """What somebody did about a version of a proof, and said."""

    __tablename__ = "proof_remarks"

    id: Mapped[intpk]
    proof_id: Mapped[int] = mapped_column(ForeignKey("card_proofs.id"), index=True)
    act: Mapped[ProofAct]
    words: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
