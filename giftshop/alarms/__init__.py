"""Alarms: what does not look right, and stays on a list until somebody of the staff has looked and said what it was.

Any room may raise one, of a kind and about a subject (kind, id); while it is open, the same again only counts up.
The list is a page of the desks, since what alarms are about lies in many rooms.
"""

from giftshop.alarms.errors import AlarmClosed, AlarmNotThere, ReasonMissing
from giftshop.alarms.models import Alarm
from giftshop.alarms.queries import alarm, alarms_list, any_open, oldest_open, open_alarms
from giftshop.alarms.rules import KIND_WORDS, MOST_REASON, PERSONAL, AlarmKind, number_of
from giftshop.alarms.service import close_alarm, raise_alarm, reopen_alarm

__all__ = [
    "KIND_WORDS",
    "MOST_REASON",
    "PERSONAL",
    "Alarm",
    "AlarmClosed",
    "AlarmKind",
    "AlarmNotThere",
    "ReasonMissing",
    "alarm",
    "alarms_list",
    "any_open",
    "close_alarm",
    "number_of",
    "oldest_open",
    "open_alarms",
    "raise_alarm",
    "reopen_alarm",
]
