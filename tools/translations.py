"""`make translations`: bring every room's catalogue in line with the words in its code and templates.

New words are added with an empty translation, words that are gone are removed, and what is left to translate is listed.
The catalogues are `translations/<locale>/<room>.po`; what all pages share belongs to `web`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "translations"
SHARED = "web"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
JINJA = {"trimmed": "true", "extensions": "jinja2.ext.do"}
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'

Key = tuple[str | None, str]
"""A word as gettext looks it up: its context, and its English (the singular)."""


@dataclass(frozen=True)
class Word:
    """A string that people read, and where it stands."""

    context: str | None
    id: str | tuple[str, ...]
    place: str

    @property
    def key(self) -> Key:
        """What gettext looks it up by."""
        return self.context, self.id if isinstance(self.id, str) else self.id[0]


def words() -> dict[str, dict[Key, Word]]:
    """Every word of the site, by room."""
    found: dict[str, dict[Key, Word]] = defaultdict(dict)
    sources = [(path, "python") for path in sorted((ROOT / "giftshop").rglob("*.py"))]
    sources += [(path, "jinja2") for path in sorted((ROOT / "templates").rglob("*.*"))]
    for path, method in sources:
        for word in words_of(path, method):
            found[room_of(path)].setdefault(word.key, word)
    return found


def words_of(path: Path, method: str) -> Iterator[Word]:
    """The words of one file."""
    options = JINJA if method == "jinja2" else {}
    for line, ids, _comments, context in extract_from_file(method, path, KEYWORDS, options=options):
        if ids and (isinstance(ids, tuple) or ids.strip()):
            yield Word(context, ids, f"{path.relative_to(ROOT)}:{line}")


def room_of(path: Path) -> str:
    """The room whose catalogue holds the words of a file."""
    parts = path.relative_to(ROOT).parts
    is_room = len(parts) > 2 and (ROOT / "giftshop" / parts[1]).is_dir() and parts[1] != "kernel"
    return parts[1] if is_room else SHARED


def catalogues(locale: str) -> dict[str, Catalog]:
    """The catalogues of a locale as they are, by room."""
    found = {}
    for path in sorted((TRANSLATIONS / locale).glob("*.po")):
        with path.open("rb") as lines:
            found[path.stem] = read_po(lines, locale=locale)
    return found


def entries(catalogue: Catalog) -> dict[Key, Message]:
    """What a catalogue translates."""
    return {key_of(message): message for message in catalogue if message.id}


def key_of(message: Message) -> Key:
    """What gettext looks a message up by."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    """Whether every form of it has words."""
    forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return not message.fuzzy and all(forms) and bool(forms)


def update(locale: str) -> list[str]:
    """Rewrite the catalogues of `locale` that are not in line. Returns the words left to translate."""
    known = catalogues(locale)
    wanted = words()
    for room in sorted(known.keys() | wanted.keys()):
        had = entries(known.get(room, Catalog(locale=locale)))
        if had.keys() != wanted.get(room, {}).keys():
            write(locale, room, had, wanted.get(room, {}))
    return [
        f"translations/{locale}/{room}.po: {message.id!r}"
        for room, catalogue in catalogues(locale).items()
        for message in entries(catalogue).values()
        if not is_translated(message)
    ]


def write(locale: str, room: str, had: dict[Key, Message], wanted: dict[Key, Word]) -> None:
    """Write one room's catalogue: kept entries in their order, then the new ones."""
    catalogue = Catalog(locale=locale)
    for key, message in had.items():
        if key in wanted:
            catalogue.add(message.id, message.string, context=message.context, flags=message.flags)
    for key, word in wanted.items():
        if key not in had:
            catalogue.add(word.id, context=word.context)
    path = TRANSLATIONS / locale / f"{room}.po"
    if not wanted:
        path.unlink()
        return
    with path.open("wb") as out:
        out.write(HEADER.encode())
        write_po(out, catalogue, width=0, no_location=True, omit_header=True)


def main() -> None:
    """Update every locale; say what is left."""
    left = [word for locale in sorted(TRANSLATIONS.iterdir()) if locale.is_dir() for word in update(locale.name)]
    sys.stdout.write("".join(f"to translate  {word}\n" for word in left) or "Everything is translated.\n")


if __name__ == "__main__":
    main()
