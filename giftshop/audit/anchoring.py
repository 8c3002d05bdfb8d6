"""The end of the chain, noted in a file beside the database. The worker logs it too, for logs kept elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from giftshop.audit.chain import Anchor


def keep_anchor(folder: Path, anchor: Anchor) -> None:
    """Note the end of the chain in `folder`, unless a later one is noted there."""
    known = kept_anchor(folder)
    if known is not None and known.number >= anchor.number:
        return
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"audit.anchor.{os.getpid()}"
    draft.write_text(f"{anchor}\n", encoding="ascii")
    draft.replace(folder / "audit.anchor")


def kept_anchor(folder: Path) -> Anchor | None:
    """Return the end of the chain as it was last noted in `folder`; raises ValueError when that cannot be read."""
    file = folder / "audit.anchor"
    return Anchor.parse(file.read_text(encoding="ascii")) if file.exists() else None
