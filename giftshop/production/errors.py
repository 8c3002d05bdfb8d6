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


class DesignGone(Refused):
    """A design that was chosen is not among those that we print any more."""

    message = N_("We do not print this design any more. Please choose another one.")


class NoSuchSheet(Refused):
    """A grid that no sheet of paper has."""

    message = N_(
        "Write a grid of 1 to 20 columns and 1 to 40 rows, on a sheet of 50 to 1,200 mm a side, "
        "with gutters of 0 to 50 mm."
    )


class DoesNotFit(Refused):
    """More cards than the sheet has room for."""

    message = N_(
        "Cards of %(card)s mm with their bleed do not fit onto a sheet of %(sheet)s mm like this: "
        "it holds at most %(columns)s × %(rows)s."
    )


class HouseNotThere(Refused):
    """Somebody else retired it, or it never was."""

    message = N_("Choose a print house from the list.")


class HouseNameTaken(Refused):
    """Two houses of one name would be mixed up."""

    message = N_("There is a print house of this name already.")


class HouseNameMissing(Refused):
    """Nobody could choose it."""

    message = N_("Write the name of the print house.")


class KeyNeeded(Refused):
    """A data file is for one reader only."""

    message = N_("A data file is encrypted to the print house's certificate. Upload one first.")


class KeyExpired(Refused):
    """What was good once."""

    message = N_("The print house's certificate is no longer valid. Ask the print house for a new one.")


class KeyChanged(Refused):
    """Somebody gave the house another certificate while its file waited to be written."""

    message = N_("The print house has got another certificate since this run was started. Start it again.")


class CertificateUnreadable(Refused):
    """No certificate, or one that is broken."""

    message = N_("This is not a certificate we can read. Send an X.509 certificate as PEM or DER (.pem, .crt, .cer).")


class CertificateTooLarge(Refused):
    """No certificate is that long."""

    message = N_("This file is too large for a certificate. Send the print house's own certificate alone.")


class SeveralCertificates(Refused):
    """A chain, of which one only can be meant."""

    message = N_("This file holds several certificates. Send the print house's own certificate alone.")


class PrivateKeySent(Refused):
    """Whoever has it can read every data file."""

    message = N_(
        "This file holds a private key, which nobody but the print house may have. We have not kept it. "
        "Ask the print house for a new key pair, and for the certificate only."
    )


class KeyOfAnotherKind(Refused):
    """What the standard's key transport does not know."""

    message = N_("The certificate must be of an RSA key; this one is of another kind.")


class KeyTooWeak(Refused):
    """What could be broken while the cards are worth something, or is no sensible key."""

    message = N_("The certificate's RSA key has %(bits)s bits. It must have 2,048 to 8,192, and the usual exponent.")


class CertificateNotValidNow(Refused):
    """Of yesterday, or of tomorrow."""

    message = N_("This certificate is valid from %(since)s to %(until)s: not now.")


class KeyNotForEncryption(Refused):
    """Made for signatures only."""

    message = N_("This certificate is not meant for encryption (its key usage lacks key encipherment).")


class NotPlainInATable(Refused):
    """A name that a spreadsheet would take for a formula: it can be neither altered nor passed on."""

    message = N_(
        "The name on card %(serial)s begins with a character that spreadsheets take for a formula. "
        "Such a batch cannot go out as a data file; print it as a PDF."
    )


class NothingDestroyedYet(Refused):
    """A receipt of what has not happened."""

    message = N_("Nothing has been destroyed yet.")


class FileFaulty(Refused):
    """The finished file did not pass its preflight."""

    message = N_("The finished file did not pass preflight and was removed. What is wrong is told below.")
