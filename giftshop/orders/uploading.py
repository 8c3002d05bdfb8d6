"""The file of an order's list, kept while the buyer looks at what was read of it and says which column is what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from giftshop import tabular
from giftshop.db import Reader, Transaction
from giftshop.orders import drafts
from giftshop.orders.lists import COLUMNS, ECARD_COLUMNS, ReadList, read_people
from giftshop.orders.models import Order
from giftshop.orders.rules import Delivery
from giftshop.tabular import Column, KeptFile, Layout, Upload

People = Sequence[Mapping[str, str]]


def columns_of(order: Order) -> Sequence[Column]:
    """Return the columns that the list of an order may have."""
    return ECARD_COLUMNS if order.is_digital else COLUMNS


def headings_of(firm_id: int) -> str:
    """Return by what the headings are known that a firm's people named by hand, in any list of recipients."""
    return f"orders/{firm_id}"


def read_list(order: Order, sheet: tabular.Sheet, layout: Layout) -> ReadList:
    """Read the people of an order's list. Raises refusals of `giftshop.tabular`."""
    return read_people(
        tabular.table_of(sheet, layout),
        needs_address=order.delivery is Delivery.DIRECT,
        is_digital=order.is_digital,
    )


def file_of(reader: Reader, order_id: int) -> KeptFile | None:
    """Return the file that an order's list was read from, while it is looked at."""
    return tabular.kept_file(reader, drafts.place_of(order_id))


def take_file(tx: Transaction, order_id: int, firm_id: int, upload: Upload, people: People, *, at: datetime) -> None:
    """Keep an uploaded file, with the people it names when it was read without fault.

    It takes the place of the file before. Raises NotADraft, TooManyCards.
    """
    drafts.set_upload(tx, order_id, firm_id, upload.filename, people, at=at)
    tabular.keep_file(tx, drafts.place_of(order_id), upload, at=at)


def lay_out(
    tx: Transaction, order_id: int, firm_id: int, layout: Layout, people: People, *, seen: KeptFile, at: datetime
) -> None:
    """Set which column of the kept file is what, with the people that it names then when it was read without fault.

    The firm's next list with these headings is read so at once. Raises NotADraft, FileNotThere, TooManyCards.
    """
    drafts.set_upload(tx, order_id, firm_id, seen.filename, people, at=at)
    tabular.lay_out(tx, drafts.place_of(order_id), layout, seen=seen.uploaded_at)
    if people:
        tabular.remember(tx, headings_of(firm_id), seen.lead, layout)
