"""The pictures of the demonstration's goods."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from giftshop.application import ROOT
from giftshop.demo.pictures import PALETTES, STILLS, picture


@pytest.mark.parametrize("kind", STILLS)
def test_the_picture_on_the_shelf_is_the_one_that_is_drawn(kind: str) -> None:
    assert (ROOT / f"static/goods/{kind}.svg").read_text(encoding="utf-8") == picture(kind)


def test_no_picture_lies_on_the_shelf_that_nobody_draws() -> None:
    assert {path.stem for path in (ROOT / "static/goods").glob("*.svg")} == set(STILLS)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("kind", STILLS)
def test_every_good_can_be_drawn_in_every_palette_from_shapes_alone(kind: str, palette: str) -> None:
    tags = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(picture(kind, palette)).iter()}
    assert tags <= {
        *("svg", "defs", "g", "path", "rect", "ellipse", "polygon"),
        *("linearGradient", "radialGradient", "stop"),
    }
    assert "linearGradient" in tags
