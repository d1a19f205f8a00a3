"""Imports records of other systems through their readers."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from cmdb.arrivals import RecordReport, take_in_records
from cmdb.catalogue.suggest import did_you_mean
from cmdb.errors import InvalidInput
from cmdb.history import Author
from cmdb.policy import Policies
from cmdb.records import Desk
from importers.collecting import rarely_collecting
from importers.importer import Origin
from importers.progress import Progress
from importers.record_reader import RecordReader
from importers.rejects import RejectedRows, rejects_now

READERS: Mapping[str, str] = {
    "servicenow": "importers.servicenow.tasks:TABLES",
    "servicenow-log": "importers.servicenow.tasks:LOG",
}
"""Where the readers are; each is loaded when it is asked for."""


def record_reader(name: str) -> RecordReader:
    """The reader of that name. Raises InvalidInput where there is none."""
    if name not in READERS:
        raise InvalidInput(
            f"No reader of records is called {name!r}{did_you_mean(name, READERS)}; "
            f"there are {', '.join(READERS)}."
        )
    module, _, attribute = READERS[name].partition(":")
    found = getattr(import_module(module), attribute)
    assert isinstance(found, RecordReader), f"{READERS[name]} is no RecordReader"
    return found


def import_records(
    desk: Desk,
    policies: Policies,
    author: Author,
    reader: RecordReader,
    origin: Origin,
    *,
    source: str,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress = lambda *_: None,
) -> RecordReport:
    """Read `origin` and take in what its records say that is new.

    `source` says whose records they are: a key means the same record whenever it comes with the same source.
    Rows that do not fit go to files in the folder `rejects` (unset: `rejected-` and the time, in the current
    folder), which `RecordReport.files` names.

    Raises InvalidInput, before anything is written, for options that the reader does not have, and
    CatalogueError for mistakes in policies.
    """
    told = Origin(origin.location, reader.all_options(origin.options), origin.environment)
    with rarely_collecting(), RejectedRows(rejects or rejects_now()) as written:
        report = take_in_records(
            desk,
            author,
            source,
            reader.read(told, policies),
            dry_run=dry_run,
            progress=lambda done: progress("writing", done, None),
            rejected=written.write,
        )
        report.files = [str(file) for file in written.files]
    return report
