"""What accounts refuse, in words."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class DoesNotMatch(Refused):
    """Wrong password, unknown address, or nobody who may come in: one answer, so that it tells nothing."""

    message = N_("That e-mail address and password do not match. Check both and try again.")


class TooManyTries(Refused):
    """This account, or this network, was tried too often."""

    message = N_("Too many attempts. Wait %(minutes)s minutes and try again, or have a link e-mailed to you below.")


class TooManyCodes(TooManyTries):
    """Codes were tried too often on this account, or from this network, by somebody who knows the password."""

    message = N_(
        "Too many attempts. Wait %(minutes)s minutes. If that was not you, change your password: somebody knows it."
    )


class TooManyCodesToday(TooManyTries):
    """So many codes were tried that only guessing explains it."""

    message = N_("Too many wrong codes today. Ask your administrator, or call us: somebody may know your password.")


class CodeWrong(Refused):
    """No code of this person's: not of these minutes, or no recovery code, or one that was used."""

    message = N_("This code is not right. Use the newest one, and check that your device's clock is correct.")


class CodeUsed(Refused):
    """The right code, and it came in before: each is good once."""

    message = N_("This code was used already. Wait until the next one appears.")


class SignInLapsed(Refused):
    """The half hour after the password is over, or the session was ended from elsewhere."""

    message = N_("This took too long, or was ended elsewhere. Please sign in again.")


class PasskeyNotGood(Refused):
    """What the browser sent is no answer to what it was asked, or of no passkey of this person's."""

    message = N_("This passkey could not be checked. Try once more, or use a code.")


class TooManyPasskeys(Refused):
    """More than anybody has devices for."""

    message = N_("You have %(most)s passkeys. Remove one before you add another.")


class LastFactor(Refused):
    """Where a second factor is asked for, the only one stays until there is another."""

    message = N_("This is your only second factor, and you need one. Set up another first.")


class NoSecondFactor(Refused):
    """There is nothing to take away, or to have recovery codes for."""

    message = N_("There is no second factor set up.")


class ResetYourOwn(Refused):
    """One's own is changed on one's own page, with the password."""

    message = N_("Change your own second factor under “Your account”.")


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
        "Use at least %(least)s characters. Four or five words that only you would put together are easy to remember."
    )


class PasswordTooLong(Refused):
    """Longer than anybody types; it would only keep the machine busy."""

    message = N_("Use at most %(most)s characters.")


class PasswordGuessable(Refused):
    """On the list of what is tried first, or made of the person's own name and address."""

    message = N_(
        "This is too easy to guess: it is made of common passwords, rows of keys, or your name. Mix in other words."
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
