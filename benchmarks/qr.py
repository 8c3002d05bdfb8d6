"""QR codes by the thousand: ours beside `qrcode`, whose every module ours must have. In CPU time of one core."""

from __future__ import annotations

import re
import time

from benchmarks.print import LINK, Rows
from giftshop.paper.codes_2d import qr_modules
from giftshop.paper.qr_press import QrPath, press_for, qr_paths

MANY, COMPARED = 100_000, 1_000
AT_ONCE = 1024
"""As many as a print run makes at once."""
RECTANGLE = re.compile(rb"(\d+) (\d+) (\d+) 1 re\n")


def links(count: int) -> list[str]:
    return [LINK + digits for _, digits, _ in Rows(count)]


def modules_of(path: QrPath) -> list[list[bool]]:
    """Return the modules that a path draws, from the top."""
    rows = [[False] * path.side for _ in range(path.side)]
    for x, y, width in (map(int, numbers) for numbers in RECTANGLE.findall(path.operators)):
        rows[path.side - 1 - y][x : x + width] = [True] * width
    return rows


def run() -> None:
    """Print how many a second each makes, and how many of those compared differ in any module."""
    began = time.process_time()
    theirs = [qr_modules(link) for link in links(COMPARED)]
    their_rate = COMPARED / (time.process_time() - began)
    print(f"qrcode: {their_rate:.0f} codes/CPU s")

    press_for.cache_clear()
    many = links(MANY)
    began = time.process_time()
    for at in range(0, MANY, AT_ONCE):
        qr_paths(many[at : at + AT_ONCE])
    our_rate = MANY / (time.process_time() - began)
    print(f"ours: {our_rate:.0f} codes/CPU s, the table learned once")
    print(f"qr_ratio: {our_rate / their_rate:.0f}")

    differing = sum(modules_of(path) != code for path, code in zip(qr_paths(many[:COMPARED]), theirs, strict=True))
    print(f"differing: {differing} of {COMPARED} compared module for module")
    if differing:
        raise SystemExit("a code differs from the one that qrcode makes")
