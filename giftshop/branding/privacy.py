"""A contact line may name a person with a phone number or an e-mail address; so may a firm's own greeting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update

from giftshop.branding.models import BrandGreeting, BrandKit
from giftshop.branding.occasions import Occasion
from giftshop.db import Reader, Transaction
from giftshop.kernel.locale import N_
from giftshop.kernel.retention import Retention
from giftshop.web.privacy import Eraser, RowKey, Traces, Whom

LAST_DIGITS: Final = 8
"""Of a phone number: enough to find it however its country and its spaces are written."""


def erasers(keep: Retention) -> list[Eraser]:
    """Return what branding knows of people; a line stands until it is changed or somebody asks."""
    lines, words = N_("Contact lines of brands"), N_("Greetings of brands")
    return [
        Eraser("branding.contact_lines", lines, _lines, _no_lines, keep.lists, None),
        Eraser("branding.greetings", words, _greetings, _no_greetings, keep.lists, None),
    ]


def _lines(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    rows = reader.execute(select(BrandKit.firm_id, BrandKit.contact_line).where(BrandKit.contact_line != ""))
    return Traces([firm_id for firm_id, line in rows if _names(line, whom)])


def _no_lines(tx: Transaction, rows: Sequence[RowKey]) -> int:
    known = (BrandKit.firm_id.in_(rows), BrandKit.contact_line != "")
    return tx.change(update(BrandKit).where(*known).values(contact_line="", version=BrandKit.version + 1))


def _greetings(reader: Reader, whom: Whom, _at: datetime) -> Traces:
    rows = reader.scalars(select(BrandGreeting))
    found = [row for row in rows if _names(f"{row.headline}\n{row.message}", whom)]
    return Traces([f"{row.firm_id}/{row.occasion}/{row.locale}" for row in found])


def _no_greetings(tx: Transaction, rows: Sequence[RowKey]) -> int:
    return sum(_no_greeting(tx, *str(row).split("/")) for row in rows)


def _no_greeting(tx: Transaction, firm_id: str, occasion: str, locale: str) -> int:
    of_occasion = (BrandGreeting.occasion == Occasion(occasion), BrandGreeting.locale == locale)
    return tx.change(delete(BrandGreeting).where(BrandGreeting.firm_id == int(firm_id), *of_occasion))


def _names(text: str, whom: Whom) -> bool:
    """Whether a text gives this person's phone or mailbox."""
    number = re.sub(r"\D", "", whom.phone)[-LAST_DIGITS:]
    has_number = len(number) == LAST_DIGITS and number in re.sub(r"[^\d]", "", text)
    return has_number or bool(whom.email and whom.email in text.lower())
