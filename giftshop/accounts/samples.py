"""One of each of this room's letters, with made-up facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from giftshop.accounts import letters
from giftshop.accounts.access import Letter
from giftshop.accounts.rules import FactorNews
from giftshop.notifications import Writer
from giftshop.web import current_locale

NAME: Final = "欧阳娜娜"
FIRM: Final = "Lingnan Optics 岭南光学"
LINK: Final = "sample"


def samples() -> Mapping[str, Writer]:
    """Return them by what each is about."""
    news = {f"factor-{each.value.replace('_', '-')}": partial(_news, each) for each in FactorNews}
    return {"invitation": _invitation, "new-password": _new_password, "password-changed": _changed, **news}


def _invitation() -> tuple[str, str]:
    return _said(letters.invitation(LINK, name=NAME, firm=FIRM, locale=current_locale()))


def _new_password() -> tuple[str, str]:
    return _said(letters.new_password(LINK, name=NAME, locale=current_locale()))


def _changed() -> tuple[str, str]:
    return _said(letters.password_was_changed(name=NAME, locale=current_locale()))


def _news(news: FactorNews) -> tuple[str, str]:
    return _said(letters.second_factor_news(news, name=NAME, locale=current_locale()))


def _said(letter: Letter) -> tuple[str, str]:
    return letter.subject, letter.text
