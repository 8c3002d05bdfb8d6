"""Cards by the thousand: ours, beside one WeasyPrint page a card (what one would write first) and a bare page loop.

Ours one-up as a screen shows it, and imposed: eight A6 cards on SRA3 with cut marks, in inks, PDF/X-4. Each figure is
taken in a process of its own and counts all of its CPU time, start-up included, on file. `FULL=1` takes the naive way
at 10,000 too (some minutes and 5 GB) instead of at 1,000, where it is faster.
"""

from __future__ import annotations

import io
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from html import escape
from multiprocessing import get_context
from typing import NamedTuple

import pikepdf

from giftshop.paper import DESIGNS, ONE_UP, CardArt, CardFace, ColourSpace, Imposition, Output, print_cards, qr_svg
from giftshop.paper.document import lay_out, paint

FULL = bool(os.environ.get("FULL"))
LINK = "https://gifts.example.com/welcome/r#"
NAMES = ["欧阳娜娜", "Zoë Łukasz", "O’Brien", "䶮㛃", "Maximiliane von Hohenlohe"]


NAIVE_STYLE = """
  @page { size: 154mm 111mm; margin: 0 }
  section { break-after: page; height: 105mm; padding: 3mm; font: 9pt 'Source Sans 3', 'Noto Sans SC';
    background: linear-gradient(90deg, #8a1f1b 40%, #fdfaf4 40%) }
  h1, h2 { font: 600 24pt 'Cormorant Garamond', 'Noto Serif SC' }
  .code { font: 12pt 'Source Code Pro' }
  .qr { width: 26mm }
"""
NAIVE_PAGE = """<section>
  <svg width="120" height="30"><circle cx="15" cy="15" r="13"/><path d="M8 18 Q15 4 22 18" stroke="#fff"/></svg>
  <b>恩礼集团</b> 礼品册 <h1>中秋快乐</h1><p>感谢一路同行。With warm thanks.</p><h2>致 {}</h2>{}
  <p>微信扫码，或访问 gifts.example.com/r 输入卡密：</p><p class="code">{}</p><p>{}</p><p>服务热线 400 810 0000</p>
</section>"""


class Taken(NamedTuple):
    """What making `cards` took."""

    cards: int
    seconds: float
    megabytes: float
    file_bytes: int

    @property
    def rate(self) -> float:
        return self.cards / self.seconds


class Rows:
    """Cards made as they are asked for, the same ones each time."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        for number in range(self.count):
            digits = f"{number * 2654435761 % 2**64:016X}"
            yield NAMES[number % len(NAMES)], digits, f"No. 1001 {number:07d} 4"


def grouped(digits: str) -> str:
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


IMPOSED = Output(Imposition(2, 4, 320, 450), has_marks=True, colour=ColourSpace.CMYK, is_pdf_x=True)


def ours(count: int, out: io.BufferedWriter, output: Output = ONE_UP) -> None:
    class Faces(Rows):
        def __iter__(self) -> Iterator[CardFace]:  # type: ignore[override]
            for name, digits, serial in super().__iter__():
                yield CardFace({"recipient": name, "code": grouped(digits), "serial": serial}, LINK + digits)

    art = CardArt(
        firm="恩礼集团",
        greeting="中秋快乐",
        message="感谢一路同行。With warm thanks.",
        hotline="400 810 0000",
        short_address="gifts.example.com/r",
        locale="zh_Hans",
    )
    print_cards(DESIGNS["moon"], art, Faces(count), out, output=output)


def imposed(count: int, out: io.BufferedWriter) -> None:
    ours(count, out, IMPOSED)


def naive(count: int, out: io.BufferedWriter) -> None:
    pages = "".join(
        NAIVE_PAGE.format(escape(name), qr_svg(LINK + digits, label=""), grouped(digits), serial)
        for name, digits, serial in Rows(count)
    )
    out.write(paint(lay_out(f"<style>{NAIVE_STYLE}</style>{pages}"), tags=False))


def minimal_loop(count: int, out: io.BufferedWriter) -> None:
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        resources = pdf.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font)))
        for _, digits, serial in Rows(count):
            page = pdf.add_blank_page(page_size=(436, 314))
            page.Resources = resources
            page.Contents = pdf.make_stream(f"BT /F0 12 Tf 9 9 Td ({digits} {serial}) Tj ET".encode())
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _take(way: Callable[[int, io.BufferedWriter], None], count: int) -> Taken:
    with tempfile.TemporaryFile() as out:
        way(count, out)  # type: ignore[arg-type]
        out.flush()
        size = out.seek(0, io.SEEK_END)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Taken(count, time.process_time(), megabytes, size)


def take(way: Callable[[int, io.BufferedWriter], None], count: int) -> Taken:
    """Run `way` in a fresh process, and print what it took."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        taken = alone.submit(_take, way, count).result()
    name = f"{way.__name__}_{count}"
    print(f"{name}: {taken.rate:.0f} cards/CPU s", flush=True)
    print(f"{name}_memory: {taken.megabytes:.0f} MB", flush=True)
    return taken


def run() -> None:
    """Print the figures, and how many times faster than the naive way ours is at 10,000 cards."""
    few, slow = take(naive, 100), take(naive, 10_000 if FULL else 1_000)
    loops = {count: take(minimal_loop, count) for count in (100, 1_000, 10_000)}
    for way in (ours, imposed):
        name = way.__name__
        taken = {count: take(way, count) for count in (100, 1_000, 10_000, 100_000)}
        most = taken[10_000]
        print(f"{name}_bytes_a_card: {(most.file_bytes - taken[1_000].file_bytes) / 9_000:.0f} B")
        print(f"{name}_ratio_100: {taken[100].rate / few.rate:.1f}")
        print(f"{name}_ratio_1000: {taken[1_000].rate / slow.rate:.1f}")
        for count, loop in loops.items():
            print(f"{name}_minimal_loop_share_{count}: {taken[count].seconds / loop.seconds:.2f} times its CPU time")
        growth = taken[100_000].megabytes / most.megabytes
        print(f"{name}_memory_growth: {growth:.2f} times from 10,000 to 100,000 cards")
        print(f"{name}_ratio: {most.rate / slow.rate:.1f}")
