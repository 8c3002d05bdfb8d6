"""What the stock refuses."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class OutOfStock(Refused):
    """Fewer are free than are wanted. Facts: item_id, sku, wanted."""

    message = N_("This gift has just run out. Please choose another one.")


class AlreadyReserved(Refused):
    """The same purpose holds some of the same item: two tried at once."""

    message = N_("This is already reserved.")


class NotHeld(Refused):
    """A purpose was to hand on more than it holds: a slip of ours. Facts: item_id, wanted."""

    message = N_("So much is not reserved.")


class QuantityNotPositive(Refused):
    """Nothing, or less, was to be received."""

    message = N_("Write how many, at least one.")


class TooMany(Refused):
    """More than a warehouse holds: a slip of the finger."""

    message = N_("This is more than we can keep: at most %(most)s.")


class FewerThanReserved(Refused):
    """A count that would leave promises unkept."""

    message = N_("%(reserved)s are reserved for shipments, so there cannot be fewer. Release shipments first.")


class CountedMeanwhile(Refused):
    """The stock moved after the page was shown, so the count may be out of date."""

    message = N_("The stock has moved since this page was opened: it now says %(on_hand)s. Please count again.")


class ReasonMissing(Refused):
    """A correction without a word why."""

    message = N_("Write why, so that others understand it later.")
