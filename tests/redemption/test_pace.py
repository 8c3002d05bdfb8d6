"""What keeps a recipient's pages quick: few statements, and none that is worked out anew for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from giftshop.cards import PrintedCard
from giftshop.db import Database
from tests.redemption.conftest import Book, Recipient, statements


@contextmanager
def worked_out_anew(database: Database) -> Iterator[list[str]]:
    """Collect the statements that SQLAlchemy had to compile."""
    compiled: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        if context is not None and context.compiled is not None and context.cache_hit is not CacheStats.CACHE_HIT:
            compiled.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield compiled
    event.remove(database.engine, "before_cursor_execute", note)


def test_the_second_recipients_redemption_has_no_statement_worked_out_anew(
    recipient: Recipient, another: Recipient, book: Book
) -> None:
    first, second = book.cards(2)
    recipient.goes_all_the_way(first, book.items["TEA-1"])
    another.opens_card(second)
    another.chooses(book.items["TEA-1"])
    another.writes_address()
    form = another.form_to_confirm()
    with worked_out_anew(book.database) as compiled:
        assert another.client.post("/r/gift/check", data=form).status_code == 303
    assert not compiled, "\n".join(compiled)
    assert book.redemption(second)


def test_opening_a_gift_asks_three_things_and_none_of_them_is_worked_out_anew(
    recipient: Recipient, another: Recipient, book: Book
) -> None:
    first, second = book.cards(2)
    recipient.opens_card(first)
    another.opens_card(second)
    with statements(book.database) as asked, worked_out_anew(book.database) as compiled:
        assert "This is for you" in another.reads("/r/gift")
    assert len(asked) <= 3, "\n".join(asked)
    assert not compiled, "\n".join(compiled)


def test_the_letter_shows_what_is_still_there_as_soon_as_something_is_gone(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    before = recipient.reads("/r/gift").count("goods-picture")
    book.take_all("TEA-1")
    assert recipient.reads("/r/gift").count("goods-picture") == before - 1
