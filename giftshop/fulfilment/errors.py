"""What the bench refuses, and why."""

from __future__ import annotations

from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.locale import N_


class ShipmentMissing(Missing):
    """No shipment of that number. Facts: number."""

    message = N_("There is no shipment “%(number)s”.")


class AlreadyPacking(Refused):
    """Packing began, or is over: nothing can be changed any more. Facts: number."""

    message = N_("Shipment %(number)s is already being packed, so it cannot be changed any more.")


class AlreadyClaimed(Refused):
    """Another packer has it. Facts: number, packer, until (moment)."""

    message = N_("%(packer)s is packing %(number)s, until %(until)s at the latest.")


class AlreadyPacked(Refused):
    """Another scan of a parcel that is closed. Facts: number, packer, at (moment)."""

    message = N_("%(number)s was packed by %(packer)s on %(at)s.")


class NotClaimed(Refused):
    """The packer's time ran out, or they never took it. Facts: number."""

    message = N_("Take %(number)s first: it is not yours, or not any more.")


class NotYet(Refused):
    """Its day has not come. Facts: number, day."""

    message = N_("%(number)s is held until %(day)s.")


class SentBySupplier(Refused):
    """Its supplier sends it: nobody packs it here. Facts: number."""

    message = N_("%(number)s is sent by its supplier: it is not packed here.")


class MixedSenders(Refused):
    """Goods of several senders in one parcel: whoever asks must split them before."""

    message = N_("One parcel cannot hold goods of several senders. Split it first.")


class StepNotPossible(Refused):
    """The shipment is in a state that this cannot be done from. Facts: number."""

    message = N_("That cannot be done with %(number)s now: check its state.")


class ChangedMeanwhile(Refused):
    """Somebody else was faster, several times over. Facts: number."""

    message = N_("%(number)s was just changed by somebody else. Look again, then try once more.")


class WrongItem(Refused):
    """What was scanned does not belong into this parcel. Facts: code, number."""

    message = N_("STOP. %(code)s does not belong in %(number)s.")


class OneTooMany(Refused):
    """All of this are in the parcel already. Facts: code, quantity."""

    message = N_("STOP. All %(quantity)s of %(code)s are in already.")


class ContentsNotConfirmed(Refused):
    """Something was not scanned yet. Facts: number."""

    message = N_("Not everything in %(number)s is confirmed yet. Scan what is missing.")


class NothingToSend(Refused):
    """A shipment with no lines."""

    message = N_("There is nothing in this shipment.")


class TrackingNumberMalformed(Refused):
    """What was typed cannot be a tracking number. Facts: text."""

    message = N_("“%(text)s” cannot be a tracking number: it has 8 to 40 letters and digits.")


class TrackingNumberMissing(Refused):
    """A parcel left that should have a tracking number. Facts: number."""

    message = N_("Enter the tracking number of %(number)s first.")


class TrackingNumberTaken(Refused):
    """Another shipment has this number with this carrier. Facts: tracking_number, number."""

    message = N_("%(tracking_number)s is already the tracking number of %(number)s.")


class CarrierMissing(Refused):
    """No carrier was chosen. Facts: number."""

    message = N_("Choose a carrier for %(number)s first.")


class CarrierUnknown(Refused):
    """No carrier of that code, or one that is not used any more."""

    message = N_("Choose one of the carriers.")


class CarrierCodeTaken(Refused):
    """Another carrier has this code. Facts: code."""

    message = N_("There is already a carrier with the code %(code)s.")


class TrackingLinkMalformed(Refused):
    """A tracking page's address that is none."""

    message = N_("Write an address that begins with https:// and has {number} where the tracking number goes.")


class NotUndoable(Refused):
    """The last step is one that undo does not take back. Facts: number."""

    message = N_("The last step of %(number)s cannot be undone.")


class ReasonNeedsNote(Refused):
    """The reason "other" says nothing alone."""

    message = N_("Write what is wrong.")


class NothingToHandOver(Refused):
    """None of the shipments can go on a manifest."""

    message = N_(
        "None of these parcels can leave: each must be packed, with a carrier and its tracking number, "
        "and on no manifest yet."
    )


class ManifestClosed(Refused):
    """This manifest was handed over before. Facts: number, at (moment)."""

    message = N_("Manifest %(number)s is closed since %(at)s.")


class ManifestChanged(Refused):
    """The paper that is signed no longer says what is on the manifest. Facts: number, expected, found."""

    message = N_(
        "Manifest %(number)s was for %(expected)s parcels and now has %(found)s. Print it again before it is signed."
    )


class FileHasErrors(Refused):
    """A file of tracking numbers that does not match. Nothing of it was taken over."""

    message = N_("This file no longer matches. See the report; nothing was imported.")


class FileAlreadyApplied(Refused):
    """The same file a second time. Facts: at (moment)."""

    message = N_("This file was already imported on %(at)s.")


class NothingSelected(Refused):
    """No shipment was ticked."""

    message = N_("Tick at least one shipment first.")


class LabelTooEarly(Refused):
    """A label is printed only once the contents are right. Facts: number."""

    message = N_("The label of %(number)s is printed once its contents are confirmed.")


class NothingToPrint(Refused):
    """Held, cancelled or sent by a supplier, all of them."""

    message = N_("There is nothing to print: these shipments are held, cancelled, or sent by their suppliers.")


class NothingToExport(Refused):
    """No shipment for a carrier's file."""

    message = N_("There is nothing to write into the file: none of these goes with %(carrier)s.")
