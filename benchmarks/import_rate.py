"""The CSV import, with history and report, against the plainest import there is, on one server.

    python -m benchmarks.import_rate [--cis 100000 | --estate FOLDER]

Runs on an embedded Neo4j of its own, or on the empty one at CMDB_NEO4J_URI. Each import runs in a process of
its own, whose greatest memory is told (from /proc, so on Linux). Beside a last one, into a scope of its own,
this process changes one CI at a time.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.raw_import import raw_import
from cmdb.catalogue import load_catalogue
from cmdb.database import Database, prepare
from cmdb.embedded import Address, EmbeddedNeo4j
from cmdb.embedded.files import Files
from cmdb.history import Author
from cmdb.settings import Settings
from cmdb.store import Store, Target, create_cis, update_cis
from importers import import_csv

BENCH = Path(__file__).parents[2] / "shared" / "bench"
AUTHOR = Author("benchmark", "benchmark")
PAUSE = 0.05
"""Seconds between two writes of a person."""
NEW_GOAL, UNCHANGED_GOAL = 0.4, 3.0
"""How many times the rate of the raw import ours should reach."""

Import = Callable[[Address, Path], int]


@dataclass(frozen=True, slots=True)
class Measured:
    """An import: rows, seconds, and the megabytes that its process held at most."""

    rows: int
    seconds: float
    megabytes: float

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


def our_import(address: Address, folder: Path, scope: str = "") -> int:
    with Database(address.uri, address.user, address.password) as database:
        report = import_csv(database, load_catalogue(), AUTHOR, folder, scope=scope)
    rejected = report.cis["rejected"] + report.relationships["rejected"]
    if rejected:
        raise SystemExit(f"{rejected} rows were rejected: {report.files}")
    return report.cis.total() + report.relationships.total()


def measure(run: Import, address: Address, folder: Path) -> Measured:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_measured, run, address, folder).result()


def _measured(run: Import, address: Address, folder: Path) -> Measured:
    start = time.perf_counter()
    rows = run(address, folder)
    return Measured(rows, time.perf_counter() - start, _megabytes())


def _megabytes() -> float:
    """The most this process has held; getrusage would tell of the process it was forked from, too."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


def write_now_and_then(address: Address, ended: Event) -> list[float]:
    """Change one CI again and again; return the seconds that each write took."""
    took: list[float] = []
    with Database(address.uri, address.user, address.password) as database:
        store = Store(database, load_catalogue())
        (id_,), _ = create_cis(store, AUTHOR, [{"class": "server", "name": "edited by a person"}])
        # Nobody's import is to blame for the planning of the first write since the server started.
        update_cis(store, AUTHOR, [(Target(id_), {"description": "first edit"})])
        while not ended.wait(PAUSE):
            start = time.perf_counter()
            update_cis(store, AUTHOR, [(Target(id_), {"description": f"edit {len(took)}"})])
            took.append(time.perf_counter() - start)
    return took


@contextmanager
def server() -> Iterator[Address]:
    settings = Settings()
    if settings.neo4j_uri:
        yield Address(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value())
        return
    with TemporaryDirectory(prefix="linchpin-benchmark-") as home:
        jars = Files.of(settings).jars
        embedded = EmbeddedNeo4j(Settings(home=Path(home), neo4j_port=0, neo4j_jars=jars))
        try:
            yield embedded.start()
        finally:
            embedded.stop()


@contextmanager
def estate(cis: int, folder: Path | None) -> Iterator[Path]:
    if folder:
        yield folder
        return
    with TemporaryDirectory(prefix="linchpin-benchmark-") as out:
        command = [sys.executable, str(BENCH / "estate.py"), "--cis", str(cis), "--out", out]
        subprocess.run(command, check=True)
        yield Path(out)


def compare(address: Address, folder: Path) -> tuple[dict[str, Measured], list[float]]:
    with Database(address.uri, address.user, address.password) as database:
        if database.read("MATCH (n) RETURN n LIMIT 1"):
            raise SystemExit(f"The database at {address.uri} is not empty; benchmarks need one that is.")
        prepare(database, [type_.type for type_ in load_catalogue().relationships.values()])
    measured = {
        "raw, new": measure(raw_import, address, folder),
        "raw, again": measure(raw_import, address, folder),
        "ours, new": measure(our_import, address, folder),
        "ours, unchanged": measure(our_import, address, folder),
    }
    ended = Event()
    took: list[float] = []
    writer = Thread(target=lambda: took.extend(write_now_and_then(address, ended)))
    writer.start()
    measured["ours, new, beside a person"] = measure(
        partial(our_import, scope="beside a person"), address, folder
    )
    ended.set()
    writer.join()
    return measured, took


def show(measured: dict[str, Measured], took: list[float]) -> None:
    table = Table(title=f"CSV import, {measured['ours, new'].rows:,} rows, {os.cpu_count()} cores")
    for column in ("import", "seconds", "rows/s", "against raw", "goal", "client MB"):
        table.add_column(column, justify="left" if column == "import" else "right")
    goals = {"ours, new": ("raw, new", NEW_GOAL), "ours, unchanged": ("raw, again", UNCHANGED_GOAL)}
    for name, one in measured.items():
        against, goal = goals.get(name, (None, None))
        ratio = f"{one.rate / measured[against].rate:.2f}" if against else ""
        wanted = f"≥ {goal}" if goal else ""
        table.add_row(name, f"{one.seconds:.1f}", f"{one.rate:,.0f}", ratio, wanted, f"{one.megabytes:.0f}")
    console = Console()
    console.print(table)
    middle, high, most = np.percentile(np.array(took) * 1000, [50, 95, 100])
    console.print(
        f"One-row writes beside the last import: {len(took)}, median {middle:.0f} ms, "
        f"95 % within {high:.0f} ms, longest {most:.0f} ms (goal: under 500 ms)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cis", type=int, default=100_000)
    parser.add_argument("--estate", type=Path, help="folder with cis.csv and relationships.csv")
    arguments = parser.parse_args()
    with estate(arguments.cis, arguments.estate) as folder, server() as address:
        show(*compare(address, folder))


if __name__ == "__main__":
    main()
