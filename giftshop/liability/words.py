"""What the pages and papers of this room say: msgids, marked for translation."""

from __future__ import annotations

from typing import Final

from giftshop.cards import ProgrammeKind, Promise
from giftshop.kernel.locale import N_
from giftshop.ledger import EntryKind
from giftshop.liability.rules import Age, Place

STEP_WORDS: Final = {
    EntryKind.ISSUE: N_("Sold: cards were made"),
    EntryKind.ACTIVATE: N_("Opened to holders"),
    EntryKind.TOP_UP: N_("Topped up"),
    EntryKind.SPEND: N_("Redeemed"),
    EntryKind.REVERSE: N_("Put back on cards"),
    EntryKind.EXPIRE: N_("Expired unredeemed"),
    EntryKind.REVIVE: N_("Brought back by extending"),
    EntryKind.SETTLE: N_("Settled as the firm chose"),
    EntryKind.REISSUE: N_("Moved to replacement cards"),
    EntryKind.MOVE: N_("Moved between batches"),
    EntryKind.VOID: N_("Ended, and paid back to the firm"),
    EntryKind.DIFFERENCE: N_("Paid on top by holders"),
}
PLACE_WORDS: Final = {
    Place.OWED: N_("Owed to holders"),
    Place.WAITING: N_("Waiting to be opened"),
    Place.EXPIRED: N_("Expired, not decided"),
}
AGE_WORDS: Final = {
    Age.NEW: N_("Up to 3 months"),
    Age.YOUNG: N_("3 to 6 months"),
    Age.HALF_A_YEAR: N_("6 to 12 months"),
    Age.A_YEAR: N_("1 to 2 years"),
    Age.OLD: N_("Over 2 years"),
}
KIND_WORDS: Final = {ProgrammeKind.VOUCHER: N_("Gift books"), ProgrammeKind.STORED_VALUE: N_("Shopping cards")}
PROMISE_WORDS: Final = {
    Promise.ENTRY: N_("An entry does not sum to zero"),
    Promise.BALANCE: N_("A card does not hold what its postings say"),
    Promise.OWED: N_("A batch does not owe what its cards hold"),
    Promise.EXPIRED: N_("What stands as expired is not what a lapsed card would get back"),
    Promise.SETTLED: N_("A settlement is not what was posted for it"),
    Promise.ON_TOP: N_("What was paid on top is not what was received"),
}
