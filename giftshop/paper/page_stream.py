"""A PDF of very many alike pages, written as it comes: memory holds eight bytes an object and nothing else.

It starts from an ordinary PDF of one page, the base, whose resources are those of every page; its objects are copied
under their own numbers. Pages follow, a stream each; their dictionaries go into compressed object streams, 128
at a time, which are the leaves of the page tree. The table of offsets is written last.
"""

from __future__ import annotations

import hashlib
import io
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import pikepdf
from isal import isal_zlib

KIDS: Final = 128
"""Pages in a leaf, and nodes in a node, of the page tree."""
LEVEL: Final = 2
"""How hard to compress: level 3 takes twice the time for 4% less."""

_PLAIN, _COMPRESSED = 1 << 56, 2 << 56
Ref = int


@dataclass(frozen=True, slots=True)
class _Node:
    """A node of the page tree whose parent is not known yet: its number, the pages below it, what hangs on it."""

    number: Ref
    pages: int
    kids: Sequence[Ref]

    def under(self, parent: bytes) -> bytes:
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        return b"<</Type/Pages/Count %d/Kids[%b]%b>>" % (self.pages, kids, parent)


class PageStream:
    """Writes a PDF to `out`, page by page. `page_facts` is what every page dictionary says besides its content."""

    def __init__(self, out: BinaryIO, base: bytes, page_facts: bytes) -> None:
        self._out = out
        self._page_facts = page_facts
        self._digest = hashlib.sha256()
        self.size_bytes = 0
        self.pages = 0
        # Of each object: how it is stored (8 bits), where (40 bits), its place in an object stream (16 bits).
        self._offsets = array("Q", [0])
        self._leaf: list[bytes] = []
        self._leaf_number = 0
        self._leaves: list[_Node] = []
        self._write(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
        self._copy(base)

    @property
    def sha256(self) -> str:
        """The checksum of everything written so far."""
        return self._digest.hexdigest()

    def content(self, operators: bytes) -> Ref:
        """Write what a page shows; return its number, to be given to `page` once or more."""
        return self._stream(operators)

    def page(self, content: Ref) -> None:
        """Add a page that shows `content`."""
        if not self._leaf:
            self._leaf_number = self._reserve()
        self._leaf.append(
            b"<</Type/Page/Parent %d 0 R/Contents %d 0 R%b>>" % (self._leaf_number, content, self._page_facts)
        )
        self.pages += 1
        if len(self._leaf) == KIDS:
            self._close_leaf()

    def close(self) -> None:
        """Write what remains: the upper page tree, the table of offsets, the trailer."""
        self._close_leaf()
        self._write_tree()
        self._write_offsets()

    def _copy(self, base: bytes) -> None:
        """Copy every object of `base` but its page and the root of its page tree, which are written anew."""
        with pikepdf.open(io.BytesIO(base)) as pdf:
            self._root = pdf.Root.objgen[0]
            self._info = pdf.trailer.Info.objgen[0] if "/Info" in pdf.trailer else None
            self._tree = pdf.Root.Pages.objgen[0]
            page = pdf.pages[0]
            self._resources = page.Resources.unparse()
            numbered = {thing.objgen[0]: thing for thing in pdf.objects if thing.objgen[0]}
            self._offsets.extend([0] * max(numbered))
            for number, thing in numbered.items():
                if number not in {self._tree, page.objgen[0]}:
                    self._object(number, _unparsed(thing))

    def _close_leaf(self) -> None:
        if self._leaf:
            pages = range(len(self._offsets), len(self._offsets) + len(self._leaf))
            self._offsets.extend([0] * len(pages))
            self._object_stream(pages, self._leaf)
            self._leaves.append(_Node(self._leaf_number, len(pages), pages))
            self._leaf = []

    def _write_tree(self) -> None:
        level, written = self._leaves, dict[Ref, bytes]()
        while True:
            groups = [level[at : at + KIDS] for at in range(0, len(level), KIDS)] or [[]]
            is_top = len(groups) == 1
            parents = [self._tree] if is_top else [self._reserve() for _ in groups]
            for parent, group in zip(parents, groups, strict=True):
                written |= {node.number: node.under(b"/Parent %d 0 R" % parent) for node in group}
            level = [
                _Node(parent, sum(node.pages for node in group), [node.number for node in group])
                for parent, group in zip(parents, groups, strict=True)
            ]
            if is_top:
                break
        written[self._tree] = level[0].under(b"/Resources %b" % self._resources)
        nodes = list(written.items())
        for at in range(0, len(nodes), KIDS):
            numbers, bodies = zip(*nodes[at : at + KIDS], strict=True)
            self._object_stream(numbers, bodies)

    def _write_offsets(self) -> None:
        start = self.size_bytes
        number = self._reserve()
        self._offsets[number] = _PLAIN | start << 16
        table = array("Q", self._offsets)
        if sys.byteorder == "little":
            table.byteswap()
        identity = self.sha256[:32]
        info = b"/Info %d 0 R" % self._info if self._info else b""
        self._stream_at(
            number,
            table.tobytes(),
            b"/Type/XRef/W[1 5 2]/Size %d/Root %d 0 R%b/ID[<%b><%b>]"
            % (len(table), self._root, info, identity.encode(), identity.encode()),
        )
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _reserve(self) -> Ref:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _stream(self, content: bytes) -> Ref:
        number = self._reserve()
        self._stream_at(number, content, b"")
        return number

    def _stream_at(self, number: Ref, content: bytes, facts: bytes) -> None:
        packed = isal_zlib.compress(content, LEVEL)
        head = b"<<%b/Filter/FlateDecode/Length %d>>stream\n" % (facts, len(packed))
        self._object(number, head + packed + b"\nendstream")

    def _object_stream(self, numbers: Sequence[Ref], bodies: Sequence[bytes]) -> None:
        stream = self._reserve()
        index, at = [], 0
        for place, (number, body) in enumerate(zip(numbers, bodies, strict=True)):
            self._offsets[number] = _COMPRESSED | stream << 16 | place
            index.append(b"%d %d" % (number, at))
            at += len(body) + 1
        head = b" ".join(index) + b"\n"
        self._stream_at(stream, head + b"\n".join(bodies), b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head)))

    def _object(self, number: Ref, body: bytes) -> None:
        self._offsets[number] = _PLAIN | self.size_bytes << 16
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _write(self, some: bytes) -> None:
        self._out.write(some)
        self._digest.update(some)
        self.size_bytes += len(some)


def _unparsed(thing: pikepdf.Object) -> bytes:
    if isinstance(thing, pikepdf.Stream):
        return thing.stream_dict.unparse() + b"\nstream\n" + thing.read_raw_bytes() + b"\nendstream"
    return thing.unparse(resolved=True)
