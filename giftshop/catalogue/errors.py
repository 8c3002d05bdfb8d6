"""What the catalogue refuses."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import N_


class NoSuchItem(Missing):
    """No item has this id or SKU."""

    message = N_("There is no such item in the catalogue.")


class NoSuchEdition(Missing):
    """No gift book has this id or code."""

    message = N_("There is no such gift book.")


class NoSuchSupplier(Missing):
    """No supplier has this id or code."""

    message = N_("There is no such supplier.")


class NoSuchCollection(Missing):
    """No collection has this tag."""

    message = N_("There is no such collection.")


class NotACollectionTag(Refused):
    """The tag of a collection holds other characters, or too many: it stands in an address."""

    message = N_("The tag of a collection has small letters a to z, digits, and hyphens between them.")


class CollectionTagTaken(Refused):
    """Another collection is of this tag. Facts: tag."""

    message = N_("There already is a collection of the tag %(tag)s.")


class SupplierNotChosen(Refused):
    """An item was to be given to a supplier there is not, or to one that is not used any more."""

    message = N_("Choose one of the suppliers in use, or our own shelf.")


class SupplierCodeTaken(Refused):
    """Another supplier has this code. Facts: code."""

    message = N_("Another supplier already has the code %(code)s.")


class NotASupplierCode(Refused):
    """A supplier's code holds other characters, or too many."""

    message = N_("A supplier's code has 2 to 20 letters, digits or hyphens, and begins with a letter or digit.")


class SupplierInUse(Refused):
    """A supplier was to be retired while items that they send are on offer. Facts: count."""

    message = N_("%(count)s of their items are on offer. Withdraw those, or give them to somebody else, first.")


class SkuTaken(Refused):
    """Another item has this SKU."""

    message = N_("Another item already has the SKU %(sku)s.")


class CodeTaken(Refused):
    """Another edition has this code."""

    message = N_("Another edition already has the code %(code)s.")


class NotASku(Refused):
    """A SKU holds other characters, or too many."""

    message = N_("A SKU has 1 to 40 letters, digits, dots, hyphens or underscores, and begins with a letter or digit.")


class NotAnEditionCode(Refused):
    """An edition's code holds other characters, or too many."""

    message = N_("A code has 2 to 32 letters, digits or hyphens, and begins with a letter or digit.")


class NameMissing(Refused):
    """No language has a name."""

    message = N_("Write a name in at least one language.")


class NotComplete(Refused):
    """An item lacks what its shoppers must see."""

    message = N_("Before this item goes on offer it needs a picture, and a name and a description in both languages.")


class ItemNotOnOffer(Refused):
    """A draft or withdrawn item was to go into a gift book."""

    message = N_("Only items on offer go into a gift book; %(sku)s is not.")


class AlreadyInEdition(Refused):
    """The item is in this edition."""

    message = N_("This gift is already in the book.")


class EditionIsFixed(Refused):
    """The contents of an edition on offer, or closed, were to change."""

    message = N_("This edition may be printed already, so its contents stay as they are. Draw up the next edition.")


class EditionIsEmpty(Refused):
    """An edition without gifts was to go on offer."""

    message = N_("Put at least one gift into the book first.")


class NotInThatState(Refused):
    """Somebody else was faster, or an old page was used."""

    message = N_("This was changed in the meantime. Look again at how it stands now.")


class AmountNotPositive(Refused):
    """A price or a tier of nothing, or less."""

    message = N_("This must be more than zero.")


class AmountNegative(Refused):
    """Less than nothing."""

    message = N_("This cannot be below zero.")


class NotAPrice(Refused):
    """A cell that should hold a price."""

    message = N_("Write an amount above zero, such as 128.50.")


class NotACount(Refused):
    """A cell that should hold a whole number."""

    message = N_("Write a whole number between 0 and %(most)s.")


class NotACurrency(Refused):
    """A cell that should name a currency."""

    message = N_("Write a currency by its three letters, such as CNY.")


class TooLong(Refused):
    """More letters than a field takes."""

    message = N_("Use at most %(most)s characters.")


class SkuTwice(Refused):
    """Two rows of a table with one SKU."""

    message = N_("Row %(row)s has the same SKU.")


class FileGone(Refused):
    """An uploaded table that was imported or dropped already, or lay there too long."""

    message = N_("This table was imported already, or lay here for more than a day. Please upload it again.")


class FileFlawed(Refused):
    """A table with flaws was to be imported."""

    message = N_("Nothing was imported: some rows have to be corrected first.")


class FileMissing(Refused):
    """The form was sent without a file."""

    message = N_("Choose a file first.")


class NoSuchPackaging(Missing):
    """No packaging has this id."""

    message = N_("There is no such packaging.")


class NoSuchDecoration(Missing):
    """No decoration, or no place for one, has this id."""

    message = N_("There is no such decoration.")


class PackagingCodeTaken(Refused):
    """Another packaging has this code."""

    message = N_("Another packaging already has the code %(code)s.")


class AreaTooLarge(Refused):
    """A place larger than the decoration covers."""

    message = N_("This decoration covers %(width)s × %(height)s mm at most.")


class TagMissing(Refused):
    """A rule between nothing and something."""

    message = N_("Write a tag, as it stands on items.")


class RuleKnown(Refused):
    """These two tags have a rule."""

    message = N_("There is a rule for these two tags already.")
