"""The directory as a table: read from CSV and XLSX, written to them."""

from .columns import GROUP_COLUMNS, ORGANISATION_COLUMNS, Column, Row, Table
from .reading import MAX_BYTES, SheetProblem, read_packed, read_sent, read_sheet
from .writing import csv_bytes, pack, xlsx_bytes

__all__ = [
    "GROUP_COLUMNS",
    "MAX_BYTES",
    "ORGANISATION_COLUMNS",
    "Column",
    "Row",
    "SheetProblem",
    "Table",
    "csv_bytes",
    "pack",
    "read_packed",
    "read_sent",
    "read_sheet",
    "xlsx_bytes",
]
