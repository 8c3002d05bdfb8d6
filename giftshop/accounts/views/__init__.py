"""The pages: the door, one's own account, a firm's and the operator's people, home."""

from giftshop.accounts.views import arriving, desk, door, factor, firm, home, me, people, setting_up
from giftshop.accounts.views.blueprint import bp

__all__ = ["arriving", "bp", "desk", "door", "factor", "firm", "home", "me", "people", "setting_up"]
