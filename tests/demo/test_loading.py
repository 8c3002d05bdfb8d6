"""Somebody starts the demonstration, stops it in the middle, and starts it again."""

from collections.abc import Callable

import pytest

from giftshop.db import Transaction
from giftshop.demo.loading import Chapter, load
from giftshop.jobs import enqueue
from giftshop.web import GiftShop


def chapter(name: str, *, fails: bool = False) -> Chapter:
    def prepare(shop: GiftShop) -> Callable[[Transaction], None]:
        def telling(tx: Transaction) -> None:
            enqueue(tx, "echo", {"chapter": name})
            if fails:
                raise ConnectionError

        return telling

    return Chapter(name, prepare)


@pytest.fixture
def heard(app: GiftShop) -> list[str]:
    """Which chapters' jobs were done."""
    done: list[str] = []
    app.jobs.register("echo", lambda run: done.append(str(run.payload["chapter"])))
    return done


def test_each_chapter_is_told_once_and_its_jobs_are_done_before_the_next(app: GiftShop, heard: list[str]) -> None:
    chapters = [chapter("people"), chapter("goods")]
    assert load(app, chapters) == ["people", "goods"]
    assert heard == ["people", "goods"]
    assert load(app, chapters) == []
    assert load(app, [*chapters, chapter("orders")]) == ["orders"]


def test_a_chapter_that_failed_left_nothing_and_is_told_again(app: GiftShop, heard: list[str]) -> None:
    with pytest.raises(ConnectionError):
        load(app, [chapter("people"), chapter("goods", fails=True)])
    assert load(app, [chapter("people"), chapter("goods")]) == ["goods"]
    assert heard == ["people", "goods"]
