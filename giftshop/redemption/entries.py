"""What is typed into the entry box. One box for every kind of card: their codes are alike, and each finds its card.

What is no code is told from what it is without asking the database. A kind with codes of another make, such as a
coupon, would be recognised here, before a card is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from flask_babel import gettext

from giftshop.kernel.codes import Typo
from giftshop.kernel.locale import N_
from giftshop.kernel.numbering import Numbering
from giftshop.kernel.serials import parse_serial

TYPO_WORDS: Final = {
    Typo.EMPTY: N_("Write the code from your card: four groups of four."),
    Typo.STRANGE: N_("It contains a character that no code has. Codes have digits and letters only, and no letter U."),
    Typo.SHORT: N_("Something is missing: a code has 16 digits and letters."),
    Typo.LONG: N_("That is too much: a code has 16 digits and letters."),
    Typo.MISTYPED: N_("There is a typing slip in it. Compare it with your card, group by group."),
    Typo.SPECIMEN: N_("This is the code of a specimen. There is no gift behind it."),
}
"""What is wrong with a text that is no code. Says nothing about any card."""

_SERIAL_WORDS: Final = N_(
    "That is the serial number: it names your card and opens nothing. The code is beside the QR code, four groups of "
    "four digits and letters."
)
_NUMBER_WORDS: Final = {
    "O": N_("That is the number of a firm's order. Whoever placed it finds it after signing in, under Orders."),
    "S": N_("That is the number of a parcel. To follow it, open its link, or your card with its code."),
    "T": N_("That is the reference of a payment. Finance finds it after signing in, under Payments."),
}
"""By the letter that such a number begins with."""
_LINK_WORDS: Final = N_("That is the link of a parcel. Open it in your browser to see how far the parcel is.")
_CARRIER_WORDS: Final = N_("That looks like a carrier's tracking number. Follow it at the carrier's, or call us.")
_LINK: Final = re.compile(r"/t/[\w-]{20,}")
_CARRIER: Final = re.compile(r"[A-Z]{2,3}[0-9]{9,15}")


def words_for(text: str, typo: Typo) -> str:
    """Return what to say of a text that is no code: what it is instead, if that can be seen, or what is wrong."""
    return str(gettext(_instead(text[:400]) or TYPO_WORDS[typo]))


def _instead(text: str) -> str | None:
    if _LINK.search(text):
        return _LINK_WORDS
    if parse_serial(text):
        return _SERIAL_WORDS
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).upper()
    for letter, words in _NUMBER_WORDS.items():
        if plain.startswith(letter) and Numbering(letter).id_in(plain):
            return words
    return _CARRIER_WORDS if _CARRIER.fullmatch(plain) else None
