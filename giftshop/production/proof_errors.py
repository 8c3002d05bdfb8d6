"""Why a proof is not decided on, or something is not printed without one."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class ProofMissing(Refused):
    """Nothing is printed that nobody approved."""

    message = N_("The firm has not approved the proof of this card, so it is not printed.")


class ProofChanged(Refused):
    """What would be printed is not what was approved."""

    message = N_(
        "The card is no longer the one that was approved: its words, its logo or its design have changed. "
        "The proof as it is now has to be approved first."
    )


class ProofDecided(Refused):
    """Two decided at the same moment, and the other was faster."""

    message = N_("Somebody else decided about this proof, or changed it, in the meantime. Please look at it again.")


class CommentMissing(Refused):
    """Nobody can change what they are not told."""

    message = N_("Write what should be changed.")


class AnswerMissing(Refused):
    """An answer without words is none."""

    message = N_("Write an answer.")


class NothingAsked(Refused):
    """It was answered already, or never asked."""

    message = N_("This proof waits for no answer.")


class CodeUnreadable(Refused):
    """Our reader does not find the code that was printed, so no telephone would."""

    message = N_("The QR code on this card cannot be read back. Please choose another design, or call us.")
