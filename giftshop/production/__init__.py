"""Production: print runs of issued batches, and the custody of their files.

The print file is the single exit of redeem codes: opened by production staff for a reason, stored sealed, fetched
once, again only with a second person, and destroyed when the print house has confirmed receipt.
"""

from giftshop.production.art import DESIGN, CardWords, card_art, specimen
from giftshop.production.models import PrintRun
from giftshop.production.queries import print_run_of
from giftshop.production.rules import PrintRunState
from giftshop.production.service import BatchPrinted, confirm, fetch, start

__all__ = [
    "DESIGN",
    "BatchPrinted",
    "CardWords",
    "PrintRun",
    "PrintRunState",
    "card_art",
    "confirm",
    "fetch",
    "print_run_of",
    "specimen",
    "start",
]
