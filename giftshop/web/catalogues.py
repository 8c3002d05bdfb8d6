"""Translation catalogues: one .po a room, compiled into the one .mo that gettext reads."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(translations: Path) -> None:
    """Write LC_MESSAGES/messages.mo of every locale whose .po files are newer. Safe when several start at once."""
    for folder in sorted(path for path in translations.iterdir() if path.is_dir()):
        sources = sorted(folder.glob("*.po"))
        target = folder / "LC_MESSAGES" / "messages.mo"
        if target.exists() and all(po.stat().st_mtime < target.stat().st_mtime for po in sources):
            continue
        target.parent.mkdir(exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}.part")
        with draft.open("wb") as out:
            write_mo(out, merged(folder.name, sources))
        draft.replace(target)


def merged(locale: str, sources: list[Path]) -> Catalog:
    """Return one catalogue of all rooms' words. Fuzzy and empty entries are left out."""
    whole = Catalog(locale=locale)
    for po in sources:
        with po.open("rb") as lines:
            for message in read_po(lines, locale=locale):
                if message.id and message.string and not message.fuzzy:
                    whole.add(message.id, message.string, context=message.context)
    return whole
