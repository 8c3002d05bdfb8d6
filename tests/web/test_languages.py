"""A language is a folder of catalogues, and whoever switches stays where they are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import parse_qsl, urlsplit

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from flask.testing import FlaskClient

from giftshop.application import create_app
from giftshop.kernel.locale import LOCALES, TRANSLATIONS, own_name, spoken
from giftshop.web import GiftShop, languages
from tests.conftest import settings_for
from tests.people import Browser, People, Somebody, settle, sign_in
from tools import translations

ODD: Final = "eo"
"""The language of these tests. Every sentence of its catalogue stands between brackets that nothing else has."""
OPEN, CLOSE = "⟦", "⟧"
WORD: Final = re.compile(r"[A-Za-z]{3,}")
SAME_EVERYWHERE: Final = frozenset({"CNY", "EUR", "HKD", "USD", "INV", "XXXX", "CSV", "XLSX", "PDF", "Giftshop"}) | {
    *WORD.findall("gifts@example.com")
}
SHOWN: Final = frozenset({"alt", "aria-label", "content", "placeholder", "title", "data-confirm", "data-label"})
IN_ALL: Final = frozenset({"/design", "/me/second-factor/app"})
"""Pages with words of every language, or with keys that are made of letters."""
NOT_READ: Final = frozenset({"script", "style", "code", "kbd", "svg", "iframe"})


class Reading(HTMLParser):
    """What somebody reads on a page, and where its switch leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.switches: dict[str, str] = {}
        self.language = ""
        self._skipped: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = facts["lang"]
        if tag == "a" and facts.get("rel", "").startswith("alternate"):
            self.switches[facts["hreflang"]] = facts["href"]
        if tag == "button" and facts.get("name") == languages.SWITCH:
            self.switches[facts["lang"]] = facts["formaction"]
        if (tag in NOT_READ or "lang" in facts) and tag not in {"html", "meta", "link", "input"}:
            self._skipped.append(tag)
        if tag != "meta" or facts.get("name") == "description":
            self.said += [value for name, value in facts.items() if name in SHOWN and not self._skipped]

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and self._skipped[-1] == tag:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped and data.strip():
            self.said.append(data.strip())


@pytest.fixture(scope="module")
def odd_translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our translations, and one language more: nothing but a folder of catalogues."""
    folder = tmp_path_factory.mktemp("languages") / "translations"
    shutil.copytree(TRANSLATIONS, folder)
    (folder / ODD).mkdir()
    for room, words in translations.words().items():
        catalogue = Catalog(locale=ODD)
        for word in words.values():
            forms = word.id if isinstance(word.id, tuple) else (word.id,)
            said = tuple(f"{OPEN}{form}{CLOSE}" for form in forms)
            catalogue.add(word.id, said if isinstance(word.id, tuple) else said[0], context=word.context)
        with (folder / ODD / f"{room}.po").open("wb") as out:
            write_po(out, catalogue, omit_header=True)
    return folder


@pytest.fixture(scope="module")
def odd(odd_translations: Path, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GiftShop]:
    """The site as it starts with that folder beside the others."""
    folder = tmp_path_factory.mktemp("odd")
    shutil.copy(sqlite_template, folder / "giftshop.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "TRANSLATIONS", odd_translations)
        patch.setitem(cast("dict[str, str]", LOCALES), ODD, own_name(ODD))
        languages._nearest.cache_clear()
        app = create_app(settings_for(f"sqlite:///{folder / 'giftshop.db'}", folder))
        app.test_client_class = Browser
        yield app
        app.database.dispose()
    languages._nearest.cache_clear()


@pytest.fixture(scope="module")
def folks(odd: GiftShop) -> People:
    """Its people."""
    return settle(odd.database)


def pages(app: GiftShop) -> list[str]:
    """Every page whose address has nothing to be filled in."""
    rules = app.url_map.iter_rules()
    return sorted({rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments} - IN_ALL)


def everybody(people: People) -> list[Somebody | None]:
    """A visitor, and one person of each role."""
    return [None, *people.lantern, *people.staff]


def test_a_folder_of_catalogues_is_a_language(odd_translations: Path) -> None:
    (odd_translations / "nonsense").mkdir(exist_ok=True)
    assert spoken(odd_translations) == {"en": "English", "eo": "Esperanto", "zh_Hans": "简体中文"}
    assert own_name("fr") == "Français"


@pytest.mark.parametrize(
    ("browser", "answer"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("eo", "eo"),
        ("fr-CH, en-GB;q=0.9, eo;q=0.5", "en"),
        ("eo-XX;q=0.9,zh;q=0.1", "eo"),
        ("en;q=0, zh-SG", "zh-Hans"),
        ("*, ;;q=, \x7f-9", "en"),
    ],
)
def test_a_browser_is_answered_in_what_it_asks_for(odd: GiftShop, browser: str, answer: str) -> None:
    page = odd.test_client().get("/", headers={"Accept-Language": browser})
    assert Reading(page.text).language == answer


def test_every_word_of_every_page_comes_from_the_catalogues(odd: GiftShop, folks: People) -> None:
    named = [word for one in everybody(folks) if one for word in WORD.findall(f"{one.name} {one.email}")]
    months = WORD.findall(" ".join(Locale.parse(ODD).months["format"]["wide"].values()))
    known = {
        *months,
        *SAME_EVERYWHERE,
        *named,
        *WORD.findall(folks.lantern.name + folks.harbour.name + "English Esperanto"),
    }
    hard_coded: dict[str, str] = {}
    for one in everybody(folks):
        for path, text in opened(odd, one):
            for said in Reading(text).said:
                rest = re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", unnested(said))
                if strange := [word for word in WORD.findall(rest) if word not in known]:
                    hard_coded.setdefault(f"{strange}: {said}"[:160], path)
    assert hard_coded == {}


def test_whoever_switches_stays_on_the_page(odd: GiftShop, folks: People) -> None:
    seen = 0
    for one in everybody(folks):
        client = browser_of(odd, one)
        for path in pages(odd):
            page = client.get(f"{path}?state=open&q=a%26b&lang={ODD}")
            if page.mimetype != "text/html" or page.status_code != 200 or not (read := Reading(page.text)).switches:
                continue
            seen += 1
            assert set(read.switches) == {"en", "zh-Hans"}, path
            for language, href in read.switches.items():
                there = urlsplit(href)
                assert there.path == path
                wanted = {"state": "open", "q": "a&b", "lang": language.replace("-", "_")}
                assert dict(parse_qsl(there.query)) == wanted
    assert seen > 100


def opened(app: GiftShop, one: Somebody | None) -> Iterator[tuple[str, str]]:
    """The pages that somebody may open, in the odd language."""
    client = browser_of(app, one)
    for path in pages(app):
        page = client.get(f"{path}?lang={ODD}")
        if page.mimetype == "text/html" and page.status_code in {200, 403, 404}:
            yield path, page.text


def browser_of(app: GiftShop, one: Somebody | None) -> FlaskClient:
    """A browser, signed in as somebody."""
    client: Any = app.test_client()
    if one:
        sign_in(client, one)
    return cast(FlaskClient, client)


def unnested(text: str) -> str:
    """A text without what stands in brackets within brackets."""
    while (inner := re.sub(f"({OPEN}[^{CLOSE}]*?){OPEN}([^{OPEN}{CLOSE}]*){CLOSE}", r"\1\2", text)) != text:
        text = inner
    return text
