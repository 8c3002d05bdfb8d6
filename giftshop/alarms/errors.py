"""Why an alarm cannot be closed."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import N_


class AlarmNotThere(Missing):
    """No such alarm."""

    message = N_("We could not find this alarm.")


class AlarmClosed(Refused):
    """Somebody was first."""

    message = N_("Somebody has closed this alarm already.")


class AlarmOpen(Refused):
    """It is on the list again already."""

    message = N_("This alarm is open already.")


class ReasonMissing(Refused):
    """Closed without a word."""

    message = N_("Say what it was, for whoever looks at this next year.")
