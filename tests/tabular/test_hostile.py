"""Workbooks that are made to hurt: each is refused, or read for what it is, within the limits of safety.md."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from giftshop.tabular import Column, read_table
from tests.limits import verdicts

WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
)
TOP = RELATIONS.replace("worksheets/sheet1.xml", "xl/workbook.xml").replace('/worksheet"', '/officeDocument"')
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
HEADINGS = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
BOMB = 600 * 1024 * 1024


def judge(raw: bytes) -> None:
    """What the tests in a process of their own call."""
    read_table(raw, [Column("name", ("name",), is_required=True)])


def packed(sheet: str | bytes, workbook: str = WORKBOOK, others: Mapping[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", TOP)
        archive.writestr("xl/workbook.xml", workbook)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in (others or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def rows(*cells: str) -> str:
    return SHEET.format(HEADINGS + "".join(f'<row r="{at}">{cell}</row>' for at, cell in enumerate(cells, start=2)))


def cell(at: str, value: str = "1") -> str:
    return f'<c r="{at}"><v>{value}</v></c>'


def bomb() -> bytes:
    """600 MB of spaces in a file of 600 kB, honestly declared."""
    out = io.BytesIO(packed(rows(cell("A2"))))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sharedStrings.xml", "w") as part:
        for _ in range(BOMB >> 20):
            part.write(b" " * (1 << 20))
    return out.getvalue()


def lying_bomb() -> bytes:
    """The same, whose headers say that the part has only 100 bytes, with the check sum of those."""
    raw, crc = bytearray(bomb()), zlib.crc32(b" " * 100)
    for signature, at_crc, at_size in ((b"PK\x01\x02", 16, 24), (b"PK\x03\x04", 14, 22)):
        place = raw.rfind(signature) if signature == b"PK\x01\x02" else raw.find(b"xl/sharedStrings.xml") - 30
        assert raw[place : place + 4] == signature
        struct.pack_into("<L", raw, place + at_crc, crc)
        struct.pack_into("<L", raw, place + at_size, 100)
    return bytes(raw)


def twice() -> bytes:
    out = io.BytesIO(packed(rows(cell("A2"))))
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("xl/worksheets/sheet1.xmL")
        archive.writestr(entry, rows(cell("XFD1048576")))
    return out.getvalue().replace(b"sheet1.xmL", b"sheet1.xml")


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


REPEATED = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000000">'
    '<table:table-cell table:number-columns-repeated="1000000000" office:value="1"/></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
FILES: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "honest": (lambda: packed(rows(cell("A2"))), {"taken"}),
    "bomb": (bomb, {"TableTooLarge"}),
    "bomb whose headers lie": (lying_bomb, {"Damaged", "NoRows", "taken"}),
    "cells in far corners": (lambda: packed(rows(cell("XFD1048576"))), {"TableTooLarge"}),
    "cells in far corners without a value": (lambda: packed(rows('<c r="XFD1048576" s="1"/>')), {"TableTooLarge"}),
    "a wide and long sheet": (lambda: packed(rows(cell("GR90000"))), {"TableTooLarge"}),
    "a far row by its own number": (
        lambda: packed(SHEET.format('<row r="99999999"><c><v>1</v></c></row>')),
        {"TableTooLarge", "Damaged"},
    ),
    "a row with an absurd number": (lambda: packed(SHEET.format(f'<row r="{"9" * 5000}"/>')), {"Damaged"}),
    "a cell with an absurd place": (lambda: packed(rows(cell("AAAAAAAA1"))), {"Damaged"}),
    "a dimension that lies": (
        lambda: packed(rows(cell("A2")).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')),
        {"taken", "Damaged"},
    ),
    "a billion laughs": (
        lambda: packed(f"<!DOCTYPE worksheet [{LAUGHS}]>{rows(cell('A2', '&l9;'))}"),
        {"Damaged"},
    ),
    "an entity from outside": (
        lambda: packed(f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>{rows(cell("A2", "&x;"))}'),
        {"Damaged"},
    ),
    "nested a hundred thousand deep": (
        lambda: packed(SHEET.format(HEADINGS + "<a>" * 100_000 + "</a>" * 100_000)),
        {"NoRows", "Damaged"},
    ),
    "the same part twice": (twice, {"Damaged"}),
    "ten thousand parts": (
        lambda: packed(rows(), others={f"xl/{number}.xml": b"<a/>" for number in range(10_000)}),
        {"Damaged"},
    ),
    "no workbook inside": (lambda: zipped({"a.txt": b"hello"}), {"Damaged"}),
    "a workbook of nothing": (lambda: packed("", workbook="<workbook/>"), {"Damaged", "NotATable"}),
    "not even XML": (lambda: packed(b"\xff" * 1000), {"Damaged"}),
    "shared strings by the billion, announced": (
        lambda: packed(
            rows('<c r="A2" t="s"><v>999999999</v></c>'),
            others={"xl/sharedStrings.xml": b'<sst uniqueCount="4000000000" count="4000000000"></sst>'},
        ),
        {"Damaged"},
    ),
    "an OpenDocument sheet that repeats its cells": (
        lambda: zipped(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": REPEATED.encode()}
        ),
        {"NotATable"},
    ),
    "cut off": (lambda: packed(rows(cell("A2")))[:-100], {"Damaged"}),
}


def test_a_hostile_workbook_is_refused_within_the_limits(tmp_path: Path) -> None:
    found = verdicts(f"{__name__}:judge", {name: make() for name, (make, _) in FILES.items()}, tmp_path)
    wrong = {name: verdict for name, verdict in found.items() if verdict not in FILES[name][1]}
    assert wrong == {}


def turned_over(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def test_bytes_turned_over_at_random_never_crash_the_reader(tmp_path: Path) -> None:
    chance, sheet = random.Random(2026), rows(*(cell(f"A{at}") for at in range(2, 60)))
    files = {f"outside {number}": turned_over(packed(sheet), chance) for number in range(200)}
    files |= {f"inside {number}": packed(turned_over(sheet.encode(), chance)) for number in range(200)}
    crashes = {name: told for name, told in verdicts(f"{__name__}:judge", files, tmp_path).items() if ":" in told}
    assert crashes == {}
