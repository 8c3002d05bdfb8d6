"""The database as a view sees it: one reader for the length of a request, and commands in transactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from flask import g

from giftshop.db import Reader, Transaction
from giftshop.web.app import GiftShop, current_shop
from giftshop.web.idempotency import Once, run_once

Args = ParamSpec("Args")
Result = TypeVar("Result")
Remembered = TypeVar("Remembered", str, int, str | None, int | None)


def reader() -> Reader:
    """Return this request's reader, opened on first use."""
    if "reader" not in g:
        g.reader = current_shop().database.reader()
    opened: Reader = g.reader
    return opened


def transact(
    command: Callable[Concatenate[Transaction, Args], Result], *args: Args.args, **kwargs: Args.kwargs
) -> Result:
    """Call `command(tx, ...)` in a transaction. What was read before is read anew afterwards."""
    _close_reader()
    return current_shop().database.transact(command, *args, **kwargs)


def transact_once(
    once: Once,
    command: Callable[Concatenate[Transaction, Args], Remembered],
    *args: Args.args,
    **kwargs: Args.kwargs,
) -> Remembered:
    """Call `command(tx, ...)`, which moves money or goods, once for each sent form.

    A repeat of the same form does nothing and gets the first one's answer; other contents under the same key
    raise KeyReused.
    """
    _close_reader()
    return current_shop().database.transact(run_once, once, lambda tx: command(tx, *args, **kwargs))


def _close_reader(_error: BaseException | None = None) -> None:
    opened: Reader | None = g.pop("reader", None)
    if opened is not None:
        opened.close()


def init_app(app: GiftShop) -> None:
    """Close the reader when a request ends."""
    app.teardown_appcontext(_close_reader)
