"""Why a payment is refused."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class AlreadySettled(Refused):
    """The money is already here."""

    message = N_("Payment %(reference)s was already marked as received.")


class PaymentCancelled(Refused):
    """Nothing is expected any more."""

    message = N_("Payment %(reference)s was cancelled: its order is not waiting for money any more.")


class AmountDiffers(Refused):
    """What came is not what was expected."""

    message = N_("%(expected)s is expected for %(reference)s. A transfer of %(received)s cannot settle it.")


class InTheFuture(Refused):
    """Money cannot have come tomorrow."""

    message = N_("The day the money came cannot lie in the future.")


class CardNotOffered(Refused):
    """The market's rules, the sum or the set-up of this site leave only the bank transfer."""

    message = N_("Payment %(reference)s can be made by bank transfer only.")


class CardsAway(Refused):
    """Stripe does not answer in the time that a page may wait."""

    message = N_("Card payment does not answer just now. Please try again in a minute, or pay by bank transfer.")


class CheckoutOver(Refused):
    """The attempt ended while its page was being opened."""

    message = N_("This card payment has ended. Please start again.")


class NotRefundable(Refused):
    """It did not come by card, or went back already."""

    message = N_("Payment %(reference)s was not paid by card, or has gone back already.")


class BeingDisputed(Refused):
    """What a bank takes back by itself must not go back a second time."""

    message = N_("The payer's bank has asked for payment %(reference)s back already. Answer the dispute instead.")


class RefundReasonMissing(Refused):
    """Whoever checks this later must know why."""

    message = N_("Please write why the money goes back.")


class NotFailed(Refused):
    """Only what failed is tried again, or paid back otherwise."""

    message = N_("This refund has not failed, so there is nothing to do about it.")


class NotMismatched(Refused):
    """Somebody was first, or there never was anything to clear up."""

    message = N_("There is nothing to clear up about this card payment any more.")
