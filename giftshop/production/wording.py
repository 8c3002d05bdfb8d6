"""What the cards of a print run say, and whether their firm approved just that."""

from __future__ import annotations

from giftshop import branding, cards, paper
from giftshop.db import Reader
from giftshop.production import proofs
from giftshop.production.art import CardWords, card_art, design_of
from giftshop.production.models import PrintRun


def words_of(reader: Reader, run: PrintRun) -> CardWords:
    """Return what the cards of a run's batch say."""
    batch = cards.batch(reader, run.batch_id)
    programme = cards.programme(reader, run.programme_id)
    logo = branding.logo_bytes(reader, programme.firm_id, int(programme.logo_ref)) if programme.logo_ref else None
    return CardWords(
        sender_name=programme.sender_name,
        headline=programme.headline,
        greeting=programme.greeting,
        contact_line=programme.contact_line,
        hotline=programme.hotline,
        public_url=batch.public_url,
        valid_until=programme.valid_until,
        locale=programme.locale,
        logo=logo,
        is_named=cards.bears_names(reader, run.batch_id),
        design=programme.design,
        accent=programme.accent,
        lettering=programme.lettering,
        value=batch.face if programme.kind is cards.ProgrammeKind.STORED_VALUE else None,
    )


def card_of(reader: Reader, run: PrintRun) -> tuple[paper.CardDesign, paper.CardArt]:
    """Return what is the same on all cards of a run. Raises DesignGone."""
    words = words_of(reader, run)
    return design_of(words.design), card_art(words)


def design_of_run(reader: Reader, run: PrintRun) -> paper.CardDesign:
    """Return the design that a run's cards are printed with. Raises DesignGone."""
    return design_of(cards.programme(reader, run.programme_id).design)


def subject_of(reader: Reader, run: PrintRun) -> proofs.Subject:
    """Return what a run's proof is kept under: what bought its programme."""
    programme = cards.programme(reader, run.programme_id)
    return programme.order_kind, programme.order_id


def refuse_unapproved_run(reader: Reader, run: PrintRun) -> None:
    """Refuse to print what its firm did not approve. Raises ProofMissing, ProofChanged.

    Cards made instead of lost ones stand under the approval of the first: their last day or value may differ.
    """
    subject = subject_of(reader, run)
    design, art = card_of(reader, run)
    if cards.batch(reader, run.batch_id).is_replacement:
        proofs.refuse_other_art(reader, subject, proofs.art_of(design, art))
    else:
        proofs.refuse_unapproved(reader, subject, proofs.content_of(design, art))
