"""What a buyer fills in to top cards up, and finance to settle what is left over."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import Length

from giftshop.kernel.serials import parse_serial
from giftshop.web import Form, MoneyField


class PickForm(Form):
    """How much more, on which cards; `pick_form` adds the amount in the firm's currency."""

    first = StringField(_l("From serial number"), description=_l("Leave both empty for all cards that are open."))
    last = StringField(_l("To serial number"))

    def validate_first(self, field: StringField) -> None:
        """A serial number, or nothing."""
        _check_serial(field)

    def validate_last(self, field: StringField) -> None:
        """Likewise."""
        _check_serial(field)

    @property
    def range(self) -> tuple[int | None, int | None]:
        """The serial numbers from which and through which; None where it is open."""
        first, last = (parse_serial(field.data or "") for field in (self.first, self.last))
        return first.number if first else None, last.number if last else None


def pick_form(currency: str, **data: Any) -> PickForm:
    """Return the form, with its amount in `currency`; from the address of a page if `formdata` is given."""

    class Bound(PickForm):
        each = MoneyField(_l("More on each card"), currency=currency)

    return Bound(**data)


class PlaceForm(Form):
    """Yes to what was shown, and who buys where the market asks."""

    seen_total_minor = HiddenField()
    agent_name = StringField(_l("Who buys on your firm's behalf"), [Length(max=60)])
    agent_document = StringField(
        _l("Number of the identity card"),
        [Length(max=30)],
        filters=[lambda text: (text or "").replace(" ", "").upper()],
    )

    @property
    def seen(self) -> int:
        """The total that was seen; -1, which none comes to, for anything else."""
        text = self.seen_total_minor.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else -1


class GivenBackForm(Form):
    """How the money went back."""

    note = StringField(_l("How and when it was paid back"), [Length(max=200)])


def _check_serial(field: StringField) -> None:
    if (field.data or "").strip() and parse_serial(field.data or "") is None:
        raise ValidationError(_l("This is not a serial number: compare its digits with the card."))
