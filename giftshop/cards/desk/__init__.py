"""The cards desk of the staff: programmes, batches and cards of every firm. Never a code."""

from giftshop.cards.desk import batches, programmes, single  # noqa: F401  -- declare their routes
from giftshop.cards.desk.blueprint import LOOKERS, bp

__all__ = ["LOOKERS", "bp"]
