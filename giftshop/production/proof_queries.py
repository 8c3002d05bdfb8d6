"""Reads of proofs. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from giftshop import accounts
from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Column, Listing, Words, by_state, said_in
from giftshop.paging import bounded_count
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


def last_remarks(reader: Reader, proof_ids: Collection[int]) -> dict[int, ProofRemark]:
    """Return what was last done and said about versions, by version; those without are left out."""
    return {remark.proof_id: remark for remark in remarks_of(reader, proof_ids)}


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


def proofs_list(reader: Reader, *, is_open: bool, words: Mapping[ProofState, str]) -> Listing[CardProof]:
    """Return the list of proofs that wait for an answer of ours, oldest first; or of all versions, newest first.

    `words` call the states by name. Those that wait are few; all versions sort by nothing else, for want of an index.
    """
    return Listing(
        "proofs",
        _asked() if is_open else select(CardProof),
        CardProof.id,
        columns=(
            Column("order", N_("Order"), by=CardProof.about if is_open else None),
            Column("firm", N_("Firm")),
            Column("version", N_("Version"), by=CardProof.version if is_open else None, falls=True),
            Column("state", N_("State")),
            Column("asked", N_("What is asked")),
            Column("since", N_("Since"), by=_since() if is_open else None),
        ),
        fields=(
            Words(N_("Order"), said_in(CardProof.about), hint="O-…"),
            accounts.by_firm(reader, CardProof.firm_id),
            *([] if is_open else [by_state(CardProof.state, words)]),
        ),
        first="since" if is_open else "",
    )


def longest_asked(reader: Reader, limit: int) -> Sequence[CardProof]:
    """Return the proofs that wait longest for an answer of ours, `limit` of them."""
    return reader.scalars(_asked().order_by(_since(), CardProof.id).limit(limit)).all()


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


def _since() -> ColumnElement[datetime]:
    """When something was last done about a version."""
    last = select(func.max(ProofRemark.at)).where(ProofRemark.proof_id == CardProof.id).scalar_subquery()
    return func.coalesce(last, CardProof.made_at)


def _of(subject: tuple[str, int]) -> Select[CardProof]:
    return select(CardProof).where(CardProof.subject_kind == subject[0], CardProof.subject_id == subject[1])
