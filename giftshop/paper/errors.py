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


class GridNumberWrong(Refused):
    """A number of a grid of cards is one that no press takes; `field` is which. Facts: least, most."""

    message = N_("Enter a number from %(least)s to %(most)s.")


class GridTooLarge(Refused):
    """The cards, their bleed and the marks do not fit on the sheet. Facts: needs, has (millimetres)."""

    message = N_("These cards need %(needs)s mm with bleed and marks, and the sheet has %(has)s mm.")


class ColourNotSeparable(Refused):
    """The artwork has a colour that we cannot separate into printing inks. Facts: what (a name from PDF)."""

    message = N_("The artwork has colours that cannot be turned into printing inks (%(what)s): use plain RGB.")


class AssetMissingError(LookupError):
    """A template names a file of ours that is not there: a mistake of ours, not of the person who prints."""
