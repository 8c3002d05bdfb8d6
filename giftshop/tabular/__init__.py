"""Tables that people upload and download: CSV in UTF-8 or GBK, and Excel workbooks.

Reading is for strangers' files: limits before unpacking, no entities, every refusal with its row and reason. A file
whose columns a person still has to name is kept meanwhile, for a day at most.
"""

from giftshop.tabular.errors import FileNotThere
from giftshop.tabular.forms import ColumnsForm, columns_form
from giftshop.tabular.keeping import (
    Upload,
    forget_file,
    forget_files,
    keep_file,
    kept_file,
    lay_out,
    layout_for,
    remember,
)
from giftshop.tabular.limits import MAX_ROWS
from giftshop.tabular.models import KeptFile
from giftshop.tabular.table import Column, Flaw, Layout, Row, Sheet, Table, is_clear, read_sheet, read_table, table_of
from giftshop.tabular.writing import inert, stream_csv, stream_workbook, write_csv

__all__ = [
    "MAX_ROWS",
    "Column",
    "ColumnsForm",
    "FileNotThere",
    "Flaw",
    "KeptFile",
    "Layout",
    "Row",
    "Sheet",
    "Table",
    "Upload",
    "columns_form",
    "forget_file",
    "forget_files",
    "inert",
    "is_clear",
    "keep_file",
    "kept_file",
    "lay_out",
    "layout_for",
    "read_sheet",
    "read_table",
    "remember",
    "stream_csv",
    "stream_workbook",
    "table_of",
    "write_csv",
]
