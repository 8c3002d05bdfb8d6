"""The look, as far as a program can judge it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from giftshop.application import ROOT
from giftshop.web.accent import NIGHT, PAPER, READABLE, WHITE, accent_css, contrast, rgb

TOKENS_CSS = (ROOT / "static/css/tokens.css").read_text()
DECLARED = re.compile(r"(--[a-z-]+): (#[0-9a-f]{6});")
NIGHT_MARK = "(prefers-color-scheme: dark)"
DAY = dict(DECLARED.findall(TOKENS_CSS.partition(NIGHT_MARK)[0]))
LOOKS = {"day": DAY, "night": DAY | dict(DECLARED.findall(TOKENS_CSS.partition(NIGHT_MARK)[2]))}
TEXTS = ("--ink", "--ink-soft", "--accent", "--accent-strong", "--success", "--warning", "--danger", "--info")


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def test_every_icon_a_page_asks_for_is_in_the_sprite() -> None:
    held = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/vendor/tabler/sprite.svg").read_text()))
    pattern = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']|\bicon(?:_name)?=["']([a-z0-9-]+)["']""")
    asked = {name for page in templates() for pair in pattern.findall(page.read_text()) for name in pair if name}
    assert asked, "no template asks for an icon any more: mend this test"
    assert asked <= held


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("ground", ["--paper", "--surface", "--surface-sunk"])
@pytest.mark.parametrize("text", TEXTS)
def test_words_can_be_read_on_every_ground(text: str, ground: str, look: str) -> None:
    assert contrast(rgb(LOOKS[look][text]), rgb(LOOKS[look][ground])) >= READABLE


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("tone", ["accent", "success", "warning", "danger", "info"])
def test_a_tone_can_be_read_on_its_own_tint_and_words_on_it(tone: str, look: str) -> None:
    tokens = LOOKS[look]
    assert contrast(rgb(tokens[f"--{tone}"]), rgb(tokens[f"--{tone}-soft"])) >= READABLE
    assert contrast(rgb(tokens["--ink"]), rgb(tokens[f"--{tone}-soft"])) >= READABLE
    if f"--on-{tone}" in tokens:
        assert contrast(rgb(tokens[f"--{tone}"]), rgb(tokens[f"--on-{tone}"])) >= READABLE


def test_the_night_changes_every_colour_that_the_day_has() -> None:
    assert LOOKS["night"].keys() == DAY.keys()
    assert {name for name in DAY if LOOKS["night"][name] == DAY[name]} == set()


@pytest.mark.parametrize("brand", ["#ffe100", "#ffffff", "#b0182b", "#000000", "#00b5e2", "#808080"])
def test_a_firms_colour_is_changed_until_its_recipients_can_read_it_by_day_and_by_night(brand: str) -> None:
    day, _, night = accent_css(brand).partition(NIGHT_MARK)
    for ground, rules in ((PAPER, day), (NIGHT, night)):
        values = {name: rgb(colour) for name, colour in DECLARED.findall(rules)}
        assert contrast(values["--accent"], ground) >= READABLE
        assert contrast(values["--accent"], values["--on-accent"]) >= READABLE
        assert contrast(values["--accent-strong"], values["--accent-soft"]) >= READABLE


def test_the_paper_that_accents_are_held_against_is_the_pages() -> None:
    assert rgb(DAY["--paper"]) == PAPER
    assert rgb(DAY["--surface"]) == WHITE
    assert rgb(LOOKS["night"]["--surface"]) == NIGHT


@pytest.mark.parametrize("brand", ["red", "#12345", "#123456; } body { display: none", ""])
def test_a_colour_that_is_none_changes_nothing(brand: str) -> None:
    assert accent_css(brand) == ""


def test_no_template_carries_a_style_or_handler_that_the_policy_would_refuse() -> None:
    for page in templates():
        if "paper" in page.parts or page.name == "mail.html":
            continue  # printed or mailed, never a page of ours
        words = page.read_text()
        assert not re.search(r"<[^>]+\sstyle=", words), page
        assert not re.search(r"<[^>]+\son[a-z]+=", words), page
        assert not re.search(r"<(style|script)(?![^>]*(nonce|src))", words), page


def test_somebody_lost_finds_words_a_way_on_and_the_other_language(client: FlaskClient) -> None:
    answer = client.get("/nowhere?lang=zh_Hans&kept=1")
    assert answer.status_code == 404
    page = answer.text
    assert '<html lang="zh-Hans">' in page
    assert "页面不存在" in page
    assert "/nowhere?kept=1&amp;lang=en" in page
    assert 'href="/r"' in page


def test_a_recipients_first_view_weighs_less_than_a_hundred_kilobytes() -> None:
    sent = [*(ROOT / "static/css").glob("*.css"), *(ROOT / "static/js").glob("*.js")]
    sent += [ROOT / "static/vendor/tabler/sprite.svg", ROOT / "static/mark.svg"]
    fonts = [ROOT / "static/vendor/fonts" / path for path in re.findall(r"fonts/([^\"]+woff2)", TOKENS_CSS)]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in {*sent, *fonts})
    assert weight < 85_000, "and 15 kB are left for the page itself and one room's own"
