"""Batches that wait to be printed, and print houses with keys of their own."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from giftshop import cards
from giftshop.cards import Addressed
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.production import PrintRun
from giftshop.production.delivery import Delivery, Medium
from giftshop.production.houses import HouseFacts, add_house
from giftshop.web import GiftShop
from tests.cards.making import NOW, edition, terms
from tests.people import People
from tests.proofs import approve_run

NAMES = ("欧阳娜娜", "Zoë Łukasz", "O’Brien, “Pat”")
AS_DATA = Delivery(medium=Medium.DATA)


def waiting_run(
    app: GiftShop, people: People, *, quantity: int = 3, names: Sequence[str] = NAMES, **changes: Any
) -> PrintRun:
    """A batch of Lantern's, issued and waiting to be printed, whose proof is approved."""
    transact = app.database.transact
    programme_id = transact(
        cards.start_programme, terms(people.lantern.id, locale="zh_Hans", **changes), by=SYSTEM, at=NOW
    )
    batch_id = transact(
        cards.draw_up,
        programme_id,
        edition_id=edition(app.database),
        quantity=quantity,
        public_url="https://gifts.example",
        addressees=[Addressed(name) for name in names],
        by=SYSTEM,
        at=NOW,
    )
    transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
    app.jobs.run_due(at=NOW + timedelta(seconds=1))
    with app.database.reading() as reader:
        run = reader.scalars(select(PrintRun).where(PrintRun.batch_id == batch_id)).one()
    transact(approve_run, run.id)
    return run


def the(app: GiftShop, run: PrintRun) -> PrintRun:
    """The run as the database has it now."""
    with app.database.reading() as reader:
        return reader.get_one(PrintRun, run.id)


@cache
def key_of(house: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """The private key that never leaves the house."""
    assert house
    return rsa.generate_private_key(65537, bits)


def certificate(
    house: str = "Nanfang Print",
    *,
    key: Any = None,
    since: datetime | None = None,
    until: datetime | None = None,
    usage: x509.KeyUsage | None = None,
    encoding: Encoding = Encoding.PEM,
) -> bytes:
    """What a print house sends us."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, house)])
    private = key or key_of(house)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(17)
        .not_valid_before(since or datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(until or clock.now() + timedelta(days=365))
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(private, hashes.SHA256()).public_bytes(encoding)


def data_house(app: GiftShop, people: People, name: str = "Nanfang Print") -> int:
    """A print house that prints its own variable data, our usual one."""
    facts = HouseFacts(name, AS_DATA, certificate(name), is_usual=True)
    return app.database.transact(add_house, facts, by=people.staff.production.actor, at=clock.now())


def opened_by(house: str, message: bytes, folder: Path) -> bytes:
    """What the house reads with its key and the tool that everybody has."""
    key_file, sealed = folder / "key.pem", folder / "message.p7m"
    key_file.write_bytes(key_of(house).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    sealed.write_bytes(message)
    command = ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", str(sealed), "-inkey", str(key_file), "-binary"]
    opened = subprocess.run(command, capture_output=True, check=False)
    assert opened.returncode == 0, opened.stderr.decode()
    return opened.stdout
