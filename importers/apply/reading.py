"""Reads documents of CIs, relationships and teams; all of a document is right, or nothing of it is read."""

from collections.abc import Callable, Iterator
from pathlib import Path

from cmdb.catalogue import load_catalogue
from cmdb.errors import InvalidInput
from importers.apply.document import Item, read_documents, tell
from importers.apply.entries import Entries
from importers.importer import Origin, Row


def read(origin: Origin) -> Iterator[Row]:
    """Yield teams, then CIs. Raises InvalidInput that tells all mistakes, each with file, line and key."""
    documents = read_documents(origin.path)
    if not any(document.value for document in documents):
        raise InvalidInput(f"{origin.location} holds no document.")
    own = origin.environment.get("CMDB_CATALOGUE")
    entries = Entries(load_catalogue(Path(own) if own else None))
    sections: dict[str, Callable[[Item], None]] = {
        "teams": entries.add_team,
        "cis": entries.add_ci,
        "relationships": entries.add_relationship,
    }
    for section, add in sections.items():
        for document in documents:
            for item in document.items(section):
                add(item)
    entries.close()
    faults = [fault for document in documents for fault in document.faults()]
    tell(sorted(faults + entries.mistakes))
    yield from entries.teams.values()
    yield from entries.observations()
