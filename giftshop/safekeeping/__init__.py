"""Safekeeping: what outlives the machine. Backups of database and files, the journal of redemptions, and keys.

Owns the journal: every change that makes a card worth less is written to a file apart from the database, so that a
restored site can be told what it has forgotten, and a code that was spent is never spendable again. Keys themselves
lie outside (`config`, `kernel.keyring`); here they are listed, rotated and retired.
"""

from giftshop.safekeeping.archive import BadBackup
from giftshop.safekeeping.backing_up import back_up
from giftshop.safekeeping.journal import Journal, Note
from giftshop.safekeeping.replaying import Replay, replay
from giftshop.safekeeping.restoring import CannotRestore, restore

__all__ = ["BadBackup", "CannotRestore", "Journal", "Note", "Replay", "back_up", "replay", "restore"]
