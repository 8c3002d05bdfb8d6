from __future__ import annotations

import io

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from giftshop.paper.fonts import FontFile, font_files
from giftshop.paper.truetype import TrueType

TEXT = "欧阳娜䶮㛃éŁA9ögế’"


def drawing(font: TTFont, number: int) -> tuple[object, object]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(number)].draw(pen)
    return pen.value, glyphs[font.getGlyphName(number)].width


@pytest.mark.parametrize("font", list(font_files()), ids=lambda font: font.postscript_name)
def test_a_font_cut_down_draws_what_is_left_as_before(font: FontFile) -> None:
    numbers = [font.glyph_ids[font.characters[ord(letter)]] for letter in TEXT if ord(letter) in font.characters]
    file = TrueType(font.location).subset(numbers)
    assert len(file) < font.location.stat().st_size / 4
    with TTFont(font.location, lazy=True) as whole, TTFont(io.BytesIO(file), checkChecksums=2) as cut:
        assert cut["maxp"].numGlyphs > max(numbers)
        for number in numbers:
            assert drawing(cut, number)[0] or number == 0
            assert drawing(cut, number) == drawing(whole, number)
