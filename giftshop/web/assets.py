"""Files of our own as browsers fetch them: marked with what is in them, kept for a year, and compressed.

gunicorn sends a file as it lies. A style sheet compresses to a quarter, so it is kept here in both ways, and its
address holds a mark of its content: who has it never asks again, and a changed file is another address.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Response, request
from isal import igzip
from werkzeug.security import safe_join

YEAR: Final = 31_536_000
MONTH: Final = 30 * 86_400
MARK: Final = "v"
TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
"""What compresses. Everything else is compressed already, or is for paper and never fetched."""
PLAIN: Final = frozenset({".woff2", ".jpg", ".png"})
"""Kept for a month under its bare name: style sheets name fonts, mails name pictures, and neither knows a mark."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that compresses, as it was when it was read."""

    changed_ns: int
    mark: str
    content: bytes
    packed: bytes


class Assets:
    """The static files of a folder. Read at the first asking, and again when a file has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Asset] = {}

    def mark(self, filename: str) -> str | None:
        """Return the mark of a file's content for its address, or None where it goes by its bare name."""
        asset = self._asset(filename)
        return asset.mark if asset else None

    def answer(self, filename: str) -> Response | None:
        """Return a file that compresses, as this browser takes it; None for any other, which Flask sends."""
        asset = self._asset(filename)
        if asset is None:
            return None
        is_packed = takes_gzip()
        response = Response(asset.packed if is_packed else asset.content, mimetype=TYPES[Path(filename).suffix])
        response.set_etag(f"{asset.mark}-gzip" if is_packed else asset.mark)
        response.vary.add("Accept-Encoding")
        if is_packed:
            response.headers["Content-Encoding"] = "gzip"
        if request.args.get(MARK) == asset.mark:
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
        return response

    def _asset(self, filename: str) -> Asset | None:
        if Path(filename).suffix not in TYPES:
            return None
        place = safe_join(str(self._folder), filename)
        try:
            changed = Path(place).stat().st_mtime_ns if place else None
        except (OSError, ValueError):
            return None
        if place is None or changed is None:
            return None
        known = self._known.get(filename)
        if known is None or known.changed_ns != changed:
            content = Path(place).read_bytes()
            mark = hashlib.sha256(content).hexdigest()[:10]
            known = self._known[filename] = Asset(changed, mark, content, packed(content, best=True))
        return known


def takes_gzip() -> bool:
    """Whether whoever asks understands gzip."""
    return bool(request.accept_encodings["gzip"] > 0) and "gzip" in request.headers.get("Accept-Encoding", "")


def packed(content: bytes, *, best: bool = False) -> bytes:
    """Return `content` as gzip; `best` takes ten times as long, for what is kept."""
    return gzip.compress(content, 9, mtime=0) if best else bytes(igzip.compress(content, 2))


def most_seconds(filename: str | None) -> int | None:
    """Return for how long a file that Flask sends may be kept without asking again."""
    return MONTH if filename and Path(filename).suffix in PLAIN else None
