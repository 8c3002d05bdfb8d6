"""The mark of what is printed, and a proof as a page shows it."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from typing import Any

import pytest
from PIL import Image

from giftshop import paper
from giftshop.paper import CardArt, CardFace, Lettering

MOON = paper.DESIGNS["moon"]
ART = CardArt(firm="联动", greeting="中秋快乐", hotline="400", short_address="gifts.example/r", logo=b"<svg/>")
OTHER: dict[type, Any] = {str: "other", bool: False, bytes: b"<svg></svg>", Lettering: Lettering.SANS}
FACE = CardFace({"recipient": "王小明", "code": "SPEC", "serial": "1"}, "https://gifts.example/r#SPEC1MENSPEC1MEN")


@pytest.mark.parametrize("name", [field.name for field in fields(CardArt)])
def test_another_word_logo_colour_or_lettering_is_another_card(name: str) -> None:
    now = getattr(ART, name)
    other = "#123456" if name == "accent" else OTHER[type(now)]
    different: dict[str, Any] = {name: other}
    changed = replace(ART, **different)
    assert paper.fingerprint(MOON, changed) != paper.fingerprint(MOON, ART)


def test_the_mark_is_the_same_each_time_and_another_for_another_design() -> None:
    assert paper.fingerprint(MOON, ART) == paper.fingerprint(replace(MOON), replace(ART))
    assert paper.fingerprint(replace(MOON, width_mm=150), ART) != paper.fingerprint(MOON, ART)
    assert paper.fingerprint(paper.DESIGNS["greeting"], ART) != paper.fingerprint(MOON, ART)
    assert paper.fingerprint(MOON, replace(ART, firm="联", greeting="动中秋快乐")) != paper.fingerprint(MOON, ART)


def test_a_design_whose_drawing_changed_is_another_one_and_its_art_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    before, art_before = paper.fingerprint(MOON, ART), paper.art_fingerprint(MOON, ART)
    monkeypatch.setattr("giftshop.paper.proofing._files", lambda _template: (("paper/cards/moon.css", b"another"),))
    assert paper.fingerprint(MOON, ART) != before
    assert paper.art_fingerprint(MOON, ART) == art_before


def test_a_proof_is_shown_with_its_bleed_in_right_proportion_and_its_code_is_read_back() -> None:
    art = replace(ART, logo=None)
    pdf = paper.proof(MOON, art, FACE)
    assert pdf == paper.proof(MOON, art, FACE)
    (side,) = paper.sides_of(pdf)
    assert (side.width, side.height, side.trim) == (154, 111, (3, 3, 148, 105))
    picture = Image.open(io.BytesIO(paper.side_png(pdf, 0)))
    assert picture.width / picture.height == pytest.approx(154 / 111, rel=0.005)
    assert paper.read_codes(pdf) == [FACE.link]
    with pytest.raises(IndexError):
        paper.side_png(pdf, 1)
