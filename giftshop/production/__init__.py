"""Production: proofs and who approved them, print runs of issued batches, the custody of their files, decoration jobs.

Nothing is printed but what stands on an approved proof: the last version of its subject, by the mark of its content.
"""

from giftshop.production.art import SPECIMEN_NUMBER, CardWords, card_art, design_of, greeting_face, specimen
from giftshop.production.decorating import Wanted, WorkDone, ask, begin, finish, jobs_of, withdraw
from giftshop.production.delivery import Delivery, Grid, Medium, Sheet
from giftshop.production.errors import DesignGone
from giftshop.production.goods_art import printed_book
from giftshop.production.houses import HouseFacts, add_house
from giftshop.production.models import DecorationJob, PrintRun
from giftshop.production.proof_errors import CodeUnreadable, CommentMissing, ProofChanged, ProofDecided, ProofMissing
from giftshop.production.proof_models import CardProof
from giftshop.production.proof_pages import ProofShown, proof_shown
from giftshop.production.proof_queries import latest_proof
from giftshop.production.proof_rules import ProofState
from giftshop.production.proofs import (
    Drawn,
    ProofAnswered,
    ProofRenewed,
    art_of,
    ask_for_changes,
    content_of,
    draw,
    refuse_unapproved,
    specimen_name,
)
from giftshop.production.proofs import approve as approve_proof
from giftshop.production.proofs import keep as keep_proof
from giftshop.production.proofs import renew as renew_proof
from giftshop.production.queries import print_run_of
from giftshop.production.rules import DecorationState, JobKind, PrintRunState
from giftshop.production.service import BatchPrinted, confirm, fetch, start
from giftshop.production.wording import card_of, subject_of

__all__ = [
    "SPECIMEN_NUMBER",
    "BatchPrinted",
    "CardProof",
    "CardWords",
    "CodeUnreadable",
    "CommentMissing",
    "DecorationJob",
    "DecorationState",
    "Delivery",
    "DesignGone",
    "Drawn",
    "Grid",
    "HouseFacts",
    "JobKind",
    "Medium",
    "PrintRun",
    "PrintRunState",
    "ProofAnswered",
    "ProofChanged",
    "ProofDecided",
    "ProofMissing",
    "ProofRenewed",
    "ProofShown",
    "ProofState",
    "Sheet",
    "Wanted",
    "WorkDone",
    "add_house",
    "approve_proof",
    "art_of",
    "ask",
    "ask_for_changes",
    "begin",
    "card_art",
    "card_of",
    "confirm",
    "content_of",
    "design_of",
    "draw",
    "fetch",
    "finish",
    "greeting_face",
    "jobs_of",
    "keep_proof",
    "latest_proof",
    "print_run_of",
    "printed_book",
    "proof_shown",
    "refuse_unapproved",
    "renew_proof",
    "specimen",
    "specimen_name",
    "start",
    "subject_of",
    "withdraw",
]
