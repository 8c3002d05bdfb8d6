"""One of each of this room's letters, with made-up facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from giftshop.notifications import Writer
from giftshop.onetime import CODE
from giftshop.redemption.messages import Facts, letter
from giftshop.redemption.phone_steps import code_words
from giftshop.redemption.rules import News
from giftshop.web import current_shop

SENDER: Final = "Lingnan Optics 岭南光学"


def samples() -> Mapping[str, Writer]:
    """Return them by what each is about: each piece of news as a mail and as a text message, and the code."""
    mails = {f"{_named(news)}-mail": partial(_mail, news) for news in News}
    texts = {f"{_named(news)}-text": partial(_text, news) for news in News}
    return mails | texts | {"code-text": lambda: ("", code_words().text.replace(CODE, "482913"))}


def _named(news: News) -> str:
    return news.value.replace("_", "-")


def _mail(news: News) -> tuple[str, str]:
    written = letter(news, _facts())
    return written.subject, written.body


def _text(news: News) -> tuple[str, str]:
    return "", letter(news, _facts()).text


def _facts() -> Facts:
    settings = current_shop().settings
    link = f"{settings.public_url}/g/sample"
    return Facts(SENDER, "西湖龙井 Longjing", "P000001-7", link, "SF", "SF1020304050607", settings.hotline)
