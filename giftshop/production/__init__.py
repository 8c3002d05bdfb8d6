"""Production: print runs of issued batches, the custody of their files, and decoration jobs.

The print file is the single exit of redeem codes: opened by production staff for a reason, stored sealed, fetched
once, again only with a second person, and destroyed when the print house has confirmed receipt.

Whoever sells decorated goods asks for decoration jobs, and hears `WorkDone` when the last of them is done.
"""

from giftshop.production.art import (
    DESIGN,
    GREETING,
    SPECIMEN_NUMBER,
    CardWords,
    card_art,
    greeting_face,
    specimen,
)
from giftshop.production.decorating import Wanted, WorkDone, ask, begin, finish, jobs_of, withdraw
from giftshop.production.goods_art import printed_book
from giftshop.production.models import DecorationJob, PrintRun
from giftshop.production.queries import print_run_of
from giftshop.production.rules import DecorationState, JobKind, PrintRunState
from giftshop.production.service import BatchPrinted, confirm, fetch, start

__all__ = [
    "DESIGN",
    "GREETING",
    "SPECIMEN_NUMBER",
    "BatchPrinted",
    "CardWords",
    "DecorationJob",
    "DecorationState",
    "JobKind",
    "PrintRun",
    "PrintRunState",
    "Wanted",
    "WorkDone",
    "ask",
    "begin",
    "card_art",
    "confirm",
    "fetch",
    "finish",
    "greeting_face",
    "jobs_of",
    "print_run_of",
    "printed_book",
    "specimen",
    "start",
    "withdraw",
]
