"""The file of somebody's nominations, kept while they look at what was read of it and say which column is what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from giftshop import tabular
from giftshop.campaigns import nominating
from giftshop.campaigns.nominating import Nomination
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.tabular import KeptFile, Layout, Upload


def headings_of(firm_id: int) -> str:
    """Return by what the headings are known that a firm's people named by hand, in any list of nominees."""
    return f"campaigns/{firm_id}"


def file_of(reader: Reader, campaign_id: int, by: Actor) -> KeptFile | None:
    """Return the file that a person's list was read from, while they look at it."""
    return tabular.kept_file(reader, nominating.place_of(campaign_id, by))


def take_file(
    tx: Transaction,
    campaign_id: int,
    firm_id: int,
    upload: Upload,
    read: Sequence[Nomination] | None,
    *,
    today: date,
    by: Actor,
    at: datetime,
) -> None:
    """Keep an uploaded file, with the nominations that were read of it; None: not without fault.

    It takes the place of the file before. Raises ListClosed, ListTooLong.
    """
    _keep(tx, campaign_id, firm_id, upload.filename, read, today=today, by=by, at=at)
    tabular.keep_file(tx, nominating.place_of(campaign_id, by), upload, at=at)


def lay_out(
    tx: Transaction,
    campaign_id: int,
    firm_id: int,
    layout: Layout,
    read: Sequence[Nomination] | None,
    *,
    seen: KeptFile,
    today: date,
    by: Actor,
    at: datetime,
) -> None:
    """Set which column of the kept file is what, with the nominations that were read of it then; None likewise.

    The firm's next list with these headings is read so at once. Raises ListClosed, ListTooLong, FileNotThere.
    """
    _keep(tx, campaign_id, firm_id, seen.filename, read, today=today, by=by, at=at)
    tabular.lay_out(tx, nominating.place_of(campaign_id, by), layout, seen=seen.uploaded_at)
    if read is not None:
        tabular.remember(tx, headings_of(firm_id), seen.lead, layout)


def _keep(
    tx: Transaction,
    campaign_id: int,
    firm_id: int,
    filename: str,
    read: Sequence[Nomination] | None,
    *,
    today: date,
    by: Actor,
    at: datetime,
) -> None:
    if read is None:
        nominating.refuse_list(tx, campaign_id, firm_id, 0, today=today)
        nominating.forget_list(tx, campaign_id, by.id)
    else:
        nominating.keep_list(tx, campaign_id, firm_id, filename, read, today=today, by=by, at=at)
