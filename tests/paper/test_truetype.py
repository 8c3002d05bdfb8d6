from __future__ import annotations

import io

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from giftshop.paper.fonts import FontFile, font_files

TEXT = "欧阳娜䶮㛃éŁA9ögế’"


def drawing(font: TTFont, number: int) -> tuple[object, object]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(number)].draw(pen)
    return pen.value, glyphs[font.getGlyphName(number)].width


@pytest.mark.parametrize("font", list(font_files()), ids=lambda font: font.postscript_name)
def test_a_font_cut_down_draws_what_is_left_as_before(font: FontFile) -> None:
    numbers = [font.characters[ord(letter)] for letter in TEXT if ord(letter) in font.characters]
    file = font.tables.subset(numbers)
    assert len(file) < font.location.stat().st_size / 4
    with TTFont(font.location, lazy=True) as whole, TTFont(io.BytesIO(file), checkChecksums=2) as cut:
        assert cut["maxp"].numGlyphs > max(numbers)
        for number in numbers:
            assert drawing(cut, number)[0] or number == 0
            assert drawing(cut, number) == drawing(whole, number)


@pytest.mark.parametrize("font", list(font_files()), ids=lambda font: font.postscript_name)
def test_a_font_has_the_characters_and_widths_that_another_reader_finds(font: FontFile) -> None:
    with TTFont(font.location, lazy=True) as whole:
        theirs = {code: whole.getGlyphID(name) for code, name in whole.getBestCmap().items()}
        assert font.characters == theirs
        units, widths = whole["head"].unitsPerEm, whole["hmtx"].metrics
        for code in (ord("A"), ord("ö"), max(theirs)):
            assert font.tables.advance(theirs[code]) == widths[whole.getBestCmap()[code]][0] / units
        assert font.tables.measures().cap_height == round(whole["OS/2"].sCapHeight * 1000 / units)
        assert font.tables.measures().descent == round(whole["hhea"].descent * 1000 / units)
