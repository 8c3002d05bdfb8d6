"""Every word on a page goes through gettext."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

TEMPLATES = Path(__file__).parents[2] / "templates"
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title", "label"}
NO_WORDS_INSIDE = {"script", "style", "code", "kbd", "svg"}
# The names of the languages are said in their own language.
SAME_IN_EVERY_LANGUAGE = {"English", "简体中文", "PDF", "CSV", "XLSX", "SPECIMEN"}
WORD = re.compile(r"[^\W\d_]{2,}|[\u4e00-\u9fff]")
# {% block body_class %}desk{% endblock %} fills an attribute that nobody reads.
SILENT_BLOCK = re.compile(r"{%-?\s*block \w*class\b.*?endblock", re.DOTALL)
HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"


class Words(HTMLParser):
    """Collects what a person would read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in NO_WORDS_INSIDE
        self.found += [value for name, value in attributes if name in SPOKEN_ATTRIBUTES and value]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in NO_WORDS_INSIDE and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def bare_words(template: str) -> Iterator[str]:
    """The words that stand in a template itself, outside {{ }} and {% %}."""
    tokens = list(Environment(extensions=["jinja2.ext.do"]).lex(SILENT_BLOCK.sub("{% endblock", template)))
    page = "".join(value if kind == "data" else HOLE if kind == "variable_end" else "" for _, kind, value in tokens)
    reader = Words()
    reader.feed(page)
    reader.close()
    for piece in reader.found:
        yield from (word for word in WORD.findall(piece) if word not in SAME_IN_EVERY_LANGUAGE)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_word_on_a_page_can_be_translated(path: Path) -> None:
    assert list(bare_words(path.read_text())) == [], "put these through _()"


def test_a_bare_word_in_the_text_or_an_attribute_is_found() -> None:
    page = '<img alt="a teapot"><p title="{{ _("Hint") }}">Order {{ number }}</p><script>let it = be</script>礼'
    assert list(bare_words(page)) == ["teapot", "Order", "礼"]
