from __future__ import annotations

import io
from pathlib import Path

import jinja2
import pikepdf
import pypdfium2
import pytest

from giftshop.paper.document import Missing, render
from giftshop.paper.errors import AssetMissingError, GlyphMissing
from giftshop.paper.fonts import ROOT, SANS, unprintable

QUOTATION = """{% extends "paper/document.html" %}{% import "paper/pieces.html" as pieces %}
{% block language %}{{ language }}{% endblock %}
{% block title %}{{ title }}{% endblock %}
{% block footer %}{{ footer }}{% endblock %}
{% block paper %}
  {{ pieces.letterhead("NGift", ["+86 400 810 0000"]) }}
  {{ pieces.heading(title, [("Number", "Q-2026-00417")]) }}
  <div class="parties">{{ pieces.party("For", client) }}</div>
  {{ pieces.rows([("Item", ""), ("Amount", "number")], lines) }}
  {{ pieces.totals([("Total", "CNY 345,610.00")]) }}
{% endblock %}"""


def quotation(**words: object) -> str:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    facts = {"language": "en", "title": "Quotation", "footer": "", "client": ["Zoë Łukasz"], "lines": []}
    return templates.from_string(QUOTATION).render(facts | words)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize(
    ("language", "title", "client"), [("en", "Quotation", "Zoë O’Brien"), ("zh", "报价单", "䶮昇实业 欧阳娜娜")]
)
def test_a_buyer_reads_the_quotation_in_either_language(language: str, title: str, client: str) -> None:
    words = text_of(render(quotation(language=language, title=title, client=[client])))
    assert title in words
    assert client in words
    assert "CNY 345,610.00" in words


def test_a_long_quotation_repeats_its_head_and_numbers_its_pages() -> None:
    pages = text_of(render(quotation(lines=[[f"Gift {n}", "1.00"] for n in range(40)])))
    assert pages.count("Amount") >= 2
    assert "1 / 2" in pages
    assert "2 / 2" in pages


def test_a_total_never_stands_alone_on_a_page() -> None:
    """However many lines there are, the page that says what they come to has at least one of them."""
    pages_before = set()
    for count in range(18, 21):
        with pypdfium2.PdfDocument(render(quotation(lines=[[f"Gift {n}", "1.00"] for n in range(count)]))) as document:
            last = document[len(document) - 1].get_textpage().get_text_range()
            pages_before.add(len(document))
        assert "345,610.00" in last
        assert "Gift" in last, count
    assert pages_before == {1, 2}, "no page was just full, so nothing was shown"


def test_every_font_of_a_paper_is_embedded_and_ours() -> None:
    with pikepdf.open(io.BytesIO(render(quotation(client=["欧阳娜娜"])))) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontDescriptor" in thing]
    names = {str(font.BaseFont) for font in fonts}
    assert all("/FontFile2" in font.FontDescriptor for font in fonts)
    assert all(any(ours in name for ours in ("Source-Sans", "Noto-", "Cormorant")) for name in names)


def test_the_same_paper_printed_twice_is_the_same_file() -> None:
    assert render(quotation()) == render(quotation())


def test_markup_a_firm_typed_as_its_name_is_printed_as_typed() -> None:
    name = "<img src=job:logo> & {{ 7*7 }} <b>Ltd</b>"
    assert name in text_of(render(quotation(client=[name])))


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{0}">',
        '<link rel="stylesheet" href="{0}">',
        '<style>@import "{0}";</style>',
        "<style>@font-face {{ font-family: x; src: url({0}) }} p {{ font-family: x }}</style><p>a</p>",
        '<div style="background: url({0})">a</div>',
        '<div style="list-style-image: url({0}); display: list-item">a</div>',
        '<object data="{0}"></object><embed src="{0}">',
        '<link rel="attachment" href="{0}"><a rel="attachment" href="{0}">a</a>',
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{0}"/><use xlink:href="{0}#a"/></svg>',
        '<base href="{0}"><img src="canary.png">',
    ],
)
def test_a_page_reaches_no_file_and_no_server_whatever_stands_in_it(
    markup: str, canary: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, calls = canary
    secret = tmp_path / "canary.txt"
    secret.write_text("canary-in-a-file")
    for target in (address, secret.as_uri(), str(secret), f"own:../{secret}", "data:text/css,p{}"):
        try:
            pdf = render(f"<html><body>{markup.format(target)}</body></html>", missing=Missing.BOX)
        except AssetMissingError:
            continue
        assert b"canary-in-a-file" not in pdf
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert not opened.attachments
    assert calls == []


def test_a_hostile_logo_reaches_no_server_and_leaves_the_paper_standing(canary: tuple[str, list[str]]) -> None:
    address, calls = canary
    logo = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">
      <image xlink:href="{address}/a.png" width="9" height="9"/><image href="file:///etc/hostname"/>
      <style>@import url({address}/b.css);</style></svg>"""
    pdf = render('<img src="job:logo"><p>still here</p>', assets={"logo": logo.encode()})
    assert "still here" in text_of(pdf)
    assert calls == []


def test_our_own_mistake_in_a_file_name_is_told_at_once() -> None:
    with pytest.raises(AssetMissingError):
        render('<link rel="stylesheet" href="own:paper/documnet.css">')


def test_a_paper_with_a_character_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(GlyphMissing, match="𠮷"):
        render(quotation(client=["𠮷野家"]))


def test_a_stack_of_slips_does_not_stop_for_one_character() -> None:
    assert "野家" in text_of(render(quotation(client=["𠮷野家"]), missing=Missing.BOX))


def test_a_form_can_ask_which_characters_no_label_will_show() -> None:
    assert unprintable("欧阳娜娜 Zoë Łukasz O’Brien 䶮 㛃\n2 Main St.") == ""
    assert unprintable("𠮷野家 😀 𠮷") == "𠮷😀"


def test_a_letter_typed_as_two_marks_is_joined_into_one() -> None:
    assert unprintable("Zoe\u0308") == ""
    assert SANS.missing("q\u0308") == "\u0308"
