"""After the whole street: no code anywhere in any form, and nobody's name or address where it has no business."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from giftshop.audit import AuditEvent
from giftshop.db import Base, Database
from giftshop.jobs import Job
from giftshop.kernel.codes import Secret
from tests.street.conftest import CANARIES, Street


def forms_of(secret: Secret) -> list[str]:
    """A code however somebody may have written it down."""
    letters = secret.canonical
    groups = [letters[start : start + 4] for start in range(0, 16, 4)]
    upper = [letters, "-".join(groups), " ".join(groups), "%20".join(groups), "+".join(groups)]
    return [*upper, *(form.lower() for form in upper)]


def places(street: Street) -> Iterator[tuple[str, bytes]]:
    """Everything that is kept: rows as they are read, files as they lie on the disk, the log."""
    for name, row in rows(street.app.database):
        yield f"table {name}", repr(row).encode()
    for file in files(street):
        yield str(file), file.read_bytes()


def rows(database: Database) -> Iterator[tuple[str, tuple[Any, ...]]]:
    with database.reading() as reader:
        for table in Base.metadata.sorted_tables:
            for row in reader.execute(sa.select(table)):
                yield table.name, tuple(row)


def files(street: Street) -> Iterator[Path]:
    """The instance's folder; of PostgreSQL also its own, with the log it writes ahead."""
    folders = [street.app.settings.instance_path]
    if not street.app.database.is_sqlite:
        with street.app.database.engine.connect() as connection:
            connection.execute(sa.text("CHECKPOINT"))
            folders.append(Path(connection.scalar(sa.text("SHOW data_directory"))))
    for folder in folders:
        yield from (file for file in folder.rglob("*") if file.is_file())


def test_no_code_is_left_in_any_form_and_no_name_where_it_has_no_business(street: Street) -> None:
    street.walk()
    sys.stderr.flush()
    codes = [form.encode() for secret in street.codes for form in forms_of(secret)]
    assert len(street.codes) == 3
    assert [(place, code) for place, kept in places(street) for code in codes if code in kept] == []
    assert [address for address in street.addresses for code in codes if code.decode() in address] == []
    assert_no_canary(street)
    kept = [repr(row) for _, row in rows(street.app.database)]
    assert all(any(canary in row for row in kept) for canary in CANARIES), (
        "a control: where they belong, they are found"
    )


def assert_no_canary(street: Street) -> None:
    log = street.log.read_text()
    assert log.count('"event": "request"') > 20, "the log was not kept, so nothing was shown"
    with street.app.database.reading() as reader:
        payloads = " ".join(str(payload) for payload in reader.scalars(sa.select(Job.payload)))
        facts = " ".join(str(facts) for facts in reader.scalars(sa.select(AuditEvent.facts)))
    escaped = {canary: canary.encode("unicode-escape").decode() for canary in CANARIES}
    for canary, written in escaped.items():
        for where, text in (("log", log), ("job payloads", payloads), ("audit facts", facts)):
            assert canary not in text, f"{canary} in the {where}"
            assert written not in text, f"{canary} in the {where}"
