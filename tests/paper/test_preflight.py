"""A print house's preflight, on files of our press in which somebody planted one fault each."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from giftshop.kernel.codes import draw_block, secrets_in
from giftshop.paper import (
    DESIGNS,
    ONE_UP,
    CardArt,
    CardDesign,
    CardFace,
    ColourSpace,
    Imposition,
    Output,
    Report,
    Subject,
    Verdict,
    Why,
    examine,
    print_cards,
)
from giftshop.paper.preflight.codes import sampled

MOON = DESIGNS["moon"]
NAMES = ("欧阳娜娜", "Zoë Łukasz", "O’Brien")
POINTS = 72 / 25.4
ART = CardArt(
    firm="Harbour & Lane", greeting="With warm thanks", hotline="400 810 0000", short_address="gifts.example/r"
)
CMYK = Output(colour=ColourSpace.CMYK)
PDF_X = Output(colour=ColourSpace.CMYK, is_pdf_x=True)
GRID = Imposition(2, 2, 330, 240)


@dataclass(frozen=True)
class Job:
    """A printed file with what it should be."""

    pdf: bytes
    links: list[str]
    design: CardDesign = MOON

    def examined(self, pdf: bytes | None = None, output: Output = ONE_UP) -> Report:
        file = io.BytesIO(self.pdf if pdf is None else pdf)
        return examine(file, design=self.design, output=output, cards=len(self.links), links=iter(self.links))


@pytest.fixture(scope="module")
def job() -> Job:
    """Nine cards, one a page."""
    faces = [
        CardFace(
            {"recipient": NAMES[n % 3], "code": secret.printed, "serial": "1001 0000 0014"},
            f"https://gifts.example/r#{secret.canonical}",
        )
        for n, secret in enumerate(secrets_in(draw_block(9)))
    ]
    out = io.BytesIO()
    print_cards(MOON, ART, faces, out)
    return Job(out.getvalue(), [face.link for face in faces])


@pytest.fixture(scope="module")
def four_inks(job: Job) -> Job:
    """The same, with artwork of four inks, and labelled for exchange."""

    def plant(pdf: Pdf) -> None:
        form = pdf.pages[0].Resources.XObject.A0
        form.write(b"0 0.2 0.1 0 k 0 0 500 400 re f")
        for key in ("/Resources", "/Group"):
            if key in form:
                del form[key]
        profile = pdf.make_stream(bytes(16) + b"CMYK" + bytes(108), N=4)
        intent = Dictionary(S=Name("/GTS_PDFX"), OutputConditionIdentifier="FOGRA39", DestOutputProfile=profile)
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
        with pdf.open_metadata() as metadata:
            metadata.register_xml_namespace("http://www.npes.org/pdfx/ns/id/", "pdfxid")
            metadata["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"

    return replace(job, pdf=altered(job.pdf, plant))


def altered(pdf: bytes, plant: Callable[[Pdf], object]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        plant(opened)
        opened.save(out)
    return out.getvalue()


def rewritten(page: int, change: Callable[[bytes], bytes]) -> Callable[[Pdf], None]:
    """What draws `page` (from 1) changed."""

    def plant(pdf: Pdf) -> None:
        before = pdf.pages[page - 1].Contents.read_bytes()
        after = change(before)
        assert after != before
        pdf.pages[page - 1].Contents = pdf.make_stream(after)

    return plant


def a_module_less(content: bytes) -> bytes:
    return re.sub(rb"\n\d\d 14 01 1 re", b"", content, count=1)


def a_module_more(content: bytes) -> bytes:
    return re.sub(rb"\n(\d\d) 14 01 1 re", rb"\n\1 14 02 1 re", content, count=1)


def covered(content: bytes) -> bytes:
    """A white bar over the QR code: its modules are all there, and nobody sees them."""
    return content + b"q 0 0 0 0 k 200 70 80 20 re f Q"


def beside_its_place(content: bytes) -> bytes:
    return re.sub(rb"(q [\d.]+ 0 0 [\d.]+) [\d.]+ [\d.]+ cm", rb"\1 -20 20 cm", content)


def picture_of(dots: int) -> Callable[[Pdf], None]:
    """A picture of so many dots drawn one inch wide."""

    def plant(pdf: Pdf) -> None:
        image = pdf.make_stream(
            bytes(dots * dots),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=dots,
            Height=dots,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        art = pdf.pages[0].Resources.XObject.A0
        art.Resources.XObject = Dictionary(Logo=image)
        art.write(art.read_bytes() + b"\nq 72 0 0 72 20 20 cm /Logo Do Q")

    return plant


def without_a_font_program(pdf: Pdf) -> None:
    del pdf.pages[0].Resources.Font.F1.DescendantFonts[0].FontDescriptor.FontFile2


def a_page_dropped(pdf: Pdf) -> None:
    del pdf.pages[4]


def two_cards_swapped(pdf: Pdf) -> None:
    pdf.pages[1].Contents, pdf.pages[3].Contents = pdf.pages[3].Contents, pdf.pages[1].Contents


def trimmed_short(pdf: Pdf) -> None:
    left, bottom, right, top = (float(edge) for edge in pdf.pages[4].TrimBox)
    pdf.pages[4].TrimBox = Array([left, bottom, right - 2 * POINTS, top])


def bled_short(pdf: Pdf) -> None:
    pdf.pages[2].BleedBox = pdf.pages[2].TrimBox


@pytest.mark.parametrize(
    ("plant", "subject", "why", "page", "card"),
    [
        (rewritten(3, a_module_less), Subject.CODES, Why.CODE_DIFFERS, 3, 3),
        (rewritten(9, a_module_more), Subject.CODES, {Why.CODE_DIFFERS, Why.CODE_BROKEN}, 9, 9),
        (two_cards_swapped, Subject.CODES, Why.CODE_DIFFERS, 2, 2),
        (a_page_dropped, Subject.COUNTS, Why.PAGES, 0, 0),
        (rewritten(6, lambda content: content.partition(b"q ")[0]), Subject.COUNTS, Why.CARDS, 0, 0),
        (without_a_font_program, Subject.FONTS, Why.FONT_OUTSIDE, 1, 0),
        (rewritten(2, lambda content: content.replace(b"/F2 ", b"/F77 ")), Subject.FONTS, Why.FONT_MISSING, 2, 0),
        (rewritten(2, lambda content: content.replace(b"<", b"<0000", 1)), Subject.FONTS, Why.EMPTY_BOX, 2, 0),
        (trimmed_short, Subject.BOXES, Why.CUT, 5, 0),
        (bled_short, Subject.BOXES, Why.BLEED, 3, 0),
        (lambda pdf: pdf.pages[1].rotate(90, relative=True), Subject.BOXES, Why.TURNED, 2, 0),
        (rewritten(4, lambda content: content.replace(b"BT", b"1 0 0 rg BT")), Subject.COLOURS, Why.NOT_BLACK, 4, 0),
        (rewritten(4, lambda content: content.replace(b"q ", b"q .4 g ")), Subject.CODES, Why.CODE_NOT_BLACK, 4, 4),
        (picture_of(50), Subject.PICTURES, Why.COARSE, 1, 0),
        (rewritten(7, covered), Subject.READING, Why.NOT_READ, 7, 7),
        (rewritten(8, beside_its_place), Subject.PLACES, Why.CODE_ASTRAY, 8, 0),
        (rewritten(5, lambda content: content.replace(b"/A0 Do", b"")), Subject.PLACES, Why.ARTWORK, 5, 0),
        (rewritten(5, lambda content: content + b" Q"), Subject.FILE, Why.UNREADABLE, 5, 0),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found_and_named(
    job: Job, plant: Callable[[Pdf], object], subject: Subject, why: Why | set[Why], page: int, card: int
) -> None:
    report = job.examined(altered(job.pdf, plant))
    assert not report.is_good
    check = report.of(subject)
    assert check.verdict is Verdict.FAILED
    first = check.faults[0]
    assert first.why in (why if isinstance(why, set) else {why})
    assert (first.page, first.card) == (page, card)
    assert not any(link[-16:] in repr(report) for link in job.links), "a report never shows a code"


def test_a_good_file_passes_and_says_what_was_looked_at(job: Job) -> None:
    report = job.examined()
    assert [check.subject for check in report.checks if check.verdict is not Verdict.PASSED] == [Subject.INTENT]
    assert report.of(Subject.COUNTS).figures == {"cards": 9, "pages": 9}
    assert report.of(Subject.CODES).figures == {"compared": 9, "by_qrcode": 9}
    assert report.of(Subject.READING).figures == {"sampled": 9, "dpi": 300}


def test_a_file_saved_by_another_program_is_read_as_well(job: Job) -> None:
    for mode in (pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(job.pdf)) as pdf:
            pdf.save(out, object_stream_mode=mode)
        assert job.examined(out.getvalue()).is_good


def test_a_picture_a_little_coarse_is_told_and_printed(job: Job) -> None:
    report = job.examined(altered(job.pdf, picture_of(150)))
    check = report.of(Subject.PICTURES)
    assert (report.is_good, check.verdict, check.figures["lowest_dpi"]) == (True, Verdict.WARNED, 150)
    assert job.examined(altered(job.pdf, picture_of(250))).of(Subject.PICTURES).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    "drawn",
    [b"1 0 0 rg", b"/DeviceRGB CS 1 0 0 SC", b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q"],
)
def test_a_file_for_four_inks_has_no_other(four_inks: Job, drawn: bytes) -> None:
    assert four_inks.examined(output=CMYK).is_good
    on_page = altered(four_inks.pdf, rewritten(2, lambda content: b"q " + drawn + b" Q " + content))
    fault = four_inks.examined(on_page, CMYK).of(Subject.COLOURS).faults[0]
    assert (fault.why, fault.page, fault.facts) == (Why.WRONG_INK, 2, {"space": "RGB"})


def test_artwork_made_for_screens_is_no_artwork_for_four_inks(job: Job) -> None:
    assert job.examined(output=CMYK).of(Subject.COLOURS).faults[0].why is Why.WRONG_INK


def test_pdf_x_has_its_label_and_an_intent_of_its_inks(four_inks: Job) -> None:
    def without_intent(pdf: Pdf) -> None:
        del pdf.Root.OutputIntents

    def of_other_inks(pdf: Pdf) -> None:
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(16) + b"GRAY" + bytes(108), N=1)

    def without_label(pdf: Pdf) -> None:
        del pdf.Root.Metadata

    good = four_inks.examined(output=PDF_X)
    assert good.is_good
    assert good.of(Subject.INTENT).figures == {"condition": "FOGRA39"}
    for plant, why in (
        (without_intent, Why.NO_INTENT),
        (of_other_inks, Why.OTHER_INTENT),
        (without_label, Why.NO_LABEL),
    ):
        report = four_inks.examined(altered(four_inks.pdf, plant), PDF_X)
        assert [fault.why for fault in report.of(Subject.INTENT).faults] == [why]


def sheets(job: Job, slots: Callable[[int, int], tuple[float, float]], *, is_two_sided: bool) -> bytes:
    """The cards of `job` on sheets of four; `slots` says where card n of a sheet lies on side 0 and 1, in points."""

    def impose(pdf: Pdf) -> None:
        fronts = [page.Contents.read_bytes() for page in pdf.pages]
        resources = pdf.pages[0].Resources
        while len(pdf.pages):
            del pdf.pages[0]
        for at in range(0, len(fronts), GRID.cards):
            some = fronts[at : at + GRID.cards]
            for side, drawn in enumerate([some, [b"/A0 Do"] * len(some)][: 1 + is_two_sided]):
                placed = [b"q 1 0 0 1 %.3f %.3f cm %b Q" % (*slots(n, side), one) for n, one in enumerate(drawn)]
                pdf.add_blank_page(page_size=(330 * POINTS, 240 * POINTS))
                page = pdf.pages[-1]
                page.Resources, page.Contents = resources, pdf.make_stream(b"\n".join(placed))
                page.obj.TrimBox = page.obj.MediaBox

    return altered(job.pdf, impose)


def across(n: int, side: int) -> tuple[float, float]:
    """Two by two with the gutter between them, turned over the long edge."""
    column, row = n % 2, n // 2
    left = 11 + (148 + 6) * (1 - column if side else column)
    return left * POINTS, (9 + (105 + 6) * (1 - row)) * POINTS


@pytest.fixture(scope="module")
def two_sided(job: Job) -> Job:
    return replace(job, design=replace(MOON, sides=2))


def test_sheets_are_read_card_by_card_and_the_last_may_be_partly_empty(two_sided: Job) -> None:
    report = two_sided.examined(sheets(two_sided, across, is_two_sided=True), Output(imposition=GRID))
    assert [check.subject for check in report.checks if check.verdict is Verdict.FAILED] == []
    assert report.of(Subject.COUNTS).figures == {"cards": 9, "pages": 6}
    assert report.of(Subject.PLACES).figures == {"sides": 18}


def a_back_moved(n: int, side: int) -> tuple[float, float]:
    left, bottom = across(n, side)
    return left + (n == 2 and side) * 0.4 * POINTS, bottom


def too_near(n: int, side: int) -> tuple[float, float]:
    left, bottom = across(n, side)
    return left - (n == 1) * 2 * POINTS, bottom


def the_wrong_way_round(n: int, _side: int) -> tuple[float, float]:
    return across(n, 0)


@pytest.mark.parametrize(
    ("slots", "why", "page"),
    [(a_back_moved, Why.REGISTER, 2), (the_wrong_way_round, Why.REGISTER, 6), (too_near, Why.OVERLAP, 1)],
)
def test_cards_on_a_sheet_lie_apart_and_back_to_back(
    two_sided: Job, slots: Callable[[int, int], tuple[float, float]], why: Why, page: int
) -> None:
    report = two_sided.examined(sheets(two_sided, slots, is_two_sided=True), Output(imposition=GRID))
    assert (report.of(Subject.PLACES).faults[0].why, report.of(Subject.PLACES).faults[0].page) == (why, page)


def test_a_sheet_of_another_size_or_a_card_on_another_card_s_place_is_found(job: Job) -> None:
    pdf = sheets(job, across, is_two_sided=False)
    other = Output(imposition=replace(GRID, sheet_width_mm=320))
    assert job.examined(pdf, other).of(Subject.BOXES).faults[0].why is Why.SHEET
    swapped = replace(job, links=[job.links[1], job.links[0], *job.links[2:]])
    faults = swapped.examined(pdf, Output(imposition=GRID)).of(Subject.CODES).faults
    assert [(fault.why, fault.page, fault.card) for fault in faults] == [
        (Why.CODE_DIFFERS, 1, 1),
        (Why.CODE_DIFFERS, 1, 2),
    ]


def test_a_file_cut_off_or_of_something_else_is_told_and_nothing_is_raised(job: Job) -> None:
    for broken in (b"", b"no PDF at all", job.pdf[: len(job.pdf) // 2], job.pdf.replace(b"startxref", b"startxxxx")):
        report = job.examined(broken)
        assert [check.faults[0].why for check in report.checks] == [Why.UNREADABLE]


def test_links_are_taken_as_they_are_needed(job: Job) -> None:
    """Not one more than there are codes: a batch of a hundred thousand is never in memory."""
    taken = []

    def links() -> Iterator[str]:
        for link in job.links:
            taken.append(link)
            yield link

    seen = []
    examine(
        io.BytesIO(job.pdf),
        design=MOON,
        output=ONE_UP,
        cards=9,
        links=links(),
        progress=lambda pages: seen.append((pages, len(taken))),
    )
    assert all(links_taken <= pages for pages, links_taken in seen)
    assert len(taken) == 9


@pytest.mark.parametrize(("cards", "looked_at"), [(9, 9), (50, 50), (4000, 50), (10_000, 100), (100_000, 1000)])
def test_one_in_a_hundred_is_looked_at_and_fifty_at_least(cards: int, looked_at: int) -> None:
    sample = sampled(cards)
    assert len(sample) == looked_at
    assert min(sample) >= 1
    assert max(sample) <= cards
    # On sheets of ten or twenty-four, no place of the sheet is left out.
    if cards >= 10_000:
        assert {card % 10 for card in sample} == set(range(10))
        assert {card % 24 for card in sample} == set(range(24))
