"""Tables of any source, CSV or Excel, read as a mapping file says."""

from importers.importer import Importer, Kind, Option
from importers.mapped.reading import read
from importers.tables import ENCODING

IMPORTER = Importer(
    name="table",
    title="Any table with a mapping file",
    read=read,
    kinds=(
        Kind("a row of a table under things", "any class", "the one that the mapping gives"),
        Kind("a cell under relations", "any relationship type", "the one that the mapping gives"),
        Kind("a row of a table under links", "any relationship type", "the one that the mapping gives"),
        Kind("a table that the mapping does not speak of", "", "the mapping is the choice of what is read"),
        Kind("a row that a skip condition meets", "", "the mapping says so"),
    ),
    options=(
        Option("mapping", "The mapping file: what the columns mean, in TOML. Required."),
        ENCODING,
    ),
)

__all__ = ["IMPORTER"]
