"""Tables of text from files: text, packed with gzip or not, and `.xlsx`, row by row with line numbers."""

from importers.tables.encoding import ENCODING, encoding_of
from importers.tables.files import SUFFIXES, open_tables
from importers.tables.table import Row, Table

__all__ = ["ENCODING", "SUFFIXES", "Row", "Table", "encoding_of", "open_tables"]
