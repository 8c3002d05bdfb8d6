"""What is refused of an uploaded table as a whole. (A wrong cell is a `Flaw`.)"""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class NotATable(Refused):
    """A picture, a PDF, a program; or nothing at all."""

    message = N_("This file is not a table. Send a CSV or an Excel workbook (.xlsx).")


class OldWorkbook(Refused):
    """An .xls of before 2007, or a workbook with a password: both are the same kind of file outside."""

    message = N_("This is an old .xls workbook, or one with a password. Save it as .xlsx without a password.")


class Damaged(Refused):
    """A workbook that cannot be read, or is made to break readers."""

    message = N_("This workbook is damaged and cannot be read. Open it, save it anew as .xlsx, and try again.")


class UnknownEncoding(Refused):
    """Text in neither UTF-8 nor GB 18030."""

    message = N_("The letters of this file are in neither UTF-8 nor GBK. Save it as CSV UTF-8, or as .xlsx.")


class OpenQuote(Refused):
    """A quotation mark that is not closed, or closed in the middle of a cell, would swallow rows."""

    message = N_("A quotation mark near row %(row)s is not closed as it should be. Correct it, or save as .xlsx.")


class TableTooLarge(Refused):
    """More rows, columns or bytes than are read."""

    message = N_("This table is too large: at most %(rows)s rows and %(columns)s columns are read at a time.")


class NoRows(Refused):
    """Nothing under the headings."""

    message = N_("There is no row under the headings of this table.")


class ColumnsMissing(Refused):
    """The headings were not found."""

    message = N_("These columns are missing: %(missing)s. The headings that were found are: %(found)s.")


class ColumnTwice(Refused):
    """Two headings mean the same column."""

    message = N_("Two columns mean the same: %(first)s and %(second)s. Remove one of them.")


class FileNotThere(Refused):
    """It was kept for a day and no longer, taken, or there is another one now."""

    message = N_("This file is not kept any more, or another one came in its place. Please upload it again.")


class NoColumnIs(Refused):
    """A column that every list needs."""

    message = N_("No column is “%(name)s” yet, and the list needs it. Is it this one?")


class AnotherIsToo(Refused):
    """Chosen for two columns."""

    message = N_("Column %(first)s is the same. Leave one of them out.")


class ColumnMeansTheSame(Refused):
    """Its heading means what another one means."""

    message = N_("Its heading means the same as that of column %(first)s. Say which of the two it is.")
