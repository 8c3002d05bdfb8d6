"""What no database of ours can hold is refused at the gate, for every route at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask import abort, request
from werkzeug.routing import IntegerConverter, ValidationError

from giftshop.web.app import GiftShop

LARGEST_ID = 2**63 - 1
"""Of a 64-bit column; a larger number in an address is nothing's id."""


class IdConverter(IntegerConverter):
    """`<int:…>` in an address: a number that a key can be. Anything larger is not found, instead of an error later."""

    def to_python(self, value: str) -> int:
        """Read the number. Raises ValidationError, on which the address matches nothing."""
        number: int = super().to_python(value)
        if number > LARGEST_ID:
            raise ValidationError
        return number


def refuse_nul() -> None:
    """Refuse a NUL in anything typed: no keyboard writes one, and PostgreSQL keeps none."""
    if any("\0" in text for text in _typed()):
        abort(400)


def _typed() -> Iterator[str]:
    values = chain(request.args.lists(), request.form.lists())
    yield from (text for _name, texts in values for text in texts)
    yield from (value for value in (request.view_args or {}).values() if isinstance(value, str))
    yield from (upload.filename or "" for _name, uploads in request.files.lists() for upload in uploads)


def init_app(app: GiftShop) -> None:
    """Stand at the gate of `app`."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(refuse_nul)
