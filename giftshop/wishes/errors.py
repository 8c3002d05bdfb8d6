"""What keeping, listing and sharing gifts refuses."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, Refused, TooOften
from giftshop.kernel.locale import N_


class NoSuchList(Missing):
    """No list with this id, or another firm's, or one that was deleted."""

    message = N_("There is no such list.")


class NoSuchLink(Missing):
    """No link of this list has this id."""

    message = N_("There is no such link.")


class LinkEnded(Missing):
    """Forged, revoked, past its day, or its list was deleted: all of them look alike."""

    message = N_("This list is not shown any more. Ask whoever sent you the link for a new one.")


class TooManyFavourites(Refused):
    """A person, or a browser, keeps as many as it may."""

    message = N_("You have %(most)s favourites, which is as many as we keep. Take some away first.")


class TooManyCompared(Refused):
    """A fifth gift beside four."""

    message = N_("Up to %(most)s gifts stand side by side. Take one away first.")


class NameMissing(Refused):
    """A list nobody could tell from the others."""

    message = N_("Give the list a name.")


class TooManyLists(Refused):
    """A firm has as many lists as it may."""

    message = N_("Your firm has %(most)s lists, which is as many as we keep. Delete one that is not needed any more.")


class ListFull(Refused):
    """A list holds as many gifts as it may."""

    message = N_("A list holds %(most)s gifts at most.")


class TooManyLinks(Refused):
    """A list has as many open links as it may."""

    message = N_("This list has %(most)s open links. End one of them first.")


class NothingToPack(Refused):
    """Nothing on a list can go into a gift set."""

    message = N_("Nothing on this list can go into a gift set just now.")


class ReaderNameMissing(Refused):
    """An answer from nobody."""

    message = N_("Please write your name, so that they know whose opinion this is.")


class NothingSaid(Refused):
    """An answer without any opinion."""

    message = N_("Choose “Yes” or “Rather not” for at least one gift, or write a few words.")


class TooManyReaders(Refused):
    """As many people answered through this link as may."""

    message = N_("Many people answered already, so that no more answers are taken. Please tell them directly.")


class TooManyAnswers(TooOften):
    """More answers from one network than a busy office sends."""

    message = N_("Many answers came from your network just now. Please try again in an hour.")
