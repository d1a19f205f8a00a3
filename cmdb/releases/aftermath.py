"""What a release has led to."""

from cmdb.database import Database
from cmdb.records import Record, related_to


def caused_by(database: Database, number: str) -> list[Record]:
    """The incidents that name a release as what caused them, by number."""
    return [record for type_, record in related_to(database, number) if type_ == "caused_by"]
