"""What the e-cards room refuses."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import N_


class NotReachable(Refused):
    """Neither an e-mail address nor a phone that takes text messages."""

    message = N_("Write an e-mail address, or the number of a mobile phone.")


class ZoneUnknown(Refused):
    """No place on the list."""

    message = N_("Choose a time zone from the list.")


class HourSkipped(Refused):
    """Clocks go forward just then."""

    message = N_("There is no such hour on that day: clocks go forward. Choose the hour after it.")


class MomentPassed(Refused):
    """Nothing can be sent in the past."""

    message = N_("That hour has passed. Choose one that is still to come.")


class TooFarAhead(Refused):
    """Nobody plans that far."""

    message = N_("That is more than a year ahead. Choose an earlier day.")


class AfterItsEnd(Refused):
    """They would arrive worth nothing."""

    message = N_("The e-cards can be redeemed until %(day)s only. Choose an earlier day.")


class SendingBegun(Refused):
    """It is too late to choose another hour."""

    message = N_("These e-cards are being sent already, so their hour cannot be changed any more.")


class NothingToSend(Refused):
    """The gift was chosen, or the card is stopped."""

    message = N_("This e-card is redeemed, stopped or expired, so there is nothing to send again.")


class SentTooOften(Refused):
    """A link can count no further."""

    message = N_("This e-card was sent too often. Please call us.")


class NobodyChosen(Refused):
    """A button without a tick."""

    message = N_("Tick whom to remind.")


class DeliveryNotThere(Missing):
    """No such e-card, or another firm's."""

    message = N_("There is no such e-card.")


class AddressErased(Refused):
    """Nobody can be asked any more whether it is them."""

    message = N_("We cannot send you a code, since your address was erased. Ask the sender to send the e-card again.")


class NotTheCode(Refused):
    """Mistyped, too late, or tried too often: the same answer for all."""

    message = N_("That is not the code, or it is too old. Compare it, or have a new one sent.")


class LinkNotValid(Missing):
    """Forged, mistyped, or replaced by a newer one: the same answer for all."""

    message = N_("This link is not valid any more.")
