"""Reads of proofs. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.paging import Page, bounded_count, keyset_page
from giftshop.production.proof_models import CardProof, ProofFile, ProofRemark
from giftshop.production.proof_rules import ProofState


def latest_proof(reader: Reader, subject: tuple[str, int]) -> CardProof | None:
    """Return the version that counts of what is printed for `subject`, as it is now."""
    last = _of(subject).order_by(CardProof.version.desc()).limit(1)
    return reader.scalar(last.execution_options(populate_existing=True))


def versions_of(reader: Reader, subject: tuple[str, int]) -> Sequence[CardProof]:
    """Return every version, the last one first."""
    return reader.scalars(_of(subject).order_by(CardProof.version.desc())).all()


def remarks_of(reader: Reader, proof_ids: Collection[int]) -> Sequence[ProofRemark]:
    """Return what was done and said about versions, in the order it was."""
    return reader.scalars(select(ProofRemark).where(ProofRemark.proof_id.in_(proof_ids)).order_by(ProofRemark.id)).all()


def proof_of(reader: Reader, proof_id: int, firm_id: int | None) -> CardProof:
    """Return a version; of `firm_id` only, unless None (staff). Raises Missing."""
    found = proof_by_id(reader, proof_id)
    if firm_id is not None and found.firm_id != firm_id:
        raise Missing
    return found


def proof_by_id(reader: Reader, proof_id: int) -> CardProof:
    """Return a version, of whichever firm. Raises Missing."""
    found = reader.get(CardProof, proof_id, populate_existing=True)
    if found is None:
        raise Missing
    return found


def proof_pdf(reader: Reader, proof: CardProof) -> bytes:
    """Return the file that a version shows. Raises Missing for one from before proofs were kept."""
    content = reader.scalar(select(ProofFile.content).where(ProofFile.sha256 == proof.pdf_sha256))
    if content is None:
        raise Missing
    return content


def proofs_page(reader: Reader, *, is_open: bool, after: str | None) -> Page[CardProof]:
    """Return proofs that wait for an answer of ours, oldest first; or all versions, newest first."""
    statement = _asked() if is_open else select(CardProof)
    return keyset_page(reader, statement, CardProof.id, after=after, descending=not is_open)


def asked_count(reader: Reader) -> int:
    """Return how many proofs wait for an answer of ours, counted as far as a page needs it."""
    return bounded_count(reader, _asked().with_only_columns(CardProof.id))


def _asked() -> Select[CardProof]:
    """Versions that a firm wants changed, and has not changed itself since."""
    newer = aliased(CardProof)
    has_newer = exists().where(
        newer.subject_kind == CardProof.subject_kind,
        newer.subject_id == CardProof.subject_id,
        newer.version > CardProof.version,
    )
    return select(CardProof).where(CardProof.state == ProofState.RETURNED, ~has_newer)


def _of(subject: tuple[str, int]) -> Select[CardProof]:
    return select(CardProof).where(CardProof.subject_kind == subject[0], CardProof.subject_id == subject[1])
