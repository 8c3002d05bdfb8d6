"""One of each of this room's letters, with made-up facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from giftshop.ecards.messages import Facts, Letter, card_letter, reminder
from giftshop.ecards.proving import code_words
from giftshop.kernel.money import Money
from giftshop.notifications import Writer
from giftshop.onetime import CODE
from giftshop.web import current_shop

SENDER: Final = "Lingnan Optics 岭南光学"
BOOK, CARD = None, Money(50_000, "CNY")


def samples() -> Mapping[str, Writer]:
    """Return them by what each is about, as a mail and as a text message."""
    kinds: Mapping[str, Callable[[], Letter]] = {
        "gift": partial(_gift, BOOK),
        "card": partial(_gift, CARD),
        "reminder": _reminder,
    }
    mails = {f"{kind}-mail": partial(_mail, write) for kind, write in kinds.items()}
    texts = {f"{kind}-text": partial(_text, write) for kind, write in kinds.items()}
    return mails | texts | {"code-mail": _code}


def _gift(value: Money | None) -> Letter:
    return card_letter(_facts(value))


def _reminder() -> Letter:
    return reminder(_facts(BOOK))


def _mail(write: Callable[[], Letter]) -> tuple[str, str]:
    written = write()
    return written.subject, written.body


def _text(write: Callable[[], Letter]) -> tuple[str, str]:
    return "", write().text


def _code() -> tuple[str, str]:
    words = code_words(SENDER)
    return words.subject, words.text.replace(CODE, "482913")


def _facts(value: Money | None) -> Facts:
    settings = current_shop().settings
    link = f"{settings.public_url}/e/sample"
    until = date(2026, 9, 25) if value is None else None
    return Facts("欧阳娜娜", SENDER, "中秋快乐", "愿您阖家团圆，万事顺遂。", "", value, until, settings.hotline, link)
