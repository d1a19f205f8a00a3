"""The import of 24,918 incidents with their history, what a person waits beside it, and the reports on them.

    python -m benchmarks.record_import [--log incident_event_log.csv.xz]

Runs on an embedded Neo4j of its own, or on the empty one at CMDB_NEO4J_URI.
"""

import argparse
import lzma
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.import_rate import server
from cmdb.access import Actor, Role
from cmdb.arrivals import RecordReport
from cmdb.catalogue import load_catalogue
from cmdb.database import Database, prepare
from cmdb.embedded import Address
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import By, Edit, open_record
from cmdb.reports import REPORTS, Asked, make_report
from cmdb.store import Store
from importers.importer import Origin
from importers.records import import_records, record_reader

LOG = Path(__file__).parents[2] / "shared/data/servicenow-log/incident_event_log.csv.xz"
AUTHOR = Author("benchmark", "benchmark")
PERSON = By(Actor("person", Role.OPERATOR), "benchmark")
PAUSE = 0.05
"""Seconds between two incidents that a person opens."""
YEAR = Asked(date(2016, 2, 1), date(2017, 3, 1))


def take_in(store: Store, log: Path, source: str, dry_run: bool = False) -> tuple[RecordReport, float]:
    """The report, and seconds."""
    start = time.perf_counter()
    report = import_records(
        open_desk(store),
        store.policies,
        AUTHOR,
        record_reader("servicenow-log"),
        Origin(str(log), {"times": "%d/%m/%Y %H:%M"}),
        source=source,
        dry_run=dry_run,
    )
    return report, time.perf_counter() - start


@contextmanager
def opening_incidents(address: Address) -> Iterator[list[float]]:
    """A person who opens incidents meanwhile, and waits; the seconds of each."""
    took: list[float] = []
    ended = Event()

    def work() -> None:
        with Database(address.uri, address.user, address.password) as database:
            desk = open_desk(Store(database, load_catalogue()))
            while not ended.wait(PAUSE):
                start = time.perf_counter()
                open_record(desk, PERSON, "incident", Edit(values={"title": f"beside {len(took)}"}))
                took.append(time.perf_counter() - start)

    writer = Thread(target=work)
    writer.start()
    yield took
    ended.set()
    writer.join()


def imports(store: Store, address: Address, log: Path, console: Console) -> None:
    table = Table(title=f"Import of records, {os.cpu_count()} cores")
    for column in ("import", "records", "entries", "seconds", "entries/s"):
        table.add_column(column, justify="left" if column == "import" else "right")
    entries = 0

    def add(name: str, measured: tuple[RecordReport, float]) -> None:
        nonlocal entries
        report, seconds = measured
        entries = report.entries or entries
        count = report.records["incident"].total()
        table.add_row(
            name, f"{count:,}", f"{report.entries:,}", f"{seconds:.1f}", f"{entries / seconds:,.0f}"
        )

    add("rehearsed", take_in(store, log, "servicenow", dry_run=True))
    add("new", take_in(store, log, "servicenow"))
    add("unchanged", take_in(store, log, "servicenow"))
    with opening_incidents(address) as took:
        add("new, beside a person", take_in(store, log, "beside"))
    console.print(table)
    middle, high, most = np.percentile(np.array(took) * 1000, [50, 95, 100])
    console.print(
        f"Incidents opened beside the last import: {len(took)}, median {middle:.0f} ms, "
        f"95 % within {high:.0f} ms, longest {most:.0f} ms"
    )


def reports(store: Store, console: Console) -> None:
    (row,) = store.database.read("MATCH (record:Incident) RETURN count(record) AS count")
    table = Table(title=f"Reports on {row['count']:,} incidents")
    table.add_column("report")
    table.add_column("seconds", justify="right")
    for name in REPORTS:
        start = time.perf_counter()
        make_report(store, open_desk(store), name, YEAR, datetime.now(UTC))
        table.add_row(name, f"{time.perf_counter() - start:.2f}")
    console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--log", type=Path, default=LOG, help="the published log, packed with xz")
    arguments = parser.parse_args()
    console = Console()
    with TemporaryDirectory(prefix="linchpin-benchmark-") as folder, server() as address:
        log = Path(folder) / "log.csv"
        with lzma.open(arguments.log) as packed, log.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        with Database(address.uri, address.user, address.password) as database:
            if database.read("MATCH (n) RETURN n LIMIT 1"):
                raise SystemExit(f"The database at {address.uri} is not empty; benchmarks need one that is.")
            store = Store(database, load_catalogue())
            prepare(database, [type_.type for type_ in store.catalogue.relationships.values()])
            imports(store, address, log, console)
            reports(store, console)


if __name__ == "__main__":
    main()
