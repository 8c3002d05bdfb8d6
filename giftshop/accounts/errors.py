"""What accounts refuse, in words."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class DoesNotMatch(Refused):
    """Wrong password, unknown address, or nobody who may come in: one answer, so that it tells nothing."""

    message = N_("This e-mail address and password do not go together. Check both and try again.")


class TooManyTries(Refused):
    """This account, or this network, was tried too often."""

    message = N_("Too many tries. Wait %(minutes)s minutes and try again, or have a link mailed to you below.")


class AccountDisabled(Refused):
    """Said only to somebody who knows the password."""

    message = N_("This account is closed. Your administrator can open it again.")


class FirmSuspended(Refused):
    """Said only to somebody who knows the password."""

    message = N_("Your firm's access is suspended at the moment. Please call us.")


class LinkNotGood(Refused):
    """The link was used, expired, or was overtaken."""

    message = N_("This link was used before, or is too old, or a newer one took its place.")


class PasswordTooShort(Refused):
    """SP 800-63B-4, 3.1.1.2: a password that stands alone has at least fifteen characters."""

    message = N_(
        "Use at least %(least)s characters. Four or five words that only you would put together are easy to keep."
    )


class PasswordTooLong(Refused):
    """Longer than anybody types; it would only keep the machine busy."""

    message = N_("Use at most %(most)s characters.")


class PasswordGuessable(Refused):
    """On the list of what is tried first, or made of the person's own name and address."""

    message = N_(
        "This would be guessed early: it is made of common passwords, rows of keys, or your name. Mix in other words."
    )


class WrongPassword(Refused):
    """The current password, asked for before it is changed, was not right."""

    message = N_("This is not your current password.")


class AlreadyHere(Refused):
    """The address belongs to one of these people."""

    message = N_("Somebody with this e-mail address is on your list already.")


class AddressNotFree(Refused):
    """The address belongs to somebody elsewhere: no more is said."""

    message = N_("This e-mail address cannot be invited here. Use another one, or call us.")


class LastAdministrator(Refused):
    """Nobody would be left to invite anybody."""

    message = N_("This is the only administrator who can sign in. Make somebody else administrator first.")


class NotYourself(Refused):
    """One does not shut oneself out."""

    message = N_("You cannot close your own account. Ask another administrator.")


class NotInvited(Refused):
    """There is nothing to send again: they have a password, or the account is closed."""

    message = N_("%(name)s is not waiting for an invitation.")
