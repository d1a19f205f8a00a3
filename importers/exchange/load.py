"""Imports tables of the exchange format: all of them are read and sorted first, then written."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.history import Author
from cmdb.people import Team
from cmdb.reconciliation import Observation, Rejection
from cmdb.runs import RETIRE_AT_MOST, Report, Run
from importers.collecting import rarely_collecting
from importers.exchange.cis import observe_cis
from importers.exchange.independent import with_independent
from importers.exchange.layout import layout_of
from importers.exchange.rejects import Rejects
from importers.exchange.relationships import RelationshipRows
from importers.exchange.rows import Form
from importers.exchange.source import find_tables
from importers.exchange.teams import read_teams
from importers.progress import Progress
from importers.rejects import rejects_now
from importers.sorting import Keyed, SortedRows
from importers.tables import Table

TICK = 10_000
"""Rows read between two calls of progress."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """A table, its rows by key."""

    form: Form
    rows: SortedRows


def import_csv(
    database: Database,
    catalogue: Catalogue,
    author: Author,
    path: Path,
    *,
    source: str = "csv",
    scope: str = "",
    complete: bool = False,
    dry_run: bool = False,
    retire_at_most: float = RETIRE_AT_MOST,
    rejects: Path | None = None,
    progress: Progress = lambda *_: None,
) -> Report:
    """Import a folder with `cis`, `relationships` and `teams` tables, or one file, and report.

    A native id means the same thing whenever it comes with the same `source` and `scope`. `complete`: the
    tables hold all that the source knows of the scope; see `Run`. Rows that do not fit are written to files
    in the folder `rejects` (unset: `rejected-` and the time, in the current folder), which `Report.files`
    names and which can be corrected and imported again.

    Raises InvalidInput, before anything is written, where a file cannot be read to its end, is
    not UTF-8 (nor UTF-16 with its mark), or has a header with mistakes.
    """
    run = Run(
        database,
        catalogue,
        author,
        source,
        scope,
        complete=complete,
        dry_run=dry_run,
        retire_at_most=retire_at_most,
    )
    with ExitStack() as stack, rarely_collecting():
        tables = {name: _sort(stack, table, progress) for name, table in find_tables(path).items()}
        if complete and "cis" not in tables:
            raise InvalidInput(f"{path} holds no table of CIs, so it cannot be complete.")
        forms = {name: table.form for name, table in tables.items()}
        written = stack.enter_context(Rejects(rejects or rejects_now(), forms))
        total = sum(len(table.rows) for table in tables.values())
        run.take_in(
            chain(
                _teams(tables.get("teams")),
                _observations(catalogue, tables, complete),
            ),
            lambda done: progress("writing", done, total),
            written.write,
        )
        run.report.files = [str(file) for file in written.files]
    return run.report


def _sort(stack: ExitStack, table: Table, progress: Progress) -> Sorted:
    form = Form.of(layout_of(table), table.columns)
    rows = _counted(form.keyed(table.columns, table.rows), progress)
    return Sorted(form, stack.enter_context(SortedRows(rows)))


def _counted(rows: Iterator[Keyed], progress: Progress) -> Iterator[Keyed]:
    for number, row in enumerate(rows):
        if number % TICK == 0:
            progress("reading", number, None)
        yield row


def _teams(table: Sorted | None) -> Iterator[Team | Rejection]:
    if table:
        teams, rejected = read_teams(table.form, table.rows)
        yield from teams
        yield from rejected


def _observations(
    catalogue: Catalogue, tables: Mapping[str, Sorted], complete: bool
) -> Iterator[Observation | Rejection]:
    cis, relationships = tables.get("cis"), tables.get("relationships")
    if cis:
        yield from observe_cis(cis.form, cis.rows)
    if relationships:
        told = RelationshipRows(catalogue, relationships.form, complete).observe(relationships.rows)
        yield from with_independent(cis.rows, told) if cis and complete else told
