from __future__ import annotations

import io

import pikepdf
import pytest

from giftshop.paper.page_stream import KIDS, PageStream


def written(count: int, *, shared: bool = False) -> bytes:
    base = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(base, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    out = io.BytesIO()
    pages = PageStream(out, base.getvalue(), b"/MediaBox[0 0 9 9]")
    common = pages.content(b"% common")
    for number in range(count):
        pages.page(common if shared else pages.content(b"%% page %d" % number))
    pages.close()
    return out.getvalue()


@pytest.mark.parametrize("count", [0, 1, KIDS, KIDS + 1, KIDS * KIDS + 1])
def test_a_file_of_any_length_opens_with_every_page_in_its_place(count: int) -> None:
    with pikepdf.open(io.BytesIO(written(count))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == count
        for number in {0, count // 2, count - 1} if count else ():
            assert pdf.pages[number].Contents.read_bytes() == b"%% page %d" % number


def test_no_node_of_the_page_tree_holds_more_than_a_reader_likes() -> None:
    with pikepdf.open(io.BytesIO(written(KIDS * KIDS + 1))) as pdf:
        nodes = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Kids" in thing]
    assert max(len(node.Kids) for node in nodes) == KIDS


def test_a_side_without_anything_of_its_own_is_written_once() -> None:
    assert len(written(1000, shared=True)) < len(written(1000)) / 3
