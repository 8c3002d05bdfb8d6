"""Why a gift set is refused."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import N_


class NoSuchGiftSet(Missing):
    """No gift set with this id, or another firm's."""

    message = N_("There is no such gift set.")


class NoSuchIdea(Missing):
    """Not among what can be put together today."""

    message = N_("This idea cannot be had any more. Please choose another, or begin with an empty set.")


class SetFrozen(Refused):
    """It was ordered: what was agreed stands."""

    message = N_("This set was ordered and stays as it is. Make a copy to change it.")


class SetDeleted(Refused):
    """It is off the shelf."""

    message = N_("This set was deleted. Restore it to change it.")


class SetChanged(Refused):
    """Somebody else saved it since it was shown."""

    message = N_("%(who)s changed this set while you had it open, so your last change was not saved.")


class NothingInside(Refused):
    """A box of air."""

    message = N_("Put at least one gift into the set.")


class TooManyInside(Refused):
    """More different items than a set carries."""

    message = N_("A set holds %(most)s different gifts at most.")


class ItemGone(Refused):
    """Not on offer any more, or not in this currency."""

    message = N_("“%(item)s” is not offered any more. Please take it out.")


class NotTogether(Refused):
    """A rule of what may not lie in one parcel."""

    message = N_("“%(first)s” and “%(second)s” may not be packed together: %(reason)s")


class TooHeavy(Refused):
    """Above what one parcel may weigh."""

    message = N_("One set weighs %(weight)s g; a parcel may weigh %(most)s g at most.")


class PackagingGone(Refused):
    """Not offered any more."""

    message = N_("“%(packaging)s” is not offered any more. Please choose another packaging.")


class PackagingTooSmall(Refused):
    """Heavier contents than it carries."""

    message = N_("“%(packaging)s” holds %(most)s g; what you put in weighs %(weight)s g.")


class BelowMinimum(Refused):
    """Fewer pieces than the decoration is done for."""

    message = N_("%(decoration)s on “%(on)s” starts at %(least)s pieces; this would be %(quantity)s.")


class DecorationGone(Refused):
    """Not offered there any more, or what it goes onto is not in the set."""

    message = N_("%(decoration)s on “%(on)s” cannot be ordered any more. Please take it off.")


class ArtworkMissing(Refused):
    """Neither a logo nor words."""

    message = N_("Choose a logo or write words for %(decoration)s on “%(on)s”.")


class GreetingMissing(Refused):
    """A card that says nothing."""

    message = N_("Write the large words and the greeting of the card, or do without a card.")


class NameMissing(Refused):
    """A set nobody could tell from the others."""

    message = N_("Give the set a name.")


class CannotPrint(Refused):
    """None of our fonts has it."""

    message = N_("“%(character)s” cannot be printed: none of our fonts has it.")
