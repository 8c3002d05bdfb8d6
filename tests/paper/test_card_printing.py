from __future__ import annotations

import dataclasses
import hashlib
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from giftshop.kernel.codes import SPECIMEN, draw_block, secrets_in
from giftshop.paper import (
    DESIGNS,
    CardArt,
    CardFace,
    GlyphMissing,
    LinkTooLong,
    TextTooLong,
    page_count,
    page_png,
    print_cards,
    proof,
)
from giftshop.paper.card_printing import CARDS_AT_ONCE

MOON = DESIGNS["moon"]
LINK = "https://gifts.example/r#"
ART = CardArt(
    firm="Harbour & Lane",
    greeting="With warm thanks",
    message="For your trust in a year that asked much of all of us.",
    hotline="400 810 0000",
    short_address="gifts.example/r",
    contact="hello@harbour.example",
    valid_until="2027-12-31",
)
CHINESE = dataclasses.replace(ART, firm="恩礼集团采购", greeting="中秋快乐", message="感谢一路同行。", locale="zh_Hans")


def card(recipient: str = "Zoë Łukasz", code: str = SPECIMEN.printed) -> CardFace:
    texts = {"recipient": recipient, "code": code, "serial": "No. 1001 0000001 4"}
    return CardFace(texts, LINK + code.replace("-", "").replace(" ", ""))


def cards(count: int) -> list[CardFace]:
    names = ["欧阳娜娜", "Zoë Łukasz", "O’Brien", "䶮㛃"]
    return [card(names[n % 4], secret.printed) for n, secret in enumerate(secrets_in(draw_block(count)))]


def printed(faces: list[CardFace], art: CardArt = ART) -> bytes:
    out = io.BytesIO()
    print_cards(MOON, art, faces, out)
    return out.getvalue()


def picture(pdf: bytes, page: int = 0) -> Image.Image:
    return Image.open(io.BytesIO(page_png(pdf, page, dpi=300, bleed=True))).convert("L")


def text_of(pdf: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[page].get_textpage().get_text_range())


def differing_area(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(one, other).getbbox()


@pytest.mark.parametrize("art", [ART, CHINESE])
@pytest.mark.parametrize("count", [3, 40])
def test_a_phone_reads_every_card_s_own_link(art: CardArt, count: int) -> None:
    faces = cards(count)
    pdf = printed(faces, art)
    for page in {0, 1, count - 1}:
        assert [found.text for found in zxingcpp.read_barcodes(picture(pdf, page))] == [faces[page].link]


def test_a_card_carries_its_name_code_and_serial_as_text() -> None:
    words = text_of(printed([card("欧阳娜娜")], CHINESE))
    for expected in ("欧阳娜娜", SPECIMEN.printed, "No. 1001 0000001 4", "中秋快乐", "恩礼集团采购", "400 810 0000"):
        assert expected in words.replace("中秋\r\n快乐", "中秋快乐")


def test_a_name_is_drawn_and_not_only_there_to_be_copied() -> None:
    names = ["欧阳娜娜", "Zoë Łukasz", "O’Brien", "䶮㛃", "Nguy\u1ec5n V\u0103n", "Иван"]
    pdf = printed([card(""), *map(card, names)])
    blank = picture(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page, name in enumerate(names, start=1):
            left, _, right, _ = differing_area(blank, picture(pdf, page)) or (0, 0, 0, 0)
            assert right - left > 20 * len(name), name
            assert b"<0000" not in opened.pages[page].Contents.read_bytes(), name  # glyph 0 is the empty box


def test_what_differs_from_card_to_card_is_printed_in_black_alone() -> None:
    with pikepdf.open(io.BytesIO(printed([card()]))) as pdf:
        operators = [str(step.operator) for step in pikepdf.parse_content_stream(pdf.pages[0])]
        inks = [step.operands for step in pikepdf.parse_content_stream(pdf.pages[0], "k")]
    assert inks == [[0, 0, 0, 1]]
    assert not {"rg", "RG", "g", "G", "cs", "sc", "scn", "K"} & set(operators)


def test_a_card_says_where_to_cut_and_its_artwork_goes_beyond() -> None:
    with pikepdf.open(io.BytesIO(printed([card()]))) as pdf:
        page = pdf.pages[0]
        trim = [round(float(edge) / 72 * 25.4, 1) for edge in page.trimbox]
        assert trim == [3.0, 3.0, 151.0, 108.0]
        assert [float(edge) for edge in page.obj.BleedBox] == [float(edge) for edge in page.mediabox]
    edge = Image.open(io.BytesIO(page_png(printed([card()]), dpi=150, bleed=True))).convert("RGB").getpixel((1, 300))
    assert edge != (255, 255, 255)


def test_every_font_on_a_card_is_embedded() -> None:
    with pikepdf.open(io.BytesIO(printed(cards(4)))) as pdf:
        descriptors = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
    assert len(descriptors) >= 5
    assert all("/FontFile2" in descriptor for descriptor in descriptors)


def test_a_name_no_font_can_draw_is_refused_with_its_row_before_anything_is_written() -> None:
    out = io.BytesIO()
    with pytest.raises(GlyphMissing, match="Row 2: “𠮷”"):
        print_cards(MOON, ART, [card(), card("𠮷田"), card()], out)
    assert out.getvalue() == b""


def test_a_greeting_no_font_can_draw_is_refused() -> None:
    with pytest.raises(GlyphMissing, match="🎉"):
        printed([card()], dataclasses.replace(ART, greeting="Thanks 🎉"))


def test_a_long_name_is_set_smaller_and_stays_in_its_place() -> None:
    blank, long = (
        picture(printed([card("")])),
        picture(printed([card("Maximiliane Freifrau von Hohenlohe-Langenburg")])),
    )
    area = differing_area(blank, long)
    assert area is not None
    assert area[2] <= 143.5 / 25.4 * 300


def test_a_name_too_long_for_the_smallest_size_is_refused_with_its_row() -> None:
    with pytest.raises(TextTooLong, match="Row 3"):
        printed([card(), card(), card("Maximiliane " * 9)])


def test_a_long_greeting_shrinks_and_one_without_end_is_refused() -> None:
    printed([card()], dataclasses.replace(ART, greeting="With our warm and heartfelt thanks"))
    with pytest.raises(TextTooLong):
        printed([card()], dataclasses.replace(ART, greeting="With our warm and heartfelt thanks " * 5))
    with pytest.raises(TextTooLong):
        printed([card()], dataclasses.replace(ART, message="Thank you. " * 90))


def test_a_link_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(LinkTooLong):
        printed([CardFace(card().texts, LINK + "A" * 3000)])


def test_markup_someone_typed_stays_text() -> None:
    typed = "<b>&amp;{{ 7 }}</b>"
    words = text_of(printed([card(typed)], dataclasses.replace(ART, message=typed)))
    assert words.count(typed) == 2


@pytest.mark.parametrize(
    "typed", ["<img src={0}>", "</style><style>@import'{0}'", "<img src=file://{1}>", "url(job:a) url({0})"]
)
def test_no_field_of_an_order_makes_the_press_read_a_file_or_call_a_server(
    typed: str, canary: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, calls = canary
    secret = tmp_path / "c"
    secret.write_text("canary-in-a-file")
    typed = typed.format(address, secret)
    art = dataclasses.replace(ART, message=typed)
    assert b"canary-in-a-file" not in printed([card(typed[:40])], art)
    with suppress(TextTooLong):  # refused, but only once it has been laid out
        printed(
            [card()], dataclasses.replace(art, contact=typed, hotline=typed, short_address=typed, valid_until=typed)
        )
    assert calls == []


@pytest.mark.parametrize("field", ["firm", "greeting"])
def test_nor_do_the_fields_set_large(field: str, canary: tuple[str, list[str]]) -> None:
    address, calls = canary
    markup = f"<img src={address}>"
    with suppress(TextTooLong):
        printed(
            [card()],
            dataclasses.replace(ART, firm=markup) if field == "firm" else dataclasses.replace(ART, greeting=markup),
        )
    assert calls == []


def test_a_colour_is_a_colour_and_nothing_else() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        dataclasses.replace(ART, accent="red;background:url(x)")


def test_a_firm_s_logo_stands_on_its_cards(canary: tuple[str, list[str]]) -> None:
    address, calls = canary
    logo = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 10">
      <rect width="40" height="10" fill="#123456"/><image xlink:href="{address}/x.png" width="5" height="5"/></svg>"""
    with_logo = printed([card()], dataclasses.replace(ART, logo=logo.encode()))
    assert "Harbour" not in text_of(with_logo)
    assert differing_area(picture(with_logo), picture(printed([card()]))) is not None
    assert calls == []


def test_cards_without_names_are_printed_for_those_who_give_them_by_hand() -> None:
    unnamed = printed([card("")], dataclasses.replace(ART, is_named=False))
    assert "For\r" not in text_of(unnamed)
    assert zxingcpp.read_barcodes(picture(unnamed))


def test_a_proof_is_the_first_card_of_the_run() -> None:
    faces = [card()]
    assert proof(MOON, ART, faces[0]) == printed(faces)


def test_a_run_counts_itself_and_tells_how_far_it_is() -> None:
    out, heard = io.BytesIO(), list[int]()

    class Faces:
        """Made as they are asked for, as a job does that opens sealed blocks one after the other."""

        def __iter__(self) -> Iterator[CardFace]:
            return (card(f"No. {n}") for n in range(CARDS_AT_ONCE + 6))

    count = print_cards(MOON, ART, Faces(), out, progress=heard.append)
    assert count.cards == count.pages == page_count(out.getvalue()) == CARDS_AT_ONCE + 6
    assert heard == [CARDS_AT_ONCE, CARDS_AT_ONCE + 6]
    assert count.size_bytes == len(out.getvalue())
    assert count.sha256 == hashlib.sha256(out.getvalue()).hexdigest()
    assert f"No. {CARDS_AT_ONCE + 5}" in text_of(out.getvalue(), CARDS_AT_ONCE + 5)


def test_an_iterator_that_would_be_empty_the_second_time_is_refused() -> None:
    with pytest.raises(TypeError):
        print_cards(MOON, ART, iter([card()]), io.BytesIO())


def test_a_buyer_sees_the_card_as_it_will_be_cut() -> None:
    size = Image.open(io.BytesIO(page_png(proof(MOON, ART, card()), dpi=254))).size
    assert abs(size[0] - 1480) <= 2
    assert abs(size[1] - 1050) <= 2
