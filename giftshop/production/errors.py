"""Why a print run is refused."""

from __future__ import annotations

from giftshop.kernel.errors import NotAllowed, Refused
from giftshop.kernel.locale import N_


class NotWaiting(Refused):
    """It was opened already."""

    message = N_("This print run was started already.")


class NotReady(Refused):
    """There is no file, or not any more."""

    message = N_("There is no print file to fetch.")


class NoAllowance(NotAllowed):
    """The file was fetched, and fetching it again needs a second person."""

    message = N_(
        "The file was fetched already. To fetch it again, ask for it and let somebody else of production agree."
    )


class ReasonMissing(Refused):
    """Opening codes is never done without a word."""

    message = N_("Write a reason; it stays in the record.")


class SamePerson(NotAllowed):
    """Four eyes."""

    message = N_("Somebody else of production has to agree.")


class NobodyAsked(Refused):
    """There is nothing to agree to."""

    message = N_("Nobody is asking for this file.")


class NeverFetched(Refused):
    """The print house cannot have what nobody took."""

    message = N_("Nobody has fetched the file yet, so the print house cannot have it.")


class NotBegun(Refused):
    """Done before it was begun: somebody pressed the wrong row."""

    message = N_("Begin this job first, so that colleagues see who is at it.")


class JobTaken(Refused):
    """Somebody else began it, or it is done."""

    message = N_("This job was begun already.")


class NoArtwork(Refused):
    """The artwork of this job is words, or cards that are printed from the order."""

    message = N_("There is no file to fetch for this job.")


class FileFaulty(Refused):
    """The finished file did not pass its preflight."""

    message = N_("The finished file did not pass preflight and was removed. What is wrong is told below.")
