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
