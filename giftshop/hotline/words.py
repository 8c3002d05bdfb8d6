"""What states, reasons and outcomes are called on the hotline's pages."""

from __future__ import annotations

from typing import Final

from giftshop.cards import BlockReason, Standing
from giftshop.hotline.rules import FoundBy, Outcome
from giftshop.hotline.searching import Hint
from giftshop.kernel.actor import ActorKind
from giftshop.kernel.locale import N_
from giftshop.redemption import RedemptionState

STANDING_WORDS: Final = {
    Standing.OPEN: N_("Can be redeemed"),
    Standing.CLAIMED: N_("Redeemed"),
    Standing.EXPIRED: N_("Expired"),
    Standing.BLOCKED: N_("Blocked"),
    Standing.CLOSED: N_("Void"),
    None: N_("Not active yet"),
}
STANDING_TONES: Final = {
    Standing.OPEN: "active",
    Standing.CLAIMED: "claimed",
    Standing.EXPIRED: "expired",
    Standing.BLOCKED: "blocked",
    Standing.CLOSED: "void",
    None: "waiting",
}
"""States whose pill has the right colour; see `ui.state`."""
REASON_WORDS: Final = {
    BlockReason.LOST: N_("Lost"),
    BlockReason.DAMAGED: N_("Damaged: its code cannot be read"),
    BlockReason.MISUSE: N_("Somebody else may know the code"),
    BlockReason.FIRM_ASKED: N_("The firm asked for it"),
    BlockReason.DISPUTED: N_("Its payment is disputed"),
    BlockReason.RESTORED: N_("Changed after the backup that was restored"),
}
OUTCOME_WORDS: Final = {
    Outcome.ANSWERED: N_("A question was answered"),
    Outcome.REDEEMED: N_("A gift was chosen"),
    Outcome.CHANGED: N_("Something was changed or cancelled"),
    Outcome.BLOCKED: N_("A card was blocked, or let go on"),
    Outcome.REPORTED: N_("A problem was reported"),
    Outcome.NOTHING: N_("No outcome"),
}
FOUND_WORDS: Final = {
    FoundBy.SERIAL: N_("by serial number"),
    FoundBy.PHONE: N_("by phone number"),
    FoundBy.PARCEL: N_("by parcel"),
    FoundBy.ORDER: N_("by order"),
    FoundBy.CODE: N_("by code"),
}
HINT_WORDS: Final = {
    Hint.NOTHING: N_("Nothing was found. Ask for the number on the card once more, digit by digit."),
    Hint.A_CODE: N_("That is a code, not a serial number. Type it into the field for codes; it was not looked for."),
    Hint.ALMOST: N_("One digit is not right. These cards are near: ask who sent the gift."),
    Hint.WRONG_DIGIT: N_("One digit is not right. Ask for the number once more, digit by digit."),
    Hint.MORE: N_("There are more. Ask for something that tells them apart."),
    Hint.NO_CARDS: N_("This order has no cards, or they are not made yet."),
}
WHO_WORDS: Final = {
    ActorKind.RECIPIENT: N_("the holder"),
    ActorKind.MEMBER: N_("the firm"),
    ActorKind.STAFF: N_("our staff"),
    ActorKind.SYSTEM: N_("the system"),
    ActorKind.VISITOR: N_("a visitor"),
}
VISIT_STATE_WORDS: Final = {
    RedemptionState.AWAITING_PAYMENT: N_("Waits for what is paid on top"),
    RedemptionState.CANCELLED: N_("Cancelled"),
}
"""Of what has no parcel to speak for it."""
