"""Audit: who did what, when, to what. Events are committed with what they tell of, and sealed into a chain."""

from giftshop.audit.models import AuditEvent
from giftshop.audit.service import record, seal, verify

__all__ = ["AuditEvent", "record", "seal", "verify"]
