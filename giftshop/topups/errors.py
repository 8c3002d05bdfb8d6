"""What whoever tops cards up may be answered instead."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class NoStoredValue(Refused):
    """The market's rules keep stored value from this kind of firm, or the programme is of gift books."""

    message = N_("These cards cannot be topped up: the rules of the market, or their kind, do not allow it.")


class AmountNeeded(Refused):
    """Nothing, or less than nothing."""

    message = N_("Write what each card is to get, above zero.")


class NotASerial(Refused):
    """Something else was typed as a serial number."""

    message = N_("This is not a serial number: compare its digits with the card.")


class NothingToTopUp(Refused):
    """No card of those chosen is open, or could hold as much more."""

    message = N_("None of these cards can be topped up by that much: they are not active, or would hold too much.")


class TooManyCards(Refused):
    """More than one top-up carries. Facts: most."""

    message = N_("At most %(most)s cards can be topped up at once. Please choose a smaller range.")


class AboveLimit(Refused):
    """More than its buyer may order alone. Facts: total, limit."""

    message = N_("The total is %(total)s, and you may order up to %(limit)s. Please ask somebody with a higher limit.")


class RealNameNeeded(Refused):
    """The market asks who buys, and nobody was named, or by no identity number."""

    message = N_("From this sum on the rules ask who buys: write the name and the number of the identity card.")


class PickChanged(Refused):
    """Other cards, or another sum, than were shown. Facts: seen, current."""

    message = N_("The total has changed from %(seen)s to %(current)s. Please check it again.")


class NotWaiting(Refused):
    """It is paid, or was given up."""

    message = N_("Top-up %(number)s is paid or given up already.")


class OnTheCards(Refused):
    """Its money is on cards already, or just being put there."""

    message = N_("Top-up %(number)s is on its cards, so it cannot go back whole.")


class NothingToReturn(Refused):
    """Nothing is left over of it, or that was given back."""

    message = N_("There is nothing left to refund for top-up %(number)s.")


class NoteNeeded(Refused):
    """Nobody said how the money went back."""

    message = N_("Write how and when it was paid back, so that whoever looks at it later understands.")
