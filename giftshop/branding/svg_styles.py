"""Style sheets of a drawing, turned into attributes: Illustrator writes every colour as a class.

Only simple selectors are understood (`.st0`, `#logo`, `path.st0`, and lists of them), as drawing programs write them.
Everything here takes time in proportion to the file: the sheets are cut at their signs, not searched by patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from giftshop.branding.svg_words import PRESENTATION, kept_value

SELECTOR: Final = re.compile(r"(?P<kind>[\w-]{1,40}|\*)?(?:\.(?P<name>[\w-]{1,80}))?(?:\#(?P<id>[\w.:-]{1,128}))?")
IMPORTANT: Final = "!important"
MAX_CLASSES: Final = 8
"""Of one element; drawing programs write one or two."""

Selector = tuple[str, str, str]
"""Element, class and id that a rule speaks of; an empty part matches anything."""
Weight = tuple[bool, bool, bool, int]
"""By which of two rules the stronger one is found: id, class, element, and the later one."""


class Styles:
    """The rules of a drawing's style sheets."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[Selector, dict[str, tuple[Weight, str]]] = {}
        for order, (selector, name, value) in enumerate(rule for sheet in sheets for rule in _rules_in(sheet)):
            kind, class_name, element_id = selector
            weight = (bool(element_id), bool(class_name), bool(kind), order)
            self._rules.setdefault(selector, {})[name] = (weight, value)

    def attributes_of(self, kind: str, classes: str, element_id: str, style: str) -> dict[str, str]:
        """Return the attributes that the rules and its own style give an element; they win over its plain ones."""
        found: dict[str, tuple[Weight, str]] = {}
        if self._rules:
            for selector in product({"", kind}, {"", *classes.split()[:MAX_CLASSES]}, {"", element_id}):
                for name, weighed in self._rules.get(selector, {}).items():
                    if name not in found or weighed[0] > found[name][0]:
                        found[name] = weighed
        return {name: value for name, (_, value) in found.items()} | dict(_declarations_in(style))


def _rules_in(sheet: str) -> Iterator[tuple[Selector, str, str]]:
    for block in _without_comments(sheet).split("}"):
        selectors, brace, body = block.rpartition("{")
        if not brace or "@" in selectors:
            continue
        declarations = list(_declarations_in(body))
        for text in selectors.split(","):
            found = SELECTOR.fullmatch(text.strip()[:300])
            if found:
                kind = found["kind"] or ""
                selector = ("" if kind == "*" else kind, found["name"] or "", found["id"] or "")
                yield from ((selector, name, value) for name, value in declarations)


def _without_comments(sheet: str) -> str:
    first, *others = sheet.replace("<!--", " ").replace("-->", " ").split("/*")
    return first + " ".join(part.partition("*/")[2] for part in others)


def _declarations_in(body: str) -> Iterator[tuple[str, str]]:
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        kept = kept_value(name, value.strip().removesuffix(IMPORTANT)) if name in PRESENTATION else None
        if kept is not None:
            yield name, kept
