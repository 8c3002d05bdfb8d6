"""What a command may answer instead of doing its work.

Only `giftshop.web` knows the HTTP status of each, and only it translates: an error carries its English
message, marked with `N_` for extraction, and the facts that fill it.
"""

from __future__ import annotations

from typing import ClassVar

from giftshop.kernel.locale import N_


class DomainError(Exception):
    """A refusal a person can read. `message` is a gettext msgid with %(name)s places, filled from `facts`.

    `field` names the form field it belongs to, when there is one.
    """

    message: ClassVar[str] = N_("Something about this request cannot be done.")

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        self.field = field
        self.facts = facts
        super().__init__(self.message % facts if facts else self.message)


class Refused(DomainError):
    """The request is understood and may not be done now, or not like this (HTTP 409, or at the field)."""


class TooOften(Refused):
    """It was tried too many times; later it may be tried again (HTTP 429)."""


class Missing(DomainError):
    """What was asked for does not exist, or not for this person (HTTP 404)."""

    message = N_("We could not find what you were looking for.")


class NotAllowed(DomainError):
    """This person may not do that (HTTP 403)."""

    message = N_("You are not allowed to do that.")
