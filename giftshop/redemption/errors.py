"""What a recipient may be answered instead of having it done."""

from __future__ import annotations

from giftshop.cards import NotEnoughLeft
from giftshop.kernel.errors import Missing, Refused, TooOften
from giftshop.kernel.locale import N_


class NotAmongTheGifts(Refused):
    """No gift, or one of another book."""

    message = N_("Choose one of the gifts.")


class JustTaken(Refused):
    """The last one went to somebody else. Facts: gift (its names), item_id."""

    message = N_("“%(gift)s” has just been taken by somebody else. Please choose another gift.")


class BasketEmpty(Refused):
    """Nothing was chosen."""

    message = N_("Choose at least one thing.")


class DraftChanged(Refused):
    """What was shown is not what is kept any more: another window, or a second tap after it was done."""

    message = N_("You changed something in another window. Please check once more.")


class CardsChanged(Refused):
    """What the cards give together is not what was shown: one was spent, stopped, or is over."""

    message = N_("One of the cards has changed meanwhile, so nothing was taken. Please look at it once more.")


class NotEnoughTogether(NotEnoughLeft):
    """Several cards hold less than what was chosen costs. Facts: left, cost."""

    message = N_("Your cards hold %(left)s together, and what you chose costs %(cost)s.")


class CodeUnknown(Refused):
    """No card has this code, or it is not active yet: one answer for both."""

    message = N_("With this code there is no card to pay with yet. Please compare it, or call the hotline.")


class AsksForItsPhone(Refused):
    """A further card that is protected by a phone, which is asked for the card that was opened only."""

    message = N_("This card is protected by a phone. Open it by itself, then add the other cards to it.")


class CardIsHere(Refused):
    """It pays already."""

    message = N_("This card is here already.")


class TooManyCards(Refused):
    """More than can pay together. Facts: most."""

    message = N_("At most %(most)s cards can pay together.")


class GiftBookApart(Refused):
    """A gift book among shopping cards."""

    message = N_("This is the code of a gift book, which is one gift by itself. Open it on the first page.")


class ShoppingCardApart(Refused):
    """A shopping card of another firm, or of another currency."""

    message = N_("This card is from another sender. Only cards of one sender can pay together.")


class NotForThese(Refused):
    """A card of the same firm that is good for other products."""

    message = N_("This card is good for other things than what you chose.")


class NothingOnIt(Refused):
    """An empty card."""

    message = N_("Nothing is left on this card.")


class OneSenderOnly(Refused):
    """A difference is one payment for one parcel."""

    message = N_("These things are sent by different senders. To pay on top, please order them one after the other.")


class NotChangeable(Refused):
    """It was cancelled already, or is not paid yet."""

    message = N_("This order cannot be changed or cancelled any more.")


class StillASurprise(Refused):
    """Nobody is told anything before the parcel is there."""

    message = N_("This gift is a surprise: nobody is notified before it arrives.")


class DayOutOfReach(Refused):
    """An earliest day that has passed or is too far off. Facts: last (day)."""

    message = N_("Choose a day from today until %(last)s.")


class PhoneNotBound(Refused):
    """A card that is worth so much is spent with a phone, and has none yet."""

    message = N_("Please tell us your phone first: we protect this card with it.")


class PhoneNotProved(Refused):
    """No code was typed in here within the last quarter of an hour, or it has been used."""

    message = N_("Please type in the code that we send to the phone of this card.")


class DearerNeedsPhone(Refused):
    """An order of a card with a phone was to become dearer."""

    message = N_("With this card an order cannot become dearer. Please order anything more separately.")


class NotTheCode(Refused):
    """Not the one-time code, or one that is over."""

    message = N_("That is not the code we sent, or it is too old. Compare it with the message, or ask for another one.")


class NotAMobile(Refused):
    """A phone that receives no text messages."""

    message = N_("We send a text message to it: please give the number of a mobile phone.")


class PhoneUnreadable(Refused):
    """It was sealed under a key that is gone."""

    message = N_("We cannot write to the phone of this card any more. Please call the hotline.")


class NoPhoneBound(Refused):
    """There is no phone to take off a card."""

    message = N_("No phone is bound to this card.")


class TooManyTries(TooOften):
    """Too many wrong last digits of the phone."""

    message = N_("Too many wrong tries. Please try again tomorrow, or call the hotline.")


class TooManyProblems(Refused):
    """Several reports of one card are open already."""

    message = N_("We have your earlier messages and are looking into them. If it is urgent, please call the hotline.")


class NoteMissing(Refused):
    """Nothing was written."""

    message = N_("Write a few words first.")


class AlreadyThanked(Refused):
    """A second thank-you for one gift."""

    message = N_("Your thank-you has been sent already.")


class NotRedeemed(Missing):
    """Nothing was chosen with this card yet."""

    message = N_("No gift has been chosen with this card yet.")


class ProblemNotThere(Missing):
    """No such report, or one that was closed before."""

    message = N_("This report has been closed already.")


class LinkNotThere(Missing):
    """A tracking link that we did not make, or one of an earlier version."""

    message = N_("This link is not complete, or not valid any more. Open your gift with the code on its card.")


class NotTheLastDigits(Refused):
    """Not how the receiver's phone number ends."""

    message = N_("That is not how the phone number for this gift ends. Please try again.")
