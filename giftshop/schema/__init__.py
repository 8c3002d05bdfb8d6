"""The schema's life: migrating it, and the mark that says what a database was made for."""

from giftshop.schema.marks import DatabaseOfAnotherMode, SiteFact, is_noted, note, refuse_another_mode
from giftshop.schema.migrate import migrate, newest_revision, revision_of

__all__ = [
    "DatabaseOfAnotherMode",
    "SiteFact",
    "is_noted",
    "migrate",
    "newest_revision",
    "note",
    "refuse_another_mode",
    "revision_of",
]
