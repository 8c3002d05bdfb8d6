"""Privacy: what is known of people goes when its purpose has ended, and at once when they ask.

Owns no tables and knows none: each room registers what it holds of people (`app.erasers`), and here it is found,
counted and erased, each night and on request. The ledger and the audit hold nobody's data and are never touched.
"""

from giftshop.privacy.service import Finding, erase, find, forget_what_is_past

__all__ = ["Finding", "erase", "find", "forget_what_is_past"]
