"""Pictures of goods as a book prints them, made once and kept in a folder: each takes a tenth of a second to draw."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from giftshop import paper

FOLDER: Final = "print-pictures"
"""Under the instance path. May be emptied at any time."""
MADE_AS: Final = b"1"
"""Raised when they are made differently, so that older ones are not used any more."""
DRAWING: Final = "image/svg+xml"

Content = tuple[str, bytes]
"""A media type and the bytes, as the catalogue has them."""


def printable(pictures: Mapping[int, Content], instance_path: Path) -> dict[int, bytes]:
    """Return pictures of the catalogue as JPEGs ready for print, under the same keys."""
    folder = instance_path / FOLDER
    paths = {key: folder / _name_of(content) for key, content in pictures.items()}
    missing = {path: pictures[key] for key, path in paths.items() if not path.exists()}
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        for path, made in zip(missing, _made(list(missing.values())), strict=True):
            _keep(path, made)
    return {key: path.read_bytes() for key, path in paths.items()}


def _name_of(content: Content) -> str:
    return hashlib.sha256(MADE_AS + content[1]).hexdigest() + ".jpg"


def _made(pictures: list[Content]) -> list[bytes]:
    drawings = iter(paper.printable_drawings([content for kind, content in pictures if kind == DRAWING]))
    return [next(drawings) if kind == DRAWING else paper.printable_photograph(content) for kind, content in pictures]


def _keep(path: Path, made: bytes) -> None:
    """Write a file that is whole whenever it is there; two who make the same one write the same."""
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_bytes(made)
    draft.replace(path)
