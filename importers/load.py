"""Imports one source through its importer."""

from pathlib import Path

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.runs import RETIRE_AT_MOST, Report, Run
from importers.collecting import rarely_collecting
from importers.importer import Importer, Origin
from importers.progress import Progress
from importers.rejects import RejectedRows, rejects_now


def import_source(
    database: Database,
    catalogue: Catalogue,
    author: Author,
    importer: Importer,
    origin: Origin,
    *,
    source: str = "",
    scope: str = "",
    complete: bool = False,
    dry_run: bool = False,
    retire_at_most: float = RETIRE_AT_MOST,
    rejects: Path | None = None,
    progress: Progress = lambda *_: None,
) -> Report:
    """Read `origin` and take in what it says that is new.

    `source` (unset: the importer's name) and `scope` say whose view it is: a native id means the same thing
    whenever it comes with the same two. Rows that do not fit go to files in the folder `rejects` (unset:
    `rejected-` and the time, in the current folder), which `Report.files` names.

    Raises InvalidInput, before anything is written, for options that the importer does not have.
    """
    told = Origin(origin.location, importer.all_options(origin.options), origin.environment)
    run = Run(
        database,
        catalogue,
        author,
        source or importer.name,
        scope,
        complete=complete,
        dry_run=dry_run,
        retire_at_most=retire_at_most,
    )
    with rarely_collecting(), RejectedRows(rejects or rejects_now()) as written:
        run.take_in(importer.read(told), lambda done: progress("writing", done, None), written.write)
        run.report.files = [str(file) for file in written.files]
    return run.report
