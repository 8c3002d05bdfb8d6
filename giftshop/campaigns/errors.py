"""Why a campaign, a nomination or a verdict is refused."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, NotAllowed, Refused, TooOften
from giftshop.kernel.locale import N_


class WindowOutOfOrder(Refused):
    """The list comes after the sending, or the sending after its end."""

    message = N_("The list comes first, then the sending, then the last delivery: put these days in order.")


class YearUnknown(Refused):
    """No lunar calendar of that year is kept."""

    message = N_("Choose a year between %(first)s and %(last)s.")


class NotOpen(Refused):
    """The decision is closed: the plan and its people stand."""

    message = N_("The decision on this campaign is closed. Nothing about it can be changed any more.")


class ListClosed(Refused):
    """The last day for nominations is over, or the decision is closed."""

    message = N_("The list closed on %(day)s. Nobody can be nominated any more.")


class NameTaken(Refused):
    """Two of one name could not be told apart on a list."""

    message = N_("This campaign has a group or grade of that name already.")


class StillUsed(Refused):
    """People, or groups, hang on it."""

    message = N_("It is in use: people were nominated, or a group is meant for it.")


class VisitsHalfSaid(Refused):
    """A window of visits has two ends, in their order."""

    message = N_("Give the first and the last day of the visits, in that order.")


class NotInACampaign(Refused):
    """The group is not one of this campaign's."""

    message = N_("Choose one of the groups of this campaign.")


class NotDeclared(Refused):
    """The box was not ticked."""

    message = N_("Please declare that the entry is true (如实上报). Without it, nobody is put on the list.")


class NoInfluence(Refused):
    """The plan's own requirement of a recipient."""

    message = N_(
        "A recipient has to decide, or have strong influence on who does. Somebody who does neither is not put forward."
    )


class MayNotBeGiven(Refused):
    """The market's rules: officials and state bodies."""

    message = N_("The rules of this market do not allow giving this to such a person. Please do not nominate them.")


class AlreadyNominated(Refused):
    """The same phone, or the same name at the same firm."""

    message = N_("This person is on the list already: the same phone, or the same name at the same firm.")


class OverTheYear(Refused):
    """The yearly cap of the market's rules."""

    message = N_(
        "With this gift they would be given %(total)s in %(year)s, and %(cap)s is the most. They were given %(before)s."
    )


class SomeOverTheYear(Refused):
    """The same, found when the order is drawn up: a price came later than the decision."""

    message = N_("At these prices, %(names)s would be given more than the %(cap)s that a year allows.")


class OwnNomination(NotAllowed):
    """Four eyes."""

    message = N_("Somebody else has to judge whom you nominated yourself.")


class NotYourStep(NotAllowed):
    """Each step has its role."""

    message = N_("This step is for somebody with another role.")


class AlreadyJudged(Refused):
    """Somebody was faster, or it is not their turn."""

    message = N_("This nomination does not wait for that verdict any more.")


class ReasonMissing(Refused):
    """Whoever nominated wants to know why."""

    message = N_("Write a reason for everybody whom you turn down.")


class GradeMissing(Refused):
    """Planning decides with a grade."""

    message = N_("Choose a grade for everybody whom you accept.")


class NothingJudged(Refused):
    """The form came back as it was."""

    message = N_("Tick whom you accept, or write why you turn somebody down.")


class ContradictionGone(Refused):
    """The plan was mended, or its figures moved on."""

    message = N_("This contradiction is not there any more, or its figures have changed. Please look again.")


class WordMissing(Refused):
    """A tick alone says nothing."""

    message = N_("Write a word why this is all right.")


class OnlyMended(Refused):
    """No word makes an unknown price known."""

    message = N_("An explanation is not enough here: the plan has to be changed.")


class StillWaiting(Refused):
    """Somebody is neither accepted nor turned down."""

    message = N_("%(count)s nominations still wait for a verdict.")


class NobodyAccepted(Refused):
    """There is nobody to give anything to."""

    message = N_("Nobody is accepted yet.")


class ContradictionsOpen(Refused):
    """The point of it all: figures first, money afterwards."""

    message = N_(
        "%(count)s contradictions in the plan are neither resolved nor explained. Read them before money is spent."
    )


class NotDecided(Refused):
    """Orders follow the decision."""

    message = N_("Orders are drawn up once the decision is closed, and once only.")


class GiftMissing(Refused):
    """It is not said what to give."""

    message = N_("Choose what is given as “%(grade)s” first.")


class GiftNotOffered(Refused):
    """It was, when it was chosen."""

    message = N_("What was chosen for “%(grade)s” is no longer offered. Please choose another gift.")


class GiftPriceChanged(Refused):
    """The set, or a price of the catalogue, was changed after the decision."""

    message = N_(
        "What was chosen for “%(grade)s” costs %(current)s now, and the plan counts with %(planned)s. "
        "Open the decision again and choose it anew."
    )


class NotOverYet(Refused):
    """Gifts may still be on their way, or their visitors."""

    message = N_("The people of this campaign can be erased when its last day and its last visit are over.")


class NotYoursToErase(NotAllowed):
    """What is erased cannot be had back."""

    message = N_("Whoever drew this campaign up, or your administrator, can erase its people.")


class AlreadyErased(Refused):
    """Once is enough."""

    message = N_("The people of this campaign are erased already.")


class NotOnSite(Refused):
    """Their gift comes by parcel, or nobody accepted them."""

    message = N_("This gift is not one to be handed over here.")


class AlreadyHandedOver(Refused):
    """Once is enough."""

    message = N_("This gift was handed over already.")


class SignatureUnreadable(Refused):
    """No picture, or far too large a one."""

    message = N_("The signature could not be read. Please sign again, or write the name only.")


class NoList(Refused):
    """Nothing waits to be accepted."""

    message = N_("There is no list waiting. Please upload the file again.")


class ListTooLong(Refused):
    """Above what one file may carry."""

    message = N_("One file carries %(most)s people at most. Please split it.")


class LinkNotThere(Missing):
    """Forged, revoked, or of a campaign that is over: one answer."""

    message = N_("This link does not lead anywhere any more. Ask whoever gave it to you for a new one.")


class TooManyEntries(TooOften):
    """Somebody, or a machine, fills in one form after the other."""

    message = N_("Too many entries came from here. Please wait an hour, or submit a list.")
