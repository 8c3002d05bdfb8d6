"""Liability: what is owed to whom at the end of any day, why, and whether the books add up.

Reads across cards and ledger, and changes neither. Owns the proofs: each night everything is added up again, and what
does not agree is kept and shown. The report is worked out from postings, so that a day of last year is told as it was.
"""

from giftshop.liability.proving import Outcome, differences, last_proof, prove
from giftshop.liability.report import Asked, Forecast, Report, Sums, report
from giftshop.liability.rules import Age, Place

__all__ = [
    "Age",
    "Asked",
    "Forecast",
    "Outcome",
    "Place",
    "Report",
    "Sums",
    "differences",
    "last_proof",
    "prove",
    "report",
]
