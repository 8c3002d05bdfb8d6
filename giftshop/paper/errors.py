"""What the printing engine refuses, and why."""

from __future__ import annotations

from typing import Self

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class GlyphMissing(Refused):
    """None of the fonts has this character: printed, it would be an empty box. Facts: character, codepoint."""

    message = N_("“%(character)s” (%(codepoint)s) cannot be printed: none of our fonts has it.")

    @classmethod
    def of(cls, character: str, **facts: object) -> Self:
        """Return the refusal of one `character`."""
        return cls(field=None, character=character, codepoint=f"U+{ord(character):04X}", **facts)


class GlyphMissingInRow(GlyphMissing):
    """As above, in one row of a print run. Facts: row (from 1), character, codepoint."""

    message = N_("Row %(row)s: “%(character)s” (%(codepoint)s) cannot be printed: none of our fonts has it.")


class TextTooLong(Refused):
    """This text does not fit its place on the paper even at the smallest size we print. Facts: text."""

    message = N_("“%(text)s” is too long for its place on the card.")


class TextTooLongInRow(TextTooLong):
    """As above, in one row of a print run. Facts: row (from 1), text."""

    message = N_("Row %(row)s: “%(text)s” is too long for its place on the card.")


class LinkTooLong(Refused):
    """A QR code cannot hold this link. Facts: length (characters)."""

    message = N_("A link of %(length)s characters is too long for a QR code on a card.")


class NotABarcode(Refused):
    """These characters cannot be written as bars. Facts: text."""

    message = N_("“%(text)s” cannot be printed as a barcode: use letters without accents, digits and signs.")


class AssetMissingError(LookupError):
    """A template names a file of ours that is not there: a mistake of ours, not of the person who prints."""
