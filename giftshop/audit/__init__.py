"""Audit: who did what, when, to what. Events are committed with what they tell of, and sealed into a chain.

Nothing waits for the seal: the worker chains every few seconds what was committed, and anchors the end of the chain
outside the database, since a chain alone cannot show that its last links were cut off or all of it was made anew.
"""

from giftshop.audit.anchoring import begin_anew, keep_anchor, kept_anchor, kept_anchors
from giftshop.audit.chain import Anchor
from giftshop.audit.checks import last_checks, note_check
from giftshop.audit.models import AuditCheck, AuditEvent
from giftshop.audit.queries import Tail, Touched, Verdict, touched_by, verify
from giftshop.audit.rules import Fault
from giftshop.audit.service import end_of_chain, record, seal

__all__ = [
    "Anchor",
    "AuditCheck",
    "AuditEvent",
    "Fault",
    "Tail",
    "Touched",
    "Verdict",
    "begin_anew",
    "end_of_chain",
    "keep_anchor",
    "kept_anchor",
    "kept_anchors",
    "last_checks",
    "note_check",
    "record",
    "seal",
    "touched_by",
    "verify",
]
