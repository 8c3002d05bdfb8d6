"""What staff fill in about the stock."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from giftshop.web import Form, WholeNumberField


class ReceiveForm(Form):
    """Goods came in. Stands on one page with the other form, so its fields are told apart by a prefix."""

    def __init__(self, **filled: Any) -> None:
        super().__init__(prefix="receive-", **filled)

    quantity = WholeNumberField(_l("How many came"), [InputRequired(_l("Write how many, at least one."))])
    reason = StringField(
        _l("Where from"),
        [Length(max=200, message=_l("Use at most %(max)d characters."))],
        description=_l("Delivery note, supplier, or a return."),
    )


class CountForm(Form):
    """Somebody counted."""

    def __init__(self, **filled: Any) -> None:
        super().__init__(prefix="count-", **filled)

    counted = WholeNumberField(_l("How many you counted"), [InputRequired(_l("Write how many you counted."))])
    reason = StringField(
        _l("Why it differs"),
        [Length(max=200, message=_l("Use at most %(max)d characters."))],
        description=_l("Such as broken, miscounted, used as a sample."),
    )
    seen = HiddenField()

    @property
    def seen_on_hand(self) -> int:
        """Return how many the page said there are; a hand-made number agrees with nothing."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
