"""The languages the site speaks, and words kept in more than one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DEFAULT_LOCALE: Final = "en"
LOCALES: Final[Mapping[str, str]] = {"en": "English", "zh_Hans": "简体中文"}
"""Locale code (CLDR) to the name its speakers give it."""


def N_(msgid: str) -> str:  # noqa: N802 -- gettext's customary name for "extract, translate later"
    """Mark `msgid` for extraction and return it unchanged."""
    return msgid


def pick(words: Mapping[str, str], locale: str) -> str:
    """Return the words for `locale`, else for the default locale, else any there are, else an empty string."""
    return words.get(locale) or words.get(DEFAULT_LOCALE) or next(iter(words.values()), "")
