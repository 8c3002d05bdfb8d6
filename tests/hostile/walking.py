"""Walking the site as a browser would: which pages somebody finds, which forms stand on them, what they would send."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from flask.testing import FlaskClient
from lxml import etree
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from giftshop.web import GiftShop

PAPERS = {"application/pdf", "image/png"}


@dataclass(frozen=True)
class Field:
    """One thing that a form sends."""

    name: str
    kind: str
    value: str


@dataclass
class Form:
    """A form as it stands on a page."""

    page: str
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The fields that can be tampered with, each once."""
        return list(dict.fromkeys(each.name for each in self.fields if each.name != "csrf_token"))

    @property
    def file_names(self) -> set[str]:
        return {each.name for each in self.fields if each.kind == "file"}

    def sent(self) -> dict[str, list[str]]:
        """What a browser would send if nothing was touched: the first of several buttons or choices."""
        sent: dict[str, list[str]] = {}
        for each in self.fields:
            is_one_of = each.kind in {"radio", "submit", "option"}
            if each.kind != "file" and each.name != "csrf_token" and not (is_one_of and each.name in sent):
                sent.setdefault(each.name, []).append(each.value)
        return sent


@dataclass
class Page:
    """What was found at an address."""

    url: str
    endpoint: str
    response: TestResponse
    forms: list[Form]


class _Reader:
    """Collects the links and forms of a page; what libxml2, which is much faster than Python's own parser, tells."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        given = dict(attributes)
        if tag in {"a", "img"}:
            self.links.append(given.get("href") or given.get("src") or "")
        elif tag == "form":
            action = urljoin(self.url, given.get("action") or self.url)
            self._form = Form(self.url, action, given.get("method", "get").upper())
            self.forms.append(self._form)
            self.by_id[given.get("id", "")] = self._form
        elif given.get("formaction"):
            self.forms.append(Form(self.url, urljoin(self.url, given["formaction"]), "POST"))
        else:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = Field(name, "option", "")
        elif tag == "textarea":
            self._area, value = name, ""
            self._put(given, Field(name, "text", value))
        elif tag == "option" and self._select:
            self._put(given, Field(self._select.name, "option", given.get("value", "")), first="selected" in given)
        elif tag in {"input", "button"} and name:
            kind = given.get("type", "submit" if tag == "button" else "text")
            self._put(given, Field(name, kind, given.get("value", "")), first="checked" in given)

    def _put(self, given: dict[str, str], found: Field, *, first: bool = False) -> None:
        form = self.by_id.get(given["form"]) if given.get("form") else self._form
        if form is not None and found.name:
            form.fields.insert(0 if first else len(form.fields), found)

    def end(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def data(self, data: str) -> None:
        if self._area and self._form:
            last = self._form.fields[-1]
            self._form.fields[-1] = Field(last.name, last.kind, last.value + data)

    def close(self) -> None:
        """The page is at its end."""


def read(response: TestResponse, url: str) -> _Reader:
    """Read the page that was answered."""
    reader = _Reader(url)
    if response.mimetype == "text/html":
        target: Any = reader
        etree.fromstring(response.text, etree.HTMLParser(target=target))
    return reader


def endpoint_of(app: GiftShop, url: str, method: str = "GET") -> tuple[str, dict[str, Any]] | None:
    """The endpoint and its arguments that answer an address, if one does."""
    try:
        endpoint, arguments = app.url_map.bind("localhost").match(urlsplit(url).path, method=method)
        return str(endpoint), dict(arguments)
    except HTTPException:
        return None


def walk(
    app: GiftShop, client: FlaskClient, start: Iterable[str], papers: set[str], *, most: int = 10_000
) -> list[Page]:
    """Follow every link from `start` on; of addresses that differ in their query only, the first of each kind.

    Papers and pictures take their time: one of each kind is enough for everybody, and `papers` remembers which.
    Of one route no more than `most` pages are opened.
    """
    waiting, seen, pages, opened = list(start), set[object](), list[Page](), Counter[str]()
    while waiting:
        url = waiting.pop(0)
        parts = urlsplit(url)
        found = endpoint_of(app, url)
        if parts.netloc not in {"", "localhost"} or found is None or found[0] == "static":
            continue
        names = tuple(sorted(name for name, _ in parse_qsl(parts.query) if name != "lang"))
        place = (parts.path, names)
        if place in seen or found[0] in papers or opened[found[0]] >= most:
            continue
        seen.add(place)
        opened[found[0]] += 1
        here = parts.path + (f"?{parts.query}" if parts.query else "")
        response = client.get(here, buffered=True)
        if response.mimetype in PAPERS:
            papers.add(found[0])
        known = read(response, here)
        pages.append(Page(here, found[0], response, known.forms))
        waiting += [urljoin(here, link) for link in known.links if link and not link.startswith("#")]
        if response.status_code in {301, 302, 303, 308}:
            waiting.append(urljoin(here, response.location))
    return pages


def forms_of(pages: Iterable[Page]) -> Iterator[Form]:
    """Every form of these pages."""
    for page in pages:
        yield from page.forms
