"""What a command about a call may answer instead of doing its work."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import N_


class CallNotThere(Missing):
    """No such call, another agent's, or one that has ended."""

    message = N_("This call has ended, or is not yours.")


class NoCardYet(Refused):
    """Nothing was found in this call so far."""

    message = N_("Find the caller's card first.")


class CodeNotHeard(Refused):
    """Its code was not read out, or more than half an hour ago."""

    message = N_("Have the code on the card read out first. It opens the card for half an hour.")


class NothingToChoose(Refused):
    """The card is redeemed, expired, blocked or void."""

    message = N_("There is nothing to choose with this card now: see how it stands.")


class NotChangeableNow(Refused):
    """It is being packed already, was cancelled, or the caller is not known to be its receiver."""

    message = N_("This cannot be changed any more, or not by this caller.")


class NotTheirs(Refused):
    """Something that was sent to somebody whose phone number the caller has not named."""

    message = N_("Ask for the last four digits of the receiver's phone number first.")


class NotOnTheCall(Missing):
    """What is asked about is not of the card that the call is about."""

    message = N_("This does not belong to the card of this call.")


class NotForTheHotline(Refused):
    """A reason to stop a card that is not the hotline's to give, or to lift."""

    message = N_("Why this card is stopped is not for the hotline to decide.")


class TellsTooMuch(Refused):
    """A note with a number or a code in it."""

    message = N_("Leave out phone numbers, serial numbers and codes: a note about a call is kept.")
