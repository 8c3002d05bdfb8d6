"""The single exit of secrets: into a print file, by production staff, for a reason, in the audit.

`open_for_print` decides and records; `open_secrets` and `open_print_file` follow a permission that was recorded. After
the print house has confirmed receipt `destroy_secrets` ends it for good.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, NoReturn

from sqlalchemy import Row, delete, select, update

from giftshop import audit
from giftshop.cards.errors import (
    BatchNotReady,
    BatchNotThere,
    MayNotOpenSecrets,
    ReasonNeeded,
    SecretsDestroyed,
    WitnessNeeded,
)
from giftshop.cards.issuing import batch_key
from giftshop.cards.models import Addressee, Batch, Opening, SealedBlock, batch_number
from giftshop.cards.rules import BatchState
from giftshop.cards.vault import SealedReader, open_block, open_stream, seal_stream
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.codes import Secret, secrets_in
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.role import StaffRole
from giftshop.kernel.serials import numbers, printed


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """What is printed on one card, and on no other."""

    serial: str
    """In groups, as people read it."""
    secret: Secret
    public_url: str
    name: str | None
    """Whom it is for, if it bears a name."""

    @property
    def link(self) -> str:
        """What the QR holds. Behind the #, the code reaches no server's log."""
        return f"{self.public_url}/r#{self.secret.canonical}"


def open_for_print(
    tx: Transaction, batch_id: int, *, reason: str, by: Actor, witness: Actor | None = None, at: datetime
) -> int:
    """Permit one print file of a batch's secrets and return the permission's id.

    For production staff; from the second file on with `witness`, another of them who agrees. Possible until the batch
    is marked as printed. Raises MayNotOpenSecrets, ReasonNeeded, WitnessNeeded, SecretsDestroyed, BatchNotReady.
    """
    if not by.has(StaffRole.PRODUCTION) or by.id is None:
        raise MayNotOpenSecrets
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    is_witnessed = witness is not None and witness.has(StaffRole.PRODUCTION) and witness.id not in {None, by.id}
    openable = [Batch.id == batch_id, Batch.state == BatchState.SEALED, Batch.destroyed_at.is_(None)]
    if not is_witnessed:
        openable.append(Batch.openings == 0)
    if not tx.change(update(Batch).where(*openable).values(openings=Batch.openings + 1)):
        _say_why_not(tx, batch_id)
    opening = Opening(
        batch_id=batch_id,
        reason=reason.strip(),
        opened_by=by.id,
        witness=witness.id if witness and is_witnessed else None,
        opened_at=at,
    )
    tx.add(opening)
    tx.flush()
    audit.record(tx, "cards.open_for_print", ("batch", batch_id), by=by, at=at, opening=opening.id)
    return opening.id


def open_secrets(reader: Reader, opening_id: int, *, keyring: Keyring) -> Iterator[PrintedCard]:
    """Yield the cards of the batch that `open_for_print` permitted to print, in their order, a block at a time.

    Raises SecretsDestroyed, and SealBroken if what is kept does not open.
    """
    batch = _opened_batch(reader, opening_id)
    key = batch_key(batch, keyring)
    of_batch = select(SealedBlock.first, SealedBlock.sealed).where(SealedBlock.batch_id == batch.id)
    for first, sealed in reader.execute(of_batch.order_by(SealedBlock.first).execution_options(yield_per=10)):
        secrets = secrets_in(open_block(key, batch.number, first, sealed))
        serials = numbers(batch.number, first, len(secrets))
        names = _names_between(reader, serials[0], serials[-1])
        for serial, secret in zip(serials, secrets, strict=True):
            yield PrintedCard(printed(serial), secret, batch.public_url, names.get(serial))


def seal_print_file(reader: Reader, opening_id: int, content: Iterable[bytes], *, keyring: Keyring) -> Iterator[bytes]:
    """Yield the content of a print file, sealed under its batch's key: how it is stored."""
    batch = _opened_batch(reader, opening_id)
    return seal_stream(batch_key(batch, keyring), _file_label(batch), content)


def open_print_file(reader: Reader, opening_id: int, sealed: BinaryIO, *, keyring: Keyring) -> Iterator[bytes]:
    """Yield the content of a stored print file of the batch that `open_for_print` permitted to print.

    Raises SecretsDestroyed, SealBroken.
    """
    batch = _opened_batch(reader, opening_id)
    return open_stream(batch_key(batch, keyring), _file_label(batch), sealed)


def read_print_file(reader: Reader, opening_id: int, sealed: BinaryIO, *, keyring: Keyring) -> BinaryIO:
    """Return the content of a stored print file of the batch that `open_for_print` permitted to print, to be read
    at any place: for looking at exactly what will be handed out, without its ever lying open on a disk.

    Raises SecretsDestroyed; reading what is broken raises SealBroken.
    """
    batch = _opened_batch(reader, opening_id)
    return io.BufferedReader(SealedReader(batch_key(batch, keyring), _file_label(batch), sealed))


def destroy_secrets(tx: Transaction, batch_id: int, *, by: Actor, at: datetime) -> bool:
    """Destroy a printed batch's sealed secrets and their key, for good. False if that was done before.

    Stored print files become unreadable with it. Raises BatchNotReady before the print house has confirmed receipt.
    """
    printed_already = (
        Batch.id == batch_id,
        Batch.state.not_in([BatchState.DRAWN_UP, BatchState.SEALED]),
        Batch.destroyed_at.is_(None),
    )
    gone = {"wrapped_key": None, "master_id": None, "destroyed_at": at}
    if not tx.change(update(Batch).where(*printed_already).values(gone)):
        if _state_of(tx, batch_id).destroyed_at is not None:
            return False
        raise BatchNotReady(number=str(batch_number(batch_id)))
    blocks = tx.change(delete(SealedBlock).where(SealedBlock.batch_id == batch_id))
    audit.record(tx, "cards.destroy_secrets", ("batch", batch_id), by=by, at=at, blocks=blocks)
    return True


def _opened_batch(reader: Reader, opening_id: int) -> Batch:
    batch = reader.scalars(select(Batch).join(Opening).where(Opening.id == opening_id)).one()
    if batch.destroyed_at is not None:
        raise SecretsDestroyed(number=str(batch.number))
    return batch


def _names_between(reader: Reader, first: int, last: int) -> dict[int, str]:
    named = select(Addressee.serial, Addressee.name).where(Addressee.serial.between(first, last))
    return {row.serial: row.name for row in reader.execute(named)}


def _file_label(batch: Batch) -> str:
    return f"print file of batch {batch.number}"


def _say_why_not(tx: Transaction, batch_id: int) -> NoReturn:
    batch = _state_of(tx, batch_id)
    if batch.destroyed_at is not None:
        raise SecretsDestroyed(number=str(batch_number(batch_id)))
    if batch.state is BatchState.SEALED:
        raise WitnessNeeded(field="witness")
    raise BatchNotReady(number=str(batch_number(batch_id)))


def _state_of(tx: Transaction, batch_id: int) -> Row[BatchState, datetime | None]:
    state = tx.execute(select(Batch.state, Batch.destroyed_at).where(Batch.id == batch_id)).one_or_none()
    if state is None:
        raise BatchNotThere
    return state
