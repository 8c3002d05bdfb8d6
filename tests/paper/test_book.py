"""The printed gift book: every gift with its number, pages that fold, and names that are only ever names."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from giftshop.paper import BookPart, CardArt, Gift, GiftBook, GlyphMissing, TextTooLong, print_book
from giftshop.paper.copyfitting import Room, fitted, shortened
from giftshop.paper.fonts import SANS

POINTS_PER_MM = 72 / 25.4
ART = CardArt(
    firm="Harbour & Lane",
    greeting="With warm thanks",
    message="Dear friends,\nfor your trust in a year that asked much of all of us.",
    hotline="400 810 0000",
    short_address="gifts.example/r",
    contact="hello@harbour.example",
    valid_until="31 December 2027",
)
CHINESE = CardArt(
    firm="恩礼集团采购",
    greeting="中秋快乐",
    message="感谢一路同行。",
    hotline="400 810 0000",
    short_address="gifts.example/r",
    locale="zh_Hans",
)
HOSTILE = "<img src=job:logo> {{ 7*7 }} & <b>tea</b>"
LONG = "Hand-painted Jingdezhen porcelain tea set with a black walnut tray, six cups and a padded case"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "#2f6f5e").save(out, "JPEG")
    return out.getvalue()


def book(count: int, name: str = "Jasmine tea", words: str = "From Hengxian, scented seven times.") -> GiftBook:
    return GiftBook("Harmony", "2026", [Gift(n, f"{name} {n:03}", words, picture()) for n in range(1, count + 1)])


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without the spaces and line ends that setting it brought."""
    with pypdfium2.PdfDocument(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def test_sixty_gifts_with_long_names_are_all_there_each_with_its_number() -> None:
    inside = pages(print_book(ART, book(60, LONG, LONG * 9), BookPart.INSIDE))
    assert len(inside) % 4 == 0
    text = "".join(inside)
    for number in range(1, 61):
        shown = [page for page in inside if "".join(f"{LONG} {number:03}".split()) in page]
        assert shown, number
        assert str(number) in shown[0]
    assert "Harbour&Lane" in text
    assert text.count("4008100000") == 2


@pytest.mark.parametrize("count", [1, 13, 25])
def test_inside_pages_fold_whatever_the_number_of_gifts(count: int) -> None:
    inside = pages(print_book(CHINESE, book(count, "茉莉花茶"), BookPart.INSIDE))
    assert len(inside) == book(count).inside_pages
    assert len(inside) % 4 == 0
    assert "400" in inside[-1], "the last page is the hotline's"
    assert sum("茉莉花茶" in page for page in inside) >= count / 4


def test_a_print_house_finds_trim_and_bleed_and_marks_outside_of_them() -> None:
    plain = print_book(ART, book(1), BookPart.COVER)
    marked = print_book(ART, book(1), BookPart.COVER, has_marks=True)
    for pdf, beyond in ((plain, 0.0), (marked, 9.0)):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert len(document.pages) == 4
            for page in document.pages:
                left, bottom, right, top = map(float, page.TrimBox)
                assert (right - left, top - bottom) == pytest.approx((148 * POINTS_PER_MM, 210 * POINTS_PER_MM))
                bleed, media = list(map(float, page.BleedBox)), list(map(float, page.MediaBox))
                assert left - bleed[0] == pytest.approx(3 * POINTS_PER_MM)
                assert bleed[0] - media[0] == pytest.approx(beyond * POINTS_PER_MM, abs=0.01)


def test_nothing_in_the_book_is_see_through_or_shaded() -> None:
    with pikepdf.open(io.BytesIO(print_book(ART, book(5), BookPart.WHOLE))) as document:
        states = [s for page in document.pages for s in page.resources.get("/ExtGState", {}).values()]
        assert all(float(state.get(part, 1)) == 1 for state in states for part in ("/ca", "/CA"))
        assert not any(page.resources.get(kind, {}) for page in document.pages for kind in ("/Shading", "/Pattern"))


def test_a_gift_named_like_markup_is_printed_as_it_is_named() -> None:
    gifts = GiftBook(HOSTILE, "", [Gift(1, HOSTILE, HOSTILE, None)])
    for part in (BookPart.COVER, BookPart.INSIDE):
        assert "".join(HOSTILE.split()) in "".join(pages(print_book(ART, gifts, part)))


@pytest.mark.parametrize(("name", "why"), [("tea \U0001f375", GlyphMissing), ("endless " * 60, TextTooLong)])
def test_a_gift_that_cannot_be_printed_is_named_by_its_number(name: str, why: type[Exception]) -> None:
    gifts = GiftBook("Harmony", "", [Gift(1, "Tea", "", None), Gift(2, name, "", None)])
    with pytest.raises(why) as refusal:
        print_book(ART, gifts, BookPart.INSIDE)
    assert refusal.value.facts["row"] == 2  # type: ignore[attr-defined]


def test_chinese_lines_begin_with_no_comma_and_english_ones_break_between_words() -> None:
    room = Room(SANS, 20, 100, (9,))
    lines = fitted("明前头采，一芽一二叶，手工炒制。豆香清幽，回味甘醇。", room).lines
    assert len(lines) > 3
    assert not any(line[0] in "，。" for line in lines)
    assert fitted("a chestnut aroma, a sweet finish", room).lines == ("a chestnut", "aroma, a", "sweet finish")


def test_a_long_description_ends_with_a_whole_sentence_where_one_fits() -> None:
    room = Room(SANS, 60, 10, (8,))
    assert shortened("A short one. " + "And a very long one " * 20, room).lines == ("A short one.",)
    assert shortened("And a very long one " * 20, room).lines[-1].endswith("…")
