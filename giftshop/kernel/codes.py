"""Redeem codes: 15 random letters worth 75 bits, and one that checks them.

A code is a word over Crockford's base 32 (https://www.crockford.com/base32.html), which leaves out I, L, O and U.
Read as a polynomial over GF(32), highest power first, it vanishes at the field's generator: a Reed-Solomon code
shortened to 16 letters. Its letters weigh sixteen different powers of the generator, so any one wrong letter and any
two exchanged ones are caught. The check says "you mistyped" before anybody asks the database; it proves nothing.
"""

from __future__ import annotations

import os
import unicodedata
from enum import StrEnum
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
"""Letters of a code, the check letter included."""

_RANDOM: Final = LENGTH - 1
_FIELD: Final = 0b100101
"""x^5 + x^2 + 1: primitive, so its root, 2, generates all of GF(32) but zero."""
_GROUP: Final = 4
_LONGEST_PASTE: Final = 400
"""Characters that are still read: an address with a code fits; a novel is not worth normalising."""

_DOUBLED: Final = tuple((value << 1) ^ (_FIELD if value & 16 else 0) for value in range(32))
"""Each element of GF(32) times its generator."""
_VALUE: Final = {letter: value for value, letter in enumerate(ALPHABET)}
_READ_AS: Final = str.maketrans("OIL", "011")


class Typo(StrEnum):
    """Why a text is no code. Found without the database, and never counted as a guess."""

    EMPTY = "empty"
    """No letter or digit in it."""
    STRANGE = "strange"
    """It has a letter that no code has."""
    SHORT = "short"
    """Letters are missing."""
    LONG = "long"
    """Letters are too many."""
    MISTYPED = "mistyped"
    """The check letter disagrees with the others."""
    SPECIMEN = "specimen"
    """The code of proofs and previews, which no card has."""


class Secret:
    """A redeem code in canonical spelling. It hides itself from logs and messages: `str()` and `repr()` do not tell.

    Two secrets are equal when their letters are. Built by `parse` and `secrets_in`, which have checked the letters.
    """

    __slots__ = ("canonical",)

    def __init__(self, canonical: str) -> None:
        self.canonical = canonical

    def __repr__(self) -> str:
        return "<Secret>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.canonical == other.canonical

    def __hash__(self) -> int:
        return hash(self.canonical)

    @property
    def printed(self) -> str:
        """The code as a card shows it, four by four. Only a print run may ask for it."""
        return grouped(self.canonical)

    @property
    def last4(self) -> str:
        """The last four letters, which staff may see."""
        return self.canonical[-_GROUP:]


SPECIMEN: Final = Secret("SPEC1MENSPEC1MEN")
"""What proofs show in place of a code. Its check letter is wrong, and `parse` says SPECIMEN."""


def draw_block(count: int) -> bytes:
    """Return `count` new codes, 16 ASCII letters each, end to end.

    Each byte from the operating system keeps its lowest five bits, without bias since 32 divides 256. The work goes
    column by column (all first letters, all second ...), which makes some millions a second without any library.
    """
    noise = os.urandom(_RANDOM * count)
    block = bytearray(LENGTH * count)
    check = 0
    for place in range(_RANDOM):
        column = noise[place::_RANDOM]
        block[place::LENGTH] = column.translate(_LETTER)
        check ^= int.from_bytes(column.translate(_WEIGHED[place]), "big")
    block[_RANDOM::LENGTH] = check.to_bytes(count, "big").translate(_LETTER)
    return bytes(block)


def letters_in(block: bytes) -> list[bytes]:
    """Return the codes of a block from `draw_block`, 16 ASCII letters each."""
    return [block[start : start + LENGTH] for start in range(0, len(block), LENGTH)]


def secrets_in(block: bytes) -> list[Secret]:
    """Return the codes of a block from `draw_block`."""
    return [Secret(letters.decode("ascii")) for letters in letters_in(block)]


def parse(text: str) -> Secret | Typo:
    """Return the code that a person typed, scanned or pasted, or why there is none.

    Forgives case, full width, digits of any script, everything that is neither letter nor digit (spaces, hyphens,
    zero-width characters), O for 0, I and L for 1, and what stands before the last `#` or `:` (an address, a label
    such as "Code:").
    """
    if len(text) > _LONGEST_PASTE:
        return Typo.LONG
    letters = canonical(text)
    return _complaint(letters) or Secret(letters)


def canonical(text: str) -> str:
    """Return `text` in the spelling of codes, whether or not it is one."""
    plain = unicodedata.normalize("NFKC", text).replace(":", "#").rpartition("#")[2]
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in plain)
    return "".join(filter(str.isalnum, plain)).upper().translate(_READ_AS)


def grouped(letters: str) -> str:
    """Return `letters` with a space after every fourth."""
    return " ".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def _complaint(letters: str) -> Typo | None:
    if not letters:
        return Typo.EMPTY
    if not _VALUE.keys() >= set(letters):
        return Typo.STRANGE
    if len(letters) != LENGTH:
        return Typo.SHORT if len(letters) < LENGTH else Typo.LONG
    if letters == SPECIMEN.canonical:
        return Typo.SPECIMEN
    return Typo.MISTYPED if _remainder(letters) else None


def _remainder(letters: str) -> int:
    """Return the polynomial's value at the generator: zero for a code."""
    total = 0
    for letter in letters:
        total = _DOUBLED[total] ^ _VALUE[letter]
    return total


def _times(value: int, doublings: int) -> int:
    for _ in range(doublings):
        value = _DOUBLED[value]
    return value


_LETTER: Final = (ALPHABET * 8).encode("ascii")
"""Every byte to the letter of its lowest five bits."""
_WEIGHED: Final = tuple(bytes(_times(byte & 31, _RANDOM - place) for byte in range(256)) for place in range(_RANDOM))
"""For each place of a code, every byte to its lowest five bits times the weight of that place."""
