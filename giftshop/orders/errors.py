"""Why an order is refused."""

from __future__ import annotations

from giftshop.kernel.errors import NotAllowed, Refused
from giftshop.kernel.locale import N_


class NotADraft(Refused):
    """It was placed or cancelled: its contents stand."""

    message = N_("Order %(number)s was already placed and cannot be changed any more.")


class Incomplete(Refused):
    """A step was skipped."""

    message = N_("This order is not complete yet. Please fill in what is marked.")


class PriceChanged(Refused):
    """The total is not the one that was shown."""

    message = N_("The total changed from %(seen)s to %(current)s since this page was shown. Please check it again.")


class EcardsNeedList(Refused):
    """They would go nowhere."""

    message = N_("E-cards are sent to people by name: choose the people on a list, or printed cards.")


class EditionClosed(Refused):
    """The edition can no longer be ordered."""

    message = N_("This edition is no longer offered. Please choose another gift book; everything else is kept.")


class NotWaitingForApproval(Refused):
    """Somebody decided first, or it was cancelled."""

    message = N_("Order %(number)s is not waiting for approval any more.")


class OwnOrder(NotAllowed):
    """Four eyes."""

    message = N_("Somebody else has to approve an order that you placed yourself.")


class ReasonMissing(Refused):
    """A rejection without a word helps nobody."""

    message = N_("Please write a reason, so that the buyer knows what to change.")


class NotCancellable(Refused):
    """It is paid, or over."""

    message = N_("Order %(number)s is paid or closed and cannot be cancelled here. Please call %(hotline)s.")


class NoUpload(Refused):
    """Nothing waits to be accepted."""

    message = N_("There is no list waiting. Please upload the file again.")


class TooManyCards(Refused):
    """Above what one order carries."""

    message = N_("One order is for %(most)s people at most. Please split it.")


class OtherKind(Refused):
    """A page of gift books was used for shopping cards, or the other way round."""

    message = N_("Order %(number)s is for something else. Please begin a new one.")


class NoStoredValue(Refused):
    """The market's rules keep stored value from this kind of firm."""

    message = N_("Shopping cards cannot be sold to your firm. Gift books and gift sets can.")


class ProductGone(Refused):
    """Not on offer any more."""

    message = N_("“%(product)s” is not offered any more. Please take it off the choice.")


class NoProducts(Refused):
    """A shopping card that can be spent on nothing."""

    message = N_("Choose what the card can be spent on.")


class TooManyProducts(Refused):
    """More than a phone shows without a search."""

    message = N_("Choose %(most)s products at most.")


class FaceTooHigh(Refused):
    """Above the market's cap for one card."""

    message = N_("One card of this kind may hold %(cap)s at most. Order several cards, or named ones.")


class FaceNotPositive(Refused):
    """A card that holds nothing."""

    message = N_("This must be more than zero.")


class NothingWithin(Refused):
    """Every product of the choice is dearer than what the card holds."""

    message = N_("Nothing of your choice costs %(face)s or less, so the card could not be spent.")


class NamedNeedsList(Refused):
    """Named cards without names."""

    message = N_("Named cards are made for the people of a list. Choose “for people on a list”.")


class CardsRedeemable(Refused):
    """Some may have been redeemed already."""

    message = N_("The cards of this parcel can be redeemed already, so its delivery cannot be taken back.")


class GiftsRedeemed(Refused):
    """Somebody holds a gift for this money."""

    message = N_("A gift of order %(number)s was redeemed already, so its money cannot go back whole here.")


class BeingMade(Refused):
    """Its gift sets are in work, or on their way."""

    message = N_("The gift sets of order %(number)s are in work already, so its money cannot go back whole here.")


class StillIssuing(Refused):
    """A job is making its cards just now."""

    message = N_("The cards of order %(number)s are being made at this moment. Please try again in a minute.")


class NoGiftSet(Refused):
    """None was chosen, or the firm has none."""

    message = N_("Choose a gift set.")


class DirectNeedsList(Refused):
    """Nobody to send anything to."""

    message = N_("To send to people's doors we need their list. Choose “for people on a list”.")


class WindowTurned(Refused):
    """It ends before it begins."""

    message = N_("This day lies before the first day of sending.")


class TooManyBranches(Refused):
    """More than a page shows."""

    message = N_("An order goes to %(most)s branches at most.")


class BranchesTooMany(Refused):
    """More sets than there are."""

    message = N_("%(left)s of %(quantity)s sets are not given to a branch yet, so this cannot be more.")


class NotForSets(Refused):
    """There is nothing to print or to send of an order of another kind."""

    message = N_("Order %(number)s is not for gift sets.")


class NothingPrinted(Refused):
    """E-cards are not."""

    message = N_("E-cards are not printed: the page of the order shows the message that is sent.")


class NoCard(Refused):
    """The set comes without one."""

    message = N_("This set comes without a greeting card.")


class NotPaidYet(Refused):
    """Nothing of it is made before the money is here."""

    message = N_("Order %(number)s is not paid yet, so there is nothing to print.")


class NotConfirmed(Refused):
    """There is nothing to confirm before it is placed and approved, or after it was given up."""

    message = N_("Order %(number)s is not placed, so there is nothing to confirm.")


class DayTooFar(Refused):
    """Nobody plans that far, and no calendar of ours goes there."""

    message = N_("Choose a day within the next %(years)s years.")


class DesignNotOffered(Refused):
    """Another kind's design, or none of ours."""

    message = N_("This design is not made for what you order. Please choose one of those shown.")
