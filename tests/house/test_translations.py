"""Nobody meets a word of the other language."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from giftshop.kernel.locale import DEFAULT_LOCALE, LOCALES
from tools import translations
from tools.translations import Key

OTHER_LOCALES = [locale for locale in LOCALES if locale != DEFAULT_LOCALE]
PLACE = re.compile(r"%\((\w+)\)[a-z]|(?<!%)%[sd]")


@pytest.fixture(params=OTHER_LOCALES)
def catalogues(request: pytest.FixtureRequest) -> dict[str, Catalog]:
    return translations.catalogues(request.param)


def test_every_word_is_translated_in_its_rooms_catalogue(catalogues: dict[str, Catalog]) -> None:
    translated = {
        (room, key)
        for room, catalogue in catalogues.items()
        for key, message in translations.entries(catalogue).items()
        if translations.is_translated(message)
    }
    missing = [
        f"{word.place}: {word.id!r}"
        for room, words in translations.words().items()
        for key, word in words.items()
        if not {(room, key), (translations.SHARED, key)} & translated
    ]
    assert not missing, "`make translations` adds these to the rooms' catalogues:\n" + "\n".join(missing)


def test_no_catalogue_keeps_words_that_are_gone(catalogues: dict[str, Catalog]) -> None:
    used = {key for words in translations.words().values() for key in words}
    gone = [
        f"{room}.po: {key[1]!r}"
        for room, catalogue in catalogues.items()
        for key in translations.entries(catalogue)
        if key not in used
    ]
    assert not gone, "`make translations` removes these:\n" + "\n".join(gone)


def test_a_translation_names_the_same_facts(catalogues: dict[str, Catalog]) -> None:
    for room, catalogue in catalogues.items():
        for message in filter(translations.is_translated, translations.entries(catalogue).values()):
            english = message.id if isinstance(message.id, (tuple, list)) else [message.id]
            facts = set(PLACE.findall(" ".join(english)))
            forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
            for form in forms:
                assert set(PLACE.findall(str(form))) == facts, f"{room}.po: {message.id!r}"


def test_one_english_sentence_has_one_translation(catalogues: dict[str, Catalog]) -> None:
    """The catalogues are merged into one: two rooms that differ would overwrite each other."""
    said: dict[Key, dict[str, str]] = defaultdict(dict)
    for room, catalogue in catalogues.items():
        for key, message in translations.entries(catalogue).items():
            said[key][str(message.string)] = room
    differing = {key: forms for key, forms in said.items() if len(forms) > 1}
    assert not differing


def test_updating_adds_new_words_drops_gone_ones_and_keeps_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "TRANSLATIONS", tmp_path / "translations")
    room, locale = tmp_path / "giftshop" / "cards", tmp_path / "translations" / "zh_Hans"
    room.mkdir(parents=True)
    locale.mkdir(parents=True)
    (room / "views.py").write_text('_("Your card"); ngettext("%(number)s gift", "%(number)s gifts", n)')
    (locale / "cards.po").write_text(
        f'{translations.HEADER}msgid "Your card"\nmsgstr "您的卡"\n\nmsgid "Old"\nmsgstr "旧"\n'
    )

    left = translations.update("zh_Hans")

    cards = translations.catalogues("zh_Hans")["cards"]
    kept = {message.id: message.string for message in translations.entries(cards).values()}
    assert kept == {"Your card": "您的卡", ("%(number)s gift", "%(number)s gifts"): ("",)}
    assert len(left) == 1
