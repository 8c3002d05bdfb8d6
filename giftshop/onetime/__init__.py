"""One-time codes: six digits sent to somebody's phone or e-mail address, who then types them in to prove it theirs.

Owns the codes that are out, and the count of what was sent to whom. Keeps neither a code nor an address: only keyed
hashes, and the key lies outside the database. What a code is asked for is the caller's: a subject (kind, id). Codes of
one subject follow each other, and only the last one is good.

    subject, phone = ("bind_phone", card_id), Destination.text("+8613812345678")
    onetime.send(tx, subject, phone, Words(_("Your code: %(code)s", code=CODE)), key=key, by=actor, at=moment)
    is_theirs = onetime.check(tx, subject, typed, to=phone, key=key, by=actor, at=moment)

The key is `settings.link_key`: from it a key of this room's own is derived.
"""

from giftshop.onetime.errors import CodeJustSent, TooManyCodes
from giftshop.onetime.queries import Pending, pending
from giftshop.onetime.rules import CODE, DIGITS, LIFE, Destination, Words
from giftshop.onetime.service import check, send, withdraw

__all__ = [
    "CODE",
    "DIGITS",
    "LIFE",
    "CodeJustSent",
    "Destination",
    "Pending",
    "TooManyCodes",
    "Words",
    "check",
    "pending",
    "send",
    "withdraw",
]
