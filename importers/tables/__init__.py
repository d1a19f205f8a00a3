"""Tables of text from files: `.csv`, `.csv.gz` and `.xlsx`, row by row with line numbers."""

from importers.tables.files import SUFFIXES, open_tables
from importers.tables.table import Row, Table

__all__ = ["SUFFIXES", "Row", "Table", "open_tables"]
