"""What commands on cards may answer instead of doing their work."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, NotAllowed, Refused, TooOften
from giftshop.kernel.locale import N_


class QuantityRefused(Refused):
    """A batch of none, or of more than one batch may have."""

    message = N_("Between 1 and %(most)s cards can be ordered at once.")


class TooManyNames(Refused):
    """More names than cards."""

    message = N_("%(names)s people are named and only %(cards)s cards ordered.")


class EndsInThePast(Refused):
    """Cards that would have expired before they are made."""

    message = N_("The last day to redeem has passed already. Choose a later one.")


class BatchNotReady(Refused):
    """A batch that has not come as far, or is already further."""

    message = N_("Batch %(number)s is in another state by now. Load the page again to see it.")


class AlreadyClaimed(Refused):
    """Somebody was first, most likely the same person a moment ago."""

    message = N_("This card has been redeemed already.")


class CardExpired(Refused):
    """Its last day has passed."""

    message = N_("This card could be redeemed until %(until)s.")


class NotEnoughLeft(Refused):
    """The card holds less than what was chosen costs. Facts: left, cost."""

    message = N_("This card holds %(left)s, and what you chose costs %(cost)s.")


class NothingToGiveBack(Refused):
    """More was to come back to a card than had left it."""

    message = N_("Nothing can be put back on this card.")


class CardBlocked(Refused):
    """Stopped by staff."""

    message = N_("This card has been blocked. Please call the hotline.")


class CardNotActive(Refused):
    """Not active yet, or void. Says no more than an unknown code would."""

    message = N_("This card cannot be redeemed.")


class CardNotThere(Missing):
    """No such card, or not for this person."""

    message = N_("We could not find this card.")


class ProgrammeNotThere(Missing):
    """No such programme, or another firm's."""

    message = N_("We could not find this programme.")


class BatchNotThere(Missing):
    """No such batch, or another firm's."""

    message = N_("We could not find this batch.")


class CannotBlock(Refused):
    """Redeemed, void or blocked already."""

    message = N_("Card %(serial)s cannot be blocked: it has been redeemed, blocked or cancelled.")


class CannotUnblock(Refused):
    """It is not blocked."""

    message = N_("Card %(serial)s is not blocked.")


class CannotTopUp(Refused):
    """Not open to its holder, or it would hold more than the market allows. Facts: serial, most."""

    message = N_("Card %(serial)s cannot be topped up: it is not open, or would hold more than %(most)s.")


class ToppedUp(Refused):
    """Money of another payment is on cards that are to end for good."""

    message = N_("Cards of it were topped up since, so it cannot go back whole. Settle with the firm card by card.")


class NotReleasable(Refused):
    """There is no claim to take back."""

    message = N_("This card has not been redeemed, so nothing can be taken back.")


class NotAmongTheBatch(Refused):
    """No card of the batch has such a serial number, or those that have are open already."""

    message = N_("Batch %(number)s has no card between these serial numbers that is still closed.")


class SecondPersonNeeded(Refused):
    """Nobody has said yet that a large batch has arrived, so there is nothing to agree to."""

    message = N_("Somebody must first say that batch %(number)s has arrived; then a second person can open it.")


class SamePersonTwice(Refused):
    """Both of the two people are one."""

    message = N_("You said yourself that batch %(number)s has arrived. Somebody else must open its cards.")


class StoppedAlready(Refused):
    """A kill switch that is on."""

    message = N_("This is stopped already.")


class NotStopped(Refused):
    """A kill switch that is off, or was lifted meanwhile."""

    message = N_("This is not stopped any more.")


class WhyNeeded(Refused):
    """No reason was given for something that needs one."""

    message = N_("Say why, so that whoever looks at it later understands.")


class CannotReplace(Refused):
    """A card that is worth nothing any more, was never opened, or is being replaced."""

    message = N_("Card %(serial)s cannot be replaced: there is nothing left on it, or it was never opened.")


class SentAgainInstead(Refused):
    """An e-card: nothing is printed of it, and its link can be sent anew, which ends the old one."""

    message = N_("Card %(serial)s is an e-card: send its link again instead, then the old link ends.")


class CannotMove(Refused):
    """Cards that are spent, blocked or lapsed, or a batch that is worth something else or of another firm."""

    message = N_(
        "Only unused cards can be moved, to a batch of the same firm, worth and state that was not a replacement."
    )


class CannotSwap(Refused):
    """Cards that are spent, or not of one worth and firm."""

    message = N_("Only two unused cards of the same firm and worth can change places.")


class CannotExtend(Refused):
    """A card or programme that has ended for good, or never ends, or a day that is no later."""

    message = N_("This cannot be extended to %(until)s: it has ended for good, or is good for as long already.")


class ExtendedTooFar(Refused):
    """A last day so far away that it must be mistyped."""

    message = N_("Cards can be good for ten years from today at most.")


class NothingToSettle(Refused):
    """No value of the programme has expired, or it is settled."""

    message = N_("Nothing is left unredeemed here, or it has been settled already.")


class StillOwed(Refused):
    """The market lets no value of such a card end for good."""

    message = N_("The rules of the market keep what is left on these cards owed for good: they can only be extended.")


class MayNotOpenSecrets(NotAllowed):
    """Not of the production staff."""

    message = N_("Only production staff may make a print file.")


class ReasonNeeded(Refused):
    """No reason was given."""

    message = N_("Say why the print file is needed.")


class WitnessNeeded(Refused):
    """The second print file of a batch needs a second person."""

    message = N_("This batch has been printed before. A second person from production must agree to print it again.")


class SecretsDestroyed(Refused):
    """The print house has confirmed receipt, and the secrets are gone for good."""

    message = N_("The codes of batch %(number)s were destroyed after printing. Block the card and issue another one.")


class WhyForgiven(Refused):
    """Wrong codes forgiven without a reason."""

    message = N_("Say why, for whoever looks at this later.")


class NothingToForgive(Refused):
    """No wrong code counts against this network."""

    message = N_("Nothing counts against this network any more.")


class TooManyGuesses(TooOften):
    """Too many wrong codes from one address."""

    message = N_("Too many codes were not right. Please wait a few minutes, or call the hotline.")
