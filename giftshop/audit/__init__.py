"""Audit: who did what, when, to what. Events are committed with what they tell of, and sealed into a chain.

Nothing waits for the seal: the worker chains every few seconds what was committed, and anchors the end of the chain
outside the database, since a chain alone cannot show that its last links were cut off or all of it was made anew.
"""

from giftshop.audit.anchoring import keep_anchor, kept_anchor
from giftshop.audit.chain import Anchor
from giftshop.audit.models import AuditEvent
from giftshop.audit.queries import Fault, Tail, Verdict, verify
from giftshop.audit.service import record, seal

__all__ = [
    "Anchor",
    "AuditEvent",
    "Fault",
    "Tail",
    "Verdict",
    "keep_anchor",
    "kept_anchor",
    "record",
    "seal",
    "verify",
]
