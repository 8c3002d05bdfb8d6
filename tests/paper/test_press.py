from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from functools import cache

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageCms

from giftshop.kernel.codes import draw_block, secrets_in
from giftshop.paper import (
    A4_TEN_UP,
    DESIGNS,
    CardArt,
    CardDesign,
    CardFace,
    ColourNotSeparable,
    ColourSpace,
    GridTooLarge,
    Imposition,
    Output,
    PrintedCount,
    print_cards,
    proof,
)
from giftshop.paper import card_printing as press
from giftshop.paper.card_art import RenderedArt, _places, render_art
from giftshop.paper.document import lay_out, paint
from giftshop.paper.inks import PRESS_PROFILE, SCREEN_PROFILE, inks
from giftshop.paper.separation import separated

MOON = DESIGNS["moon"]
LINK = "https://gifts.example/r#"
SRA3_EIGHT_UP = Imposition(2, 4, 320, 450)
IN_INKS = Output(has_marks=True, colour=ColourSpace.CMYK, is_pdf_x=True)
POINTS = 72 / 25.4
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30"><defs>
  <linearGradient id="g"><stop offset="0" stop-color="#d02020"/>
  <stop offset=".5" stop-color="#20a040" stop-opacity=".5"/><stop offset="1" stop-color="#2020d0"/></linearGradient>
  <radialGradient id="r"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#804000"/></radialGradient>
  <mask id="m"><rect width="120" height="30" fill="#fff"/><circle cx="60" cy="15" r="8" fill="#888"/></mask></defs>
  <rect width="80" height="30" fill="url(#g)" mask="url(#m)"/>
  <circle cx="100" cy="15" r="14" fill="url(#r)" stroke="#333" opacity=".8"/></svg>"""
ART = CardArt(
    firm="恩礼 & <集团>",
    greeting="中秋快乐",
    message="感谢一路同行。",
    hotline="400 810 0000",
    short_address="gifts.example/r",
    locale="zh_Hans",
    logo=LOGO,
)
TWO_SIDES = """<style>
  @page { size: 154mm 111mm; margin: 0 } body { margin: 0 }
  .page { position: relative; height: 111mm; background: #fdfaf4 }
  .page + .page { break-before: page; background: #f3e9d8 }
  .at { position: absolute; left: 20mm; top: 15mm; width: 60mm; height: 30mm }
  #field-qr { left: 100mm; top: 60mm; width: 40mm; height: 40mm }</style>
  <div class="page"><div class="at" id="field-recipient"></div></div>
  <div class="page"><div class="at" id="field-serial"></div><div class="at" id="field-qr"></div></div>"""


def cards(count: int) -> list[CardFace]:
    names = ["欧阳娜娜", "Zoë Łukasz", "O’Brien", "䶮㛃"]
    return [
        CardFace({"recipient": names[n % 4], "code": secret.printed, "serial": f"No. {n}"}, LINK + secret.canonical)
        for n, secret in enumerate(secrets_in(draw_block(count)))
    ]


FACES = cards(11)


@cache
def rendered_once(design: CardDesign, art: CardArt) -> RenderedArt:
    return render_art(design, art)


@pytest.fixture(autouse=True, scope="module")
def artwork_is_drawn_once() -> Iterator[None]:
    """Laying the same artwork out for every test would take most of their time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "render_art", rendered_once)
        yield


def printed(
    faces: list[CardFace], output: Output, *, label: str = "", art: CardArt = ART
) -> tuple[bytes, PrintedCount]:
    out = io.BytesIO()
    counted = print_cards(MOON, art, faces, out, output=output, label=label)
    return out.getvalue(), counted


def picture(pdf: bytes, page: int = 0, dpi: int = 150) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        rendered: Image.Image = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    return rendered


def darkest(shown: Image.Image, box: tuple[int, int, int, int]) -> int:
    return min(shown.crop(box).convert("L").tobytes())


def things(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream of a file, and every dictionary inside one."""
    waiting = list(pdf.objects)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing
            inner = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
            waiting += [value for value in inner.values() if not value_is_elsewhere(value)]
        elif isinstance(thing, pikepdf.Array):
            waiting += [value for value in thing if not value_is_elsewhere(value)]


def value_is_elsewhere(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def drawn(pdf: pikepdf.Pdf) -> Iterator[tuple[bool, pikepdf.Object]]:
    """Every stream of operators, and whether it is a page's own."""
    yield from ((True, page.Contents) for page in pdf.pages)
    for thing in things(pdf):
        if isinstance(thing, pikepdf.Stream) and (thing.get("/Subtype") == "/Form" or thing.get("/PatternType") == 1):
            yield False, thing


def blending_space(stream: pikepdf.Object) -> str:
    return str(stream["/Group"].get("/CS")) if "/Group" in stream else ""


def operators(stream: pikepdf.Object) -> list[str]:
    return [str(step.operator) for step in pikepdf.parse_content_stream(stream)]


def test_a_card_alone_has_its_bleed_and_marks_beyond_it_and_no_mark_touches_it() -> None:
    marked, bare = (printed(FACES[:1], Output(has_marks=has_marks))[0] for has_marks in (True, False))
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        page = pdf.pages[0]
        boxes = [
            [round(float(edge) / POINTS, 2) for edge in box] for box in (page.mediabox, page.obj.BleedBox, page.trimbox)
        ]
    assert boxes == [[0, 0, 166, 123], [6, 6, 160, 117], [9, 9, 157, 114]]
    with_marks = picture(marked, dpi=254)  # ten pixels a millimetre
    assert picture(bare, dpi=254).size == pytest.approx((1540, 1110), abs=2)
    for along_a_cut in ((1000, 87, 1599, 93), (1567, 62, 1573, 1100), (1000, 1137, 1599, 1143)):
        assert darkest(with_marks, along_a_cut) > 200  # the card is cream there, to the edge of its bleed
    for x, y in ((90, 35), (1570, 35), (35, 90), (35, 1140)):  # in tenths of a millimetre
        assert darkest(with_marks, (x - 3, y - 3, x + 4, y + 4)) < 170, (x, y)


def test_a_run_on_sheets_fills_them_in_order_and_the_last_as_far_as_it_goes() -> None:
    faces = FACES
    pdf, counted = printed(faces, Output(SRA3_EIGHT_UP, has_marks=True), label="P-000123 恩礼🎉")
    assert (counted.cards, counted.sheets, counted.pages) == (11, 2, 2)
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_size() == pytest.approx((320 * POINTS, 450 * POINTS), abs=0.01)
        words = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert "第1/2张·P-000123恩礼" in words[0]
    assert "第2/2张" in words[1]
    for sheet, held in enumerate((faces[:8], faces[8:])):
        codes = zxingcpp.read_barcodes(picture(pdf, sheet))
        rows = sorted(codes, key=lambda code: (round(code.position.top_left.y / 300), code.position.top_left.x))
        assert [code.text for code in rows] == [face.link for face in held]


def centres(page: pikepdf.Page, name: str) -> list[tuple[float, float]]:
    """Where the middle of each card on a page is, read back from its operators."""
    found, matrix = [], (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "cm":
            a, b, c, d, e, f = (float(number) for number in step.operands)
            matrix = (a, b, c, d, e, f)
        elif str(step.operator) == "Do" and str(step.operands[0]) == name:
            a, b, c, d, e, f = matrix
            x, y = 77 * POINTS, 55.5 * POINTS
            found.append((a * x + c * y + e, b * x + d * y + f))
    return found


def test_the_back_of_each_card_is_behind_its_front_and_the_same_way_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turned on its long edge: an upright sheet about its height, a lying one about its width."""
    layout = lay_out(TWO_SIDES)
    art = RenderedArt(paint(layout, tags=False), _places(layout))
    monkeypatch.setattr(press, "render_art", lambda *_: art)
    design, faces = dataclasses.replace(MOON, sides=2), FACES[:3]
    for grid in (SRA3_EIGHT_UP, Imposition(2, 2, 420, 297, gutter_mm=3)):
        is_lying = grid is not SRA3_EIGHT_UP
        out = io.BytesIO()
        counted = print_cards(design, ART, faces, out, output=Output(grid, has_marks=True), label="P-000123")
        assert (counted.sheets, counted.pages) == (1, 2)
        with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
            fronts, backs = centres(pdf.pages[0], "/A0"), centres(pdf.pages[1], "/A1")
        width, height = grid.sheet_width_mm * POINTS, grid.sheet_height_mm * POINTS
        seen = [(x, height - y) if is_lying else (width - x, y) for x, y in backs]
        assert len(seen) == len(faces)
        for through, front in zip(seen, fronts, strict=True):
            assert through == pytest.approx(front, abs=0.01)
        # The code stands right of and below the middle of a card; which card it is of, a phone says.
        codes = {code.text: code for code in zxingcpp.read_barcodes(picture(out.getvalue(), 1, dpi=100))}
        for face, (x, y) in zip(faces, backs, strict=True):
            corners = codes[face.link].position
            across = (corners.top_left.x + corners.bottom_right.x) / 200 * 72 - x
            down = (corners.top_left.y + corners.bottom_right.y) / 200 * 72 - (height - y)
            turned = -1 if is_lying else 1
            assert (across * turned, down * turned) == pytest.approx((43 * POINTS, 24.5 * POINTS), abs=3)
            assert (corners.top_left.y > corners.bottom_left.y) == is_lying


def test_a_grid_that_does_not_fit_is_refused_before_anything_is_written() -> None:
    out = io.BytesIO()
    with pytest.raises(GridTooLarge):
        print_cards(MOON, ART, FACES[:1], out, output=Output(A4_TEN_UP))
    assert out.getvalue() == b""


@pytest.fixture(scope="module")
def in_inks() -> bytes:
    """Cards of every kind of artwork in inks: gradients, a soft mask, opacity, letters."""
    return printed(FACES[:2], dataclasses.replace(IN_INKS, imposition=SRA3_EIGHT_UP))[0]


def test_a_file_in_inks_has_no_colour_of_a_screen_anywhere(in_inks: bytes) -> None:
    with pikepdf.open(io.BytesIO(in_inks)) as pdf:
        for is_page, stream in drawn(pdf):
            is_mask = not is_page and blending_space(stream) == "/DeviceGray"
            assert not {"rg", "RG", "sc", "SC"} & set(operators(stream))
            assert is_mask or not {"g", "G"} & set(operators(stream))
        spaces = {str(thing[key]) for thing in things(pdf) for key in ("/CS", "/ColorSpace") if key in thing}
        assert {space for space in spaces if space.startswith("/")} == {"/DeviceCMYK", "/DeviceGray"}
        assert sum(1 for thing in things(pdf) if thing.get("/ShadingType") in {2, 3}) >= 3
        assert pdf.pages[0].obj.Group.CS == "/DeviceCMYK"


def test_what_is_a_card_s_own_is_on_the_black_plate_alone(in_inks: bytes) -> None:
    with pikepdf.open(io.BytesIO(in_inks)) as pdf:
        steps = [(str(step.operator), list(step.operands)) for step in pikepdf.parse_content_stream(pdf.pages[0])]
    assert [operands for name, operands in steps if name == "k"] == [[0, 0, 0, 1]]
    assert not {"K", "cs", "CS", "scn", "SCN", "g", "gs", "sh"} & {name for name, _ in steps}
    assert sum(name == "re" for name, _ in steps) > 2 * 200


def test_art_in_inks_looks_like_art_on_a_screen(in_inks: bytes) -> None:
    screen = picture(printed(FACES[:2], Output(SRA3_EIGHT_UP))[0], dpi=50)
    differences = sorted(ImageChops.difference(screen, picture(in_inks, dpi=50)).resize((64, 90)).tobytes())
    assert differences[-1] < 90  # a pure blue of the gradient has no equal in inks
    assert differences[len(differences) // 2] < 12


@pytest.mark.parametrize("colour", ["8a1f1b", "0f4c81", "d9b06d", "f6e5c4", "fdfaf4", "7a6a58"])
def test_a_firm_s_colour_comes_back_from_its_inks(colour: str) -> None:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    made = inks().of((red / 255, green / 255, blue / 255))
    assert sum(made) <= 3.01
    back = ImageCms.buildTransform(
        ImageCms.getOpenProfile(str(PRESS_PROFILE)),
        ImageCms.getOpenProfile(str(SCREEN_PROFILE)),
        "CMYK",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    on_paper = ImageCms.applyTransform(Image.new("CMYK", (1, 1), tuple(round(part * 255) for part in made)), back)
    assert on_paper is not None
    assert on_paper.getpixel((0, 0)) == pytest.approx((red, green, blue), abs=14)


def test_greys_and_small_dark_letters_are_black_alone_and_white_is_paper() -> None:
    press_inks = inks()
    assert press_inks.of((1, 1, 1)) == press_inks.of_text((1, 1, 1)) == (0, 0, 0, 0)
    assert press_inks.of((0, 0, 0)) == (0, 0, 0, 1)
    for grey in (0.2, 0.5, 0.8):
        cyan, magenta, yellow, black = press_inks.of((grey, grey, grey))
        assert cyan == magenta == yellow == 0
        assert 0.05 < black < 1
    warm = (0x2B / 255, 0x26 / 255, 0x22 / 255)
    assert press_inks.of_text(warm) == (0, 0, 0, 1)
    assert sum(press_inks.of(warm)) > 2  # a surface of it is deep
    assert press_inks.of_text((0.54, 0.12, 0.1)) == press_inks.of((0.54, 0.12, 0.1))


def test_dark_letters_are_black_alone_and_a_surface_after_them_is_not() -> None:
    with pikepdf.new() as pdf:
        stream = b".17 .15 .13 rg q 1 0 0 rg Q BT /F1 9 Tf (a) Tj ET 0 0 9 9 re f .5 g 0 0 9 9 re f /P cs /P scn"
        form = pdf.make_stream(stream.replace(b"/P cs", b"/Pattern cs"))
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 9, 9])
        ink, shown = [0.0], list[list[float]]()
        for step in pikepdf.parse_content_stream(separated(pdf, form)):
            if str(step.operator) == "k":
                ink = [float(part) for part in step.operands]
            elif str(step.operator) in {"Tj", "f"}:
                shown.append(ink)
    letters, surface, grey = shown
    assert letters == [0, 0, 0, 1]
    assert min(surface) > 0.4
    assert grey[:3] == [0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "mode", "space"),
    [("PNG", "RGBA", "/DeviceCMYK"), ("JPEG", "RGB", "/DeviceCMYK"), ("PNG", "L", "/DeviceGray")],
)
def test_a_picture_is_separated_and_keeps_its_transparency(kind: str, mode: str, space: str) -> None:
    logo = Image.new("RGBA", (300, 80), (200, 60, 40, 255))
    logo.paste((40, 90, 120, 0), (0, 0, 150, 80))
    logo = logo.convert(mode)
    out = io.BytesIO()
    logo.save(out, kind)
    art = dataclasses.replace(ART, logo=out.getvalue())
    pdf = printed(FACES[:1], IN_INKS, art=art)[0]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pictures = [thing for thing in things(opened) if thing.get("/Subtype") == "/Image" and thing.Width == 300]
        assert space in [str(thing.ColorSpace) for thing in pictures]
        assert any("/SMask" in thing for thing in pictures) == (mode == "RGBA")
    on_screen = picture(printed(FACES[:1], Output(has_marks=True), art=art)[0], dpi=50)
    assert max(ImageChops.difference(picture(pdf, dpi=50), on_screen).crop((150, 20, 320, 75)).tobytes()) < 70


def test_a_colour_that_has_no_inks_is_refused_by_name() -> None:
    with pikepdf.new() as pdf:
        form = pdf.make_stream(b"/Lab cs 50 20 20 scn 0 0 9 9 re f")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 9, 9])
        with pytest.raises(ColourNotSeparable, match="Lab"):
            separated(pdf, form)


def test_a_file_says_for_which_press_it_is_and_carries_its_profile(in_inks: bytes) -> None:
    with pikepdf.open(io.BytesIO(in_inks)) as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert [str(intent.S), str(intent.OutputConditionIdentifier)] == ["/GTS_PDFX", "FOGRA39"]
        profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes())).profile
        assert (profile.xcolor_space, profile.device_class) == ("CMYK", "prtr")
        assert b">PDF/X-4</pdfxid:GTS_PDFXVersion>" in pdf.Root.Metadata.read_bytes()
        assert pdf.open_metadata()["dc:title"] == str(pdf.docinfo["/Title"]) == "恩礼 & <集团>: 中秋快乐"
        assert pdf.docinfo["/Trapped"] == "/False"
        assert {"/Title", "/CreationDate", "/ModDate"} <= set(pdf.docinfo.keys())
        assert pdf.trailer.ID[0]
        media, bleed, trim = (
            [float(edge) for edge in box]
            for box in (pdf.pages[0].mediabox, pdf.pages[0].obj.BleedBox, pdf.pages[0].trimbox)
        )
        assert media[0] <= bleed[0] < trim[0] < trim[2] < bleed[2] <= media[2]
        fonts = [thing for thing in things(pdf) if thing.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in font for font in fonts)
    assert in_inks.startswith(b"%PDF-1.6")


def test_artwork_that_stays_in_colours_of_a_screen_is_tagged_for_the_house_s_software() -> None:
    with pikepdf.open(io.BytesIO(printed(FACES[:1], Output(is_pdf_x=True))[0])) as pdf:
        for is_page, stream in drawn(pdf):
            if {"rg", "RG"} & set(operators(stream)):
                assert not is_page
                assert stream.Resources.ColorSpace.DefaultRGB[0] == "/ICCBased"
            assert blending_space(stream) != "/DeviceRGB"


def test_the_same_cards_are_the_same_file_so_that_a_run_cut_short_is_written_anew() -> None:
    faces = FACES[:3]
    output = dataclasses.replace(IN_INKS, imposition=SRA3_EIGHT_UP)
    first = printed(faces, output, label="P-1")
    rendered_once.cache_clear()
    assert printed(faces, output, label="P-1") == first


def test_a_proof_is_what_the_house_will_get() -> None:
    for output in (Output(has_marks=True), Output(SRA3_EIGHT_UP)):
        assert proof(MOON, ART, FACES[0], output=output) == printed(FACES[:1], output)[0]
