"""What the address bar asks of the queue: view, carrier, promised day, firm, words; and back into an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from giftshop.fulfilment.models import Carrier
from giftshop.fulfilment.presenting import DONE_VIEWS, VIEWS, sees_receivers, view_filter
from giftshop.fulfilment.queries import Cursor, QueueFilter
from giftshop.fulfilment.rules import NUMBERS, tracking_code
from giftshop.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see. What is not understood is left out: it can only come from a hand-made address."""

    view: str
    carrier: Carrier | None = None
    firm_id: int | None = None
    promised_by: date | None = None
    text: str = ""
    cursor: Cursor | None = None

    @classmethod
    def read(cls, args: Mapping[str, str], carriers: Sequence[Carrier]) -> Asked:
        """Return what `args` ask: without a view, what is to be packed; with words and no view, everything."""
        text = args.get("q", "").strip()[:80]
        view = args.get("view", "" if text else "waiting")
        code = args.get("carrier", "")
        firm = args.get("firm", "")
        return cls(
            view=view if view in {*VIEWS, *DONE_VIEWS} else "",
            carrier=next((carrier for carrier in carriers if carrier.code == code), None),
            firm_id=int(firm) if firm.isascii() and firm.isdigit() and len(firm) < 19 else None,
            promised_by=_day(args.get("by", "")),
            text=text,
            cursor=Cursor.read(args.get("at")),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether more is asked than a view."""
        return bool(self.carrier or self.firm_id or self.promised_by or self.text)

    def wanted(self, person: Actor) -> QueueFilter:
        """Return the filter; whoever must not see receivers cannot find anything out by searching for them either."""
        view = view_filter(self.view)
        days = [day for day in (view.promised_by, self.promised_by) if day]
        names_a_parcel = bool(NUMBERS.id_in(self.text)) or _is_tracking(self.text)
        return replace(
            view,
            carrier_id=self.carrier.id if self.carrier else None,
            firm_id=self.firm_id,
            promised_by=min(days) if days else None,
            text=self.text,
            is_nothing=bool(self.text) and not names_a_parcel and not sees_receivers(person),
        )

    def args(self, **changes: str | None) -> dict[str, str]:
        """Return this as the query of an address, without the place in the queue unless it is given."""
        asked: dict[str, str | None] = {
            "view": self.view,
            "carrier": self.carrier.code if self.carrier else None,
            "firm": str(self.firm_id) if self.firm_id else None,
            "by": self.promised_by.isoformat() if self.promised_by else None,
            "q": self.text or None,
        } | changes
        return {name: value for name, value in asked.items() if value is not None}

    def url(self, **changes: str | None) -> str:
        """Return the address of the queue as this asks, with `changes`."""
        return url_for("fulfilment.queue", **self.args(**changes))  # type: ignore[arg-type]  # only strings

    def page_url(self, cursor: Cursor | None) -> str | None:
        """Return the address of a neighbouring page, or None where there is none."""
        return self.url(at=str(cursor)) if cursor else None


def _is_tracking(text: str) -> bool:
    """Whether this is a carrier's number; eleven digits alone would rather be somebody's telephone."""
    code = tracking_code(text)
    return code is not None and not (code.isdigit() and len(code) <= 11)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
