"""Extensions: a firm gives the people of a programme more time, free or for a fee, as the operator's rules have it.

Owns what was asked for, what it costs and what became of it. The last day is cards', the money payments'.
"""

from giftshop.extensions.errors import TooFar
from giftshop.extensions.models import Extension
from giftshop.extensions.queries import KIND, extension_by_id, extension_of
from giftshop.extensions.rules import ExtensionState
from giftshop.extensions.service import ask, cancel, mark_given_back

__all__ = [
    "KIND",
    "Extension",
    "ExtensionState",
    "TooFar",
    "ask",
    "cancel",
    "extension_by_id",
    "extension_of",
    "mark_given_back",
]
