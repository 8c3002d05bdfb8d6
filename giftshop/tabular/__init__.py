"""Tables that people upload and download: CSV in UTF-8 or GBK, and Excel workbooks.

Reading is for strangers' files: limits before unpacking, no entities, every refusal with its row and reason.
"""

from giftshop.tabular.limits import MAX_ROWS
from giftshop.tabular.table import Column, Flaw, Row, Table, read_table
from giftshop.tabular.writing import inert, stream_csv, stream_workbook, write_csv

__all__ = [
    "MAX_ROWS",
    "Column",
    "Flaw",
    "Row",
    "Table",
    "inert",
    "read_table",
    "stream_csv",
    "stream_workbook",
    "write_csv",
]
