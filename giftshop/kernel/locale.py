"""The languages the site speaks, and words kept in more than one of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from babel.core import Locale, UnknownLocaleError

TRANSLATIONS: Final = Path(__file__).resolve().parents[2] / "translations"
"""A folder for each language, by its CLDR code, with the catalogues of the rooms."""
DEFAULT_LOCALE: Final = "en"
"""What the code is written in: needs no catalogue."""
WRITTEN_LOCALES: Final = ("en", "zh_Hans")
"""What staff write goods in; in every other language these are shown (`pick`)."""


def spoken(translations: Path) -> dict[str, str]:
    """Return the languages that `translations` has a folder of catalogues for, and ours: code to own name."""
    folders = sorted(path.name for path in translations.glob("*/") if any(path.glob("*.po")))
    names = ((code, own_name(code)) for code in (DEFAULT_LOCALE, *folders))
    return {code: name for code, name in names if name}


def own_name(code: str) -> str:
    """Return what a language is called by those who speak it: Français, 简体中文. Empty when CLDR knows none."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return ""
    name = locale.languages.get(code) or locale.get_display_name() or code
    return name[0].upper() + name[1:]


LOCALES: Final[Mapping[str, str]] = spoken(TRANSLATIONS)
"""Locale code (CLDR) to the name its speakers give it."""


def N_(msgid: str) -> str:  # noqa: N802 -- gettext's customary name for "extract, translate later"
    """Mark `msgid` for extraction and return it unchanged."""
    return msgid


def pick(words: Mapping[str, str], locale: str) -> str:
    """Return the words for `locale`, else for the default locale, else any there are, else an empty string."""
    return words.get(locale) or words.get(DEFAULT_LOCALE) or next(iter(words.values()), "")
