"""Hotline: what staff do for somebody on the telephone, call by call.

Owns the calls: which agent, which card and how it was found, whether its code was heard, what came of it. All that is
done for the holder is done by the commands of redemption and cards, with the agent as `by`; each leaves an event that
names the call. The code is typed in as it is read out, opens the card for half an hour in this call's row, and is
never shown, kept or sent back.
"""

from giftshop.hotline.caring import block
from giftshop.hotline.models import Call
from giftshop.hotline.rules import FoundBy, Outcome
from giftshop.hotline.service import Choice, begin, confirm, end, hear, look_at, note_choice

__all__ = ["Call", "Choice", "FoundBy", "Outcome", "begin", "block", "confirm", "end", "hear", "look_at", "note_choice"]
