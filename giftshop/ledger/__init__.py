"""The ledger: what was sold, what is owed to holders of cards, what became of it. Append-only, double-entry.

An entry is a handful of postings that sum to zero; a mistake is mended by an entry that reverses it. Nobody changes a
posting or deletes one. Rooms above say what happened; what accounts mean is said here.
"""

from giftshop.ledger.as_of import Movement, ended_before, moved_since, movements, spent_by_card_until
from giftshop.ledger.models import Posting
from giftshop.ledger.queries import Imbalance, Spent, imbalances, spent_by_card, spent_for, standing_of
from giftshop.ledger.rules import Account, EntryKind, Leg, Unbalanced, move
from giftshop.ledger.service import post

__all__ = [
    "Account",
    "EntryKind",
    "Imbalance",
    "Leg",
    "Movement",
    "Posting",
    "Spent",
    "Unbalanced",
    "ended_before",
    "imbalances",
    "move",
    "moved_since",
    "movements",
    "post",
    "spent_by_card",
    "spent_by_card_until",
    "spent_for",
    "standing_of",
]
