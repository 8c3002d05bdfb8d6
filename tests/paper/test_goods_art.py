"""Artwork for goods: inks that are real spot colours and nothing else, at the size that was asked for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from giftshop.paper import GoodsArt, Shape, TextTooLong, gift_bag, one_colour, sticker
from giftshop.paper.one_ink import LOSS_WORDS, Loss

POINTS_PER_MM = 72 / 25.4
COLOUR_OPERATORS = {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "gs", "INLINE IMAGE"}
PLAIN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 50"><rect width="78" height="50" fill="#0f4c5c"/>%b</svg>'
)
HOLE = b'<circle cx="40" cy="25" r="15" fill="#ffffff"/>'
SUN = b'<circle cx="40" cy="25" r="15" fill="#d9822b"/>'
HAIR = (
    b'<path d="M5 25H75" stroke="#ffffff" stroke-width="20"/><path d="M10 25H70" stroke="#0f4c5c" stroke-width=".15"/>'
)
FADED = b'<circle cx="40" cy="25" r="15" fill="#ffffff" opacity=".5"/>'
HOSTILE = "<script>1</script> {{ 7*7 }} & co"


def art(logo: bytes | None = None, **facts: Any) -> GoodsArt:
    given: dict[str, Any] = {"number": "17", "firm": "Harbour & Lane", "width_mm": 80, "height_mm": 50, "logo": logo}
    return GoodsArt(**{**given, **facts})


def png(size: tuple[int, int] = (800, 500), ground: str | tuple[int, ...] = "white", ink: str = "#123456") -> bytes:
    image = Image.new("RGBA", size, ground)
    ImageDraw.Draw(image).ellipse((150, 50, 550, 450), fill=ink)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def spot_colours(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [thing for thing in document.objects if isinstance(thing, pikepdf.Array) and len(thing) == 4]
        return {str(thing[1]).removeprefix("/") for thing in found if thing[0] == "/Separation"}


def streams(resources: Any, source: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Every content stream under a page, with the resources it has."""
    yield resources, list(pikepdf.parse_content_stream(source))
    for form in resources.get("/XObject", {}).values():
        if form.Subtype == "/Form":
            yield from streams(form.Resources, form)


def colours_used(pdf: bytes) -> set[tuple[str, str]]:
    """Each operator of colour in the file, with the ink or the tint it names."""
    used = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for resources, content in streams(document.pages[0].resources, document.pages[0]):
            for instruction in content:
                name = str(instruction.operator)
                if name in {"cs", "CS"}:
                    space = resources["/ColorSpace"][str(instruction.operands[0])]
                    used.add((name, str(space[1]).removeprefix("/")))
                elif name in COLOUR_OPERATORS:
                    used.add((name, " ".join(map(str, instruction.operands))))
    return used


def trim_mm(pdf: bytes) -> tuple[float, float]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        left, bottom, right, top = map(float, document.pages[0].TrimBox)
    return round((right - left) / POINTS_PER_MM, 2), round((top - bottom) / POINTS_PER_MM, 2)


def drawn(pdf: bytes, scale: float = 2) -> Image.Image:
    """The artwork alone, as another program draws it."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        left, bottom, right, top = page.get_trimbox()
        width, height = page.get_size()
        crop = (left, bottom, width - right, height - top)
        picture: Image.Image = page.render(scale=scale, crop=crop).to_pil()
        return picture.convert("L")


def dark_share(pdf: bytes) -> float:
    histogram = drawn(pdf).histogram()
    return sum(histogram[:128]) / sum(histogram)


SOLID = {("cs", "Silk 1"), ("CS", "Silk 1"), ("scn", "1"), ("SCN", "1")}


@pytest.mark.parametrize(
    ("logo", "text", "bare"),
    [(PLAIN % SUN, "", False), (PLAIN % HOLE, "", True), (png(), "", False), (None, HOSTILE, False)],
    ids=["drawing", "drawing with a white hole", "pixels", "words"],
)
def test_a_separation_has_one_ink_laid_on_solid_and_no_other_colour(logo: bytes | None, text: str, bare: bool) -> None:
    made = one_colour(art(logo, text=text))
    assert spot_colours(made.pdf) == {"Silk 1"}
    assert colours_used(made.pdf) == (SOLID | {("scn", "0")} if bare else SOLID)
    assert trim_mm(made.pdf) == (80, 50)
    assert 0.005 < dark_share(made.pdf) < 1


def test_a_logo_of_pixels_becomes_a_stencil_of_600_dots_an_inch() -> None:
    made = one_colour(art(png()))
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        (stencil,) = (
            thing for thing in document.objects if isinstance(thing, pikepdf.Stream) and "/ImageMask" in thing
        )
        assert (bool(stencil.ImageMask), int(stencil.BitsPerComponent)) == (True, 1)
        assert int(stencil.Width) == pytest.approx(80 / 25.4 * 600, abs=2)
    assert dark_share(made.pdf) == pytest.approx(3.1416 * 20 * 20 / (80 * 50), abs=0.01)


@pytest.mark.parametrize(
    ("logo", "losses"),
    [
        (PLAIN % b"", set()),
        (PLAIN % HOLE, set()),
        (PLAIN % SUN, {Loss.MERGED}),
        (PLAIN % HAIR, {Loss.THIN}),
        (PLAIN % FADED, {Loss.MERGED, Loss.PIXELS}),
        (png(), {Loss.PIXELS}),
        (png(ground="#efefef", ink="#123456"), {Loss.PIXELS, Loss.PALE_LEFT_OUT}),
        (png(ground=(0, 0, 0, 0), ink="#ffffff"), {Loss.PIXELS}),
        (png(ink="#ffffff"), {Loss.EMPTY, Loss.PIXELS}),
    ],
    ids=["plain", "hole", "two colours", "hair", "faded", "pixels", "pale", "white on nothing", "white on white"],
)
def test_whoever_makes_the_screen_is_told_what_is_lost(logo: bytes, losses: set[Loss]) -> None:
    made = one_colour(art(logo))
    assert set(made.warnings) == {LOSS_WORDS[loss] for loss in losses}
    assert (dark_share(made.pdf) > 0.05) == (Loss.EMPTY not in losses)


@pytest.mark.parametrize("logo", [PLAIN % SUN, png(), None], ids=["drawing", "pixels", "words"])
def test_a_bag_is_printed_in_two_spot_colours(logo: bytes | None) -> None:
    made = gift_bag(art(logo, text="中秋快乐", width_mm=160, height_mm=200, accent="#1f4e79", locale="zh_Hans"))
    assert spot_colours(made.pdf) == {"Bag Ground", "Bag Gold"}
    assert {use for use in colours_used(made.pdf) if use[0].lower() == "cs"} == {
        (operator, ink) for operator in ("cs", "CS") for ink in ("Bag Ground", "Bag Gold")
    }
    assert {use[0] for use in colours_used(made.pdf)} <= {"cs", "CS", "scn", "SCN"}
    assert trim_mm(made.pdf) == (160, 200)


@pytest.mark.parametrize(
    ("size", "shape", "cut"),
    [
        ((50, 50), None, (50, 50)),
        ((0, 0), None, (50, 50)),
        ((100, 60), None, (100, 60)),
        ((100, 60), Shape.ROUND, (60, 60)),
    ],
)
def test_a_sticker_is_cut_along_one_line_that_cutters_know(
    size: tuple[int, int], shape: Shape | None, cut: tuple[int, int]
) -> None:
    made = sticker(art(PLAIN % SUN, width_mm=size[0], height_mm=size[1], firm="岭南国际航运代理有限公司"), shape)
    assert spot_colours(made.pdf) == {"CutContour"}
    assert trim_mm(made.pdf) == cut
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        content = [str(part.operator) for part in pikepdf.parse_content_stream(document.pages[0])]
        assert content[-2:] == ["S", "Q"], "nothing covers the cut"


@pytest.mark.parametrize("make", [one_colour, gift_bag, sticker])
def test_words_that_look_like_markup_are_words_and_too_many_are_refused(make: Any) -> None:
    with pypdfium2.PdfDocument(make(art(text=HOSTILE, firm=HOSTILE)).pdf) as document:
        text = "".join(document[0].get_textpage().get_text_range().split())
    assert text.count("".join(HOSTILE.split())) >= 2
    with pytest.raises(TextTooLong):
        make(art(text="endless words " * 900))
