"""Whom to look for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, TelField
from wtforms.validators import Email, Length, Optional

from giftshop.addresses import PhoneProblem, normalise_phone
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.web import Form
from giftshop.web.privacy import Whom


class NobodyNamed(Refused):
    """Neither a phone number nor an address was given."""

    message = N_("Enter a phone number, an e-mail address, or both.")


class WhomForm(Form):
    """What somebody is known by."""

    phone = TelField(_l("Phone number"), [Optional(), Length(max=40, message=_l("Use at most %(max)d characters."))])
    email = EmailField(
        _l("E-mail address"),
        [
            Optional(),
            Length(max=254, message=_l("Use at most %(max)d characters.")),
            Email(_l("Enter an e-mail address such as li.mei@example.com.")),
        ],
        filters=[lambda typed: typed.strip() if typed else typed],
    )

    @property
    def whom(self) -> Whom:
        """Whom it names. Raises NobodyNamed, PhoneProblem."""
        return whom_named(self.phone.data or "", self.email.data or "")


def whom_named(phone: str, email: str) -> Whom:
    """Return somebody by what was typed. Raises NobodyNamed, PhoneProblem."""
    if not phone.strip() and not email.strip():
        raise NobodyNamed(field="phone")
    return Whom(normalise_phone(phone) if phone.strip() else "", email.strip().lower())


__all__ = ["NobodyNamed", "PhoneProblem", "WhomForm", "whom_named"]
