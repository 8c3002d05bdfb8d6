"""Every design, with everything a firm may put on it."""

from __future__ import annotations

import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from giftshop.kernel.codes import SPECIMEN
from giftshop.paper import (
    DESIGNS,
    CardArt,
    CardDesign,
    CardFace,
    DesignKind,
    GlyphMissing,
    Lettering,
    TextTooLong,
    card_art,
    designs_for,
    page_count,
    page_png,
    proof,
)
from giftshop.paper.card_art import RenderedArt, render_art
from giftshop.paper.card_design import BLEED_MM
from giftshop.paper.colour import Palette, contrast

SAFE_MM = 3.0
"""Nothing to be read lies nearer to the cut: a knife is off by a millimetre."""
POINTS_PER_MM = 72 / 25.4
DPI = 300
MM_PER_DOT = 25.4 / DPI
LOGO_BLUE = (17, 51, 255)
LINK = "https://gifts.example.com/r#SPEC1MENSPEC1MEN"
ENGLISH = CardArt(
    firm="Harbour & Lane",
    greeting="With warm thanks",
    message="For your trust in a year that asked much of all of us.",
    hotline="400 810 0000",
    short_address="gifts.example.com/r",
    contact="hello@harbour.example",
    valid_until="December 31, 2027",
)
CHINESE = dataclasses.replace(
    ENGLISH,
    firm="恩礼集团采购",
    greeting="中秋快乐",
    message="感谢一路同行。",
    locale="zh_Hans",
    valid_until="2027年12月31日",
)
LONG = dataclasses.replace(
    ENGLISH,
    firm="Hohenlohe-Langenburg & Partners Investment Consultancy",
    greeting="Merry Christmas everyone",
    message="For your trust in a year that asked much of all of us: "
    "thank you, and may the next one bring you time for those you love",
    contact="corporate.gifts@hohenlohe-partners.example, Queen's Road 188",
    short_address="cards.hohenlohe-partners.example/r",
    valid_until="September 30, 2029",
    lettering=Lettering.SANS,
)
LONG_CHINESE = dataclasses.replace(
    CHINESE,
    firm="内蒙古呼伦贝尔草原生态农牧业发展集团有限责任公司",
    greeting="恭祝新春快乐阖家幸福平安顺遂万事如意岁岁年年皆欢喜",
    message="岁末将至，感谢您一年来的信任与支持。" * 6 + "愿新年安康，阖家欢乐。",
    contact="内蒙古自治区呼伦贝尔市海拉尔区胜利大街 188 号 客户服务部",
    lettering=Lettering.SANS,
)
ARTS = {"english": ENGLISH, "chinese": CHINESE, "long": LONG, "long chinese": LONG_CHINESE}
ACCENTS = ("#ffffff", "#000000", "#ffff00", "#39ff14", "#8a1f1b", "#ff00ff", "#808080")
ALL = pytest.mark.parametrize("design", DESIGNS.values(), ids=list(DESIGNS))


def art_for(design: CardDesign, art: CardArt) -> CardArt:
    """Say what a card of this kind holds, where it is made for nothing else."""
    return art if design.kinds != {DesignKind.SHOPPING_CARD} else dataclasses.replace(art, value="¥1,000")


def face_for(design: CardDesign, name: str = "Zoë Łukasz") -> CardFace:
    if DesignKind.GREETING in design.kinds:
        return CardFace({"recipient": name, "number": "G-1024-330-118"}, "G-1024-330-118")
    return CardFace({"recipient": name, "code": SPECIMEN.printed, "serial": "1001 0000001 4"}, LINK)


@cache
def printed(design: CardDesign, art: CardArt) -> bytes:
    name = "欧阳娜娜" if art.locale.startswith("zh") else "Zoë Łukasz"
    return proof(design.lettered(art.lettering), art_for(design, art), face_for(design, name))


@cache
def rendered(design: CardDesign, art: CardArt) -> RenderedArt:
    return render_art(design, art_for(design, art))


def letters(pdf: bytes, page: int) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield every character drawn on a page with its left, bottom, right and top, in mm from the page's corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            if character.strip():
                left, bottom, right, top = (edge / POINTS_PER_MM for edge in text.get_charbox(index))
                yield character, left, bottom, right, top


@ALL
def test_a_card_has_its_sides_and_its_size(design: CardDesign) -> None:
    pdf = printed(design, ENGLISH)
    assert page_count(pdf) == design.sides
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            left, bottom, right, top = (float(edge) / POINTS_PER_MM for edge in page.trimbox)
            assert right - left == pytest.approx(design.width_mm, abs=0.05)
            assert top - bottom == pytest.approx(design.height_mm, abs=0.05)
    # The artwork itself was laid out for that size, and on as many pages.
    with pikepdf.open(io.BytesIO(rendered(design, ENGLISH).pdf)) as artwork:
        assert len(artwork.pages) == design.sides
        assert float(artwork.pages[0].mediabox[2]) / POINTS_PER_MM == pytest.approx(
            design.width_mm + 2 * BLEED_MM, abs=0.05
        )


@ALL
@pytest.mark.parametrize("words", ARTS)
def test_nothing_to_be_read_is_near_the_cut_or_the_fold(design: CardDesign, words: str) -> None:
    pdf = printed(design, ARTS[words])
    edge = BLEED_MM + SAFE_MM
    is_folded = design.width_mm > 150 and DesignKind.GREETING in design.kinds
    fold = BLEED_MM + design.width_mm / 2
    for page in range(design.sides):
        found = list(letters(pdf, page))
        assert found
        for character, left, bottom, right, top in found:
            assert left >= edge - 0.05, character
            assert bottom >= edge - 0.05, character
            assert right <= design.width_mm + 2 * BLEED_MM - edge + 0.05, character
            assert top <= design.height_mm + 2 * BLEED_MM - edge + 0.05, character
            if is_folded:
                assert right < fold - SAFE_MM or left > fold + SAFE_MM, character


@ALL
def test_a_phone_reads_the_code_which_is_large_and_stands_on_light(design: CardDesign) -> None:
    place = rendered(design, ENGLISH).places["qr"]
    picture = Image.open(io.BytesIO(page_png(printed(design, ENGLISH), place.page, dpi=DPI, bleed=True))).convert("L")
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text == face_for(design).link
    corners = read.position
    dots = corners.top_right.x - corners.top_left.x
    wide = place.width / POINTS_PER_MM
    smallest = 16 if design is DESIGNS["circles"] else 20
    # A parcel's number is read by a scanner at the bench: there the quiet zone is counted in.
    assert (wide if DesignKind.GREETING in design.kinds else dots * MM_PER_DOT) >= smallest - 0.2
    # All round it, to the edge of its place, is paper.
    middle = (corners.top_left.x + dots / 2, corners.top_left.y + dots / 2)
    half, code = wide / MM_PER_DOT / 2 - 2, dots / 2 + 5
    x, y = middle
    ImageDraw.Draw(picture).rectangle((x - code, y - code, x + code, y + code), fill=255)
    zone = picture.crop((round(x - half), round(y - half), round(x + half), round(y + half)))
    assert min(zone.tobytes()) > 225


@ALL
@pytest.mark.parametrize("words", ["english", "chinese"])
def test_a_card_says_all_that_its_holder_needs(design: CardDesign, words: str) -> None:
    art = art_for(design, ARTS[words])
    pdf = printed(design, ARTS[words])
    said = "".join(character for page in range(design.sides) for character, *_ in letters(pdf, page))
    # Letters that stand one below the other are read in any order.
    assert not Counter(art.greeting.replace(" ", "")) - Counter(said)
    expected = [art.message, art.firm]
    if DesignKind.GREETING not in design.kinds:
        expected += [art.short_address, art.hotline, art.valid_until, art.value, SPECIMEN.printed]
    for text in expected:
        assert re.sub(r"\s", "", text) in said
    assert ("¥" in said) == bool(art.value)


@ALL
def test_a_card_without_a_name_says_no_for(design: CardDesign) -> None:
    art = dataclasses.replace(art_for(design, ENGLISH), is_named=False)
    pdf = proof(design, art, face_for(design, ""))
    said = ["".join(character for character, *_ in letters(pdf, page)) for page in range(design.sides)]
    assert "Zoë" not in "".join(said)
    assert "recipient" not in render_art(design, art).places
    named = [left for page in range(design.sides) for character, left, *_ in letters(printed(design, ENGLISH), page)]
    assert len(named) > sum(map(len, said))


@ALL
def test_words_that_do_not_fit_are_refused_and_named(design: CardDesign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_art, "SHRINKING", card_art.SHRINKING[-1:])
    said = ["greeting", "message", "firm", "contact"]
    if DesignKind.GREETING not in design.kinds:
        said += ["hotline", "short_address", "valid_until"]
    if DesignKind.SHOPPING_CARD in design.kinds:
        said += ["value"]
    lengths = {"message": 100, "contact": 60, "short_address": 70}
    endless: dict[str, Any] = {field: f"{field} " + "Wholeheartedly " * lengths.get(field, 20) for field in said}
    art = dataclasses.replace(ENGLISH, **endless)
    layout = card_art._lay_out(design, art, card_art._Shrink())
    assert set(card_art._crowded(layout)) >= set(said)
    monkeypatch.setattr(card_art, "_lay_out", lambda *_: layout)
    with pytest.raises(TextTooLong) as refusal:
        render_art(design, art)
    assert refusal.value.facts["text"] in endless.values()


@ALL
def test_a_character_no_font_has_is_refused(design: CardDesign) -> None:
    with pytest.raises(GlyphMissing, match="🎉"):
        render_art(design, dataclasses.replace(art_for(design, ENGLISH), greeting="Thanks 🎉"))


@ALL
def test_colours_are_flat_and_nothing_shines_through(design: CardDesign) -> None:
    with pikepdf.open(io.BytesIO(printed(design, ENGLISH))) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                keys = set(thing.keys())
                assert not keys & {"/ShadingType", "/PatternType", "/SMask", "/Shading"}
                assert float(thing.get("/ca", 1)) == float(thing.get("/CA", 1)) == 1.0
                assert thing.get("/BM", "/Normal") == "/Normal"
                assert thing.get("/Subtype") != "/Image"
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form":
                operators = {str(step.operator) for step in pikepdf.parse_content_stream(thing)}
                assert not operators & {"sh", "scn", "SCN", "BI"}


@ALL
@pytest.mark.parametrize(("words", "has_serif"), [("english", True), ("long", False)])
def test_large_words_and_names_are_in_the_letters_the_firm_chose(
    design: CardDesign, words: str, has_serif: bool
) -> None:
    assert (ARTS[words].lettering is Lettering.SERIF) == has_serif
    with pikepdf.open(io.BytesIO(printed(design, ARTS[words]))) as pdf:
        descriptors = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
    assert any("Cormorant" in str(descriptor.FontName) for descriptor in descriptors) == has_serif


@ALL
@pytest.mark.parametrize(("width", "height"), [(1600, 200), (200, 800)], ids=["wide", "tall"])
def test_a_logo_stands_whole_inside_the_safe_area(design: CardDesign, width: int, height: int) -> None:
    picture = Image.new("RGB", (width, height), LOGO_BLUE)
    logo = io.BytesIO()
    picture.save(logo, "PNG")
    pdf = proof(design, dataclasses.replace(art_for(design, ENGLISH), logo=logo.getvalue()), face_for(design))
    margin = SAFE_MM / MM_PER_DOT - 1
    seen = 0
    for page in range(design.sides):
        side = Image.open(io.BytesIO(page_png(pdf, page, dpi=DPI))).convert("RGB")
        difference = ImageChops.difference(side, Image.new("RGB", side.size, LOGO_BLUE)).convert("L")
        found = difference.point(lambda value: 255 * (value < 8)).getbbox()
        if found:
            seen += 1
            left, top, right, bottom = found
            assert min(left, top, side.width - right, side.height - bottom) >= margin
            assert (right - left) / (bottom - top) == pytest.approx(width / height, rel=0.1)
    assert seen == 1


@pytest.mark.parametrize("accent", ACCENTS)
def test_words_can_be_read_on_their_ground_whatever_the_firm_s_colour(accent: str) -> None:
    palette = Palette.of(accent)
    for ground in (palette.paper, palette.cream, palette.washes[0]):
        for text in (palette.ground, palette.ink, palette.grey, palette.bronze):
            assert contrast(text, ground) >= 4.5
    for ground in (palette.ground, palette.deep):
        for text in (palette.cream, palette.paper):
            assert contrast(text, ground) >= 4.5
    assert contrast(palette.vivid, palette.paper) >= 1.6


def test_there_are_designs_to_choose_from_for_everything() -> None:
    assert len(DESIGNS) >= 8
    assert all(DESIGNS[key].key == key for key in DESIGNS)
    for kind, least in ((DesignKind.GIFT_BOOK, 4), (DesignKind.SHOPPING_CARD, 3), (DesignKind.GREETING, 3)):
        assert len(designs_for(kind)) >= least
    sizes = {(design.width_mm, design.height_mm) for design in DESIGNS.values()}
    assert {(85.6, 54), (148, 105), (210, 99), (210, 148)} <= sizes
