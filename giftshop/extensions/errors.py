"""What whoever extends a programme may be answered instead."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class TooFar(Refused):
    """No later than now, or later than is allowed. Facts: first, last."""

    message = N_("Choose a day from %(first)s through %(last)s.")


class NothingToExtend(Refused):
    """All cards are redeemed or over for good, or none of them ever ends."""

    message = N_("There is nothing to extend: its cards are redeemed, ended for good, or never end.")


class FeeChanged(Refused):
    """Other cards, or another fee, than were shown. Facts: seen, current."""

    message = N_("The total has changed from %(seen)s to %(current)s. Please check it again.")


class BeyondLimit(Refused):
    """More than its buyer may order alone. Facts: total, limit."""

    message = N_("The total is %(total)s, and you may order up to %(limit)s. Please ask somebody with a higher limit.")


class NotAwaited(Refused):
    """It is paid, or was given up."""

    message = N_("Extension %(number)s is paid or given up already.")


class InForce(Refused):
    """Its cards are good for longer already."""

    message = N_("Extension %(number)s is in force, so it cannot be paid back.")


class NothingLeftOver(Refused):
    """No money of it waits to be given back."""

    message = N_("There is nothing left to refund for extension %(number)s.")


class HowNeeded(Refused):
    """Nobody said how the money went back."""

    message = N_("Write how and when it was paid back, so that whoever looks at it later understands.")
