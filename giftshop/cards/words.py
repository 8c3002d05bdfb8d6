"""What pages call the states of batches and cards, and the choices around them."""

from __future__ import annotations

from typing import Final

from giftshop.cards.rules import BatchState, BlockReason, CardState, StopScope, Unredeemed
from giftshop.kernel.locale import N_

BATCH_WORDS: Final = {
    BatchState.DRAWN_UP: N_("Being made"),
    BatchState.SEALED: N_("Ready to print"),
    BatchState.PRINTED: N_("Printed"),
    BatchState.SHIPPED: N_("On the way to you"),
    BatchState.ACTIVE: N_("Active"),
    BatchState.CLOSED: N_("Closed"),
}
CARD_WORDS: Final = {
    CardState.SEALED: N_("Not active yet"),
    CardState.ACTIVE: N_("Active"),
    CardState.CLAIMED: N_("Redeemed"),
    CardState.BLOCKED: N_("Blocked"),
    CardState.LAPSED: N_("Expired"),
    CardState.VOID: N_("Void"),
}
BLOCK_WORDS: Final = {
    BlockReason.LOST: N_("Lost"),
    BlockReason.DAMAGED: N_("Damaged"),
    BlockReason.MISUSE: N_("Somebody else may know the code"),
    BlockReason.FIRM_ASKED: N_("The firm asked for it"),
    BlockReason.DISPUTED: N_("The payment is disputed"),
    BlockReason.RESTORED: N_("Changed after the backup that was restored"),
}
SCOPE_WORDS: Final = {
    StopScope.BATCH: N_("Batch"),
    StopScope.PROGRAMME: N_("Programme"),
    StopScope.FIRM: N_("Firm"),
    StopScope.PLATFORM: N_("Everything"),
}
UNREDEEMED_WORDS: Final = {
    Unredeemed.KEEP: N_("stays with us"),
    Unredeemed.RETURN: N_("is paid back to the firm"),
    Unredeemed.CREDIT: N_("is credited to the firm for later orders"),
    Unredeemed.DONATE: N_("is given to charity in the firm's name"),
}
"""What becomes of unredeemed value: the end of a sentence that begins with it."""
