"""What a page may load while it is printed: our own static files, and what this one job was handed. Nothing else.

A template names `own:paper/document.css` for a file under `static/`, and `job:logo` for bytes handed over as
`assets={"logo": ...}`. Any other address, also from inside a firm's SVG, is left unread.
"""

from __future__ import annotations

import logging
import mimetypes
import re
from collections.abc import Mapping
from typing import Final

from weasyprint.urls import URLFetcher, URLFetcherResponse

from giftshop.paper.errors import AssetMissingError
from giftshop.paper.fonts import ROOT

STATIC_FOLDER: Final = ROOT / "static"
STATIC_NAME: Final = re.compile(r"(?:[a-z0-9][A-Za-z0-9_-]*/)*[A-Za-z0-9][A-Za-z0-9_.-]*")
log = logging.getLogger(__name__)


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Hands WeasyPrint what belongs to one job. `unknown` collects names of ours that do not exist."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._assets = assets
        self.unknown: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the content behind `url`.

        Raises:
            PermissionError: it is neither ours nor handed over for this job; WeasyPrint then draws nothing there.
            LookupError: it is ours by its name, and missing.

        """
        scheme, _, name = url.partition(":")
        if scheme == "job":
            return self._answer(url, self._assets.get(name))
        if scheme == "own":
            return self._answer(url, _static_file(name))
        log.warning("printing.fetch_denied", extra={"scheme": scheme[:16]})
        raise PermissionError("only our own files may be printed")

    def _answer(self, url: str, content: bytes | None) -> URLFetcherResponse:
        if content is None:
            self.unknown.append(url)
            raise AssetMissingError(url)
        return URLFetcherResponse(url, content, {"Content-Type": _media_type(url, content)})


def _static_file(name: str) -> bytes | None:
    if not STATIC_NAME.fullmatch(name):
        return None
    path = STATIC_FOLDER / name
    return path.read_bytes() if path.is_file() else None


def _media_type(url: str, content: bytes) -> str:
    if content.lstrip()[:1] == b"<":
        return "image/svg+xml"
    return mimetypes.guess_type(url.partition(":")[2])[0] or "application/octet-stream"
