"""Passwords as NIST SP 800-63B-4 has them: long, anything goes, never expiring, not one that is tried first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from pwdlib import PasswordHash

from giftshop.accounts.errors import PasswordGuessable, PasswordTooLong, PasswordTooShort

LEAST = 15
"""Characters. SP 800-63B-4, 3.1.1.2, where the password is the only factor."""
MOST = 256
"""Characters; the standard asks for at least 64 to be accepted."""
LEAST_UNGUESSABLE = 6
"""Characters that must be left once everything that is tried first has been struck out."""
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb", "!@#$%^&*()")

_hasher = PasswordHash.recommended()  # Argon2id


def canonical_password(typed: str) -> str:
    """Return a password as it is hashed: full-width letters of a Chinese keyboard are their plain ones (NFKC)."""
    return unicodedata.normalize("NFKC", typed)


def hash_password(typed: str) -> str:
    """Return the Argon2id hash of a password. Slow on purpose: never call it in a transaction."""
    return _hasher.hash(canonical_password(typed))


def is_password(typed: str, kept: str | None) -> bool:
    """Whether `typed` is the password whose hash is `kept`. With None it takes as long, and is not."""
    right = _hasher.verify(canonical_password(typed[:MOST]), kept or _nobodys_hash())
    return right and kept is not None


def check_password(typed: str, *, own_words: Iterable[str] = ()) -> None:
    """Raise a Refused at the field "password" unless this may become one's password.

    `own_words` are the person's name, e-mail address, firm and the site's name.
    """
    password = canonical_password(typed)
    if len(password) < LEAST:
        raise PasswordTooShort(field="password", least=LEAST)
    if len(password) > MOST:
        raise PasswordTooLong(field="password", most=MOST)
    if len(unguessable_part(password, own_words)) < LEAST_UNGUESSABLE:
        raise PasswordGuessable(field="password")


def unguessable_part(password: str, own_words: Iterable[str] = ()) -> str:
    """Return what is left of `password` without common passwords, one's own words, rows of keys and repetitions."""
    rest = _without_repetition(password.casefold())
    known = {part for word in own_words for part in _parts(word)} | common_passwords()
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return re.sub(r"(.)\1+", r"\1", _without_runs(rest)).strip()


@cache
def common_passwords() -> frozenset[str]:
    """Return what is tried first, in small letters."""
    lines = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def _parts(words: str) -> set[str]:
    whole = canonical_password(words).casefold().strip()
    return {part for part in {whole, *re.split(r"[\W_]+", whole)} if len(part) > 2}


def _without_repetition(text: str) -> str:
    """Return the shortest piece that `text` is a repetition of."""
    return text[: (text + text).find(text, 1)]


def _without_runs(text: str) -> str:
    """Return `text` without stretches of four or more along a row of keys or an alphabet, either way."""
    kept: list[str] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _is_run(text[start : end + 1]):
            continue
        if end - start < 4:
            kept.append(text[start:end])
        start = end
    return "".join(kept)


def _is_run(text: str) -> bool:
    if any(text in row or text in row[::-1] for row in ROWS):
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1})
