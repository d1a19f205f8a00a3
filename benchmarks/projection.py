"""The graph in memory: loading, following one write, starting from the file, and its memory.

    python -m benchmarks.projection [--cis 100000 | --estate FOLDER | --loaded]

Runs on an embedded Neo4j of its own, or on the empty one at CMDB_NEO4J_URI; with `--loaded` on that one as it
is. Memory is told from /proc, so on Linux.
"""

import argparse
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from rich.console import Console
from rich.table import Table

from benchmarks.import_rate import AUTHOR, estate, our_import, server
from cmdb.catalogue import Catalogue, load_catalogue
from cmdb.database import Database, prepare
from cmdb.embedded import Address
from cmdb.history import latest
from cmdb.store import Link, Store, Target, relate, update_cis
from impact.projection import CIRow, Projection, RelationshipRow, Saved, build, load
from impact.projection.follow import follow

T = TypeVar("T")
LOADS, WRITES = 3, 30


class Measured(NamedTuple):
    """Milliseconds of each repetition, and megabytes before, at most and after the loading."""

    size: str
    times: dict[str, list[float]]
    memory: tuple[float, float, float]


def timed(times: list[float], work: Callable[[], T]) -> T:
    begin = time.perf_counter()
    result = work()
    times.append((time.perf_counter() - begin) * 1000)
    return result


def megabytes(field: str = "VmRSS") -> float:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status[field].split()[0]) / 1024


def measure(address: Address, folder: Path) -> Measured:
    catalogue = load_catalogue()
    strengths = {name: type_.strength for name, type_ in catalogue.relationships.items()}
    build([CIRow(1, "server", "operational")], [RelationshipRow(1, 1, "runs_on")], strengths)
    times: dict[str, list[float]] = {
        name: [] for name in ("load", "save", "start from file", "follow a write")
    }
    with Database(address.uri, address.user, address.password) as database:
        revision = latest(database)
        before = megabytes()
        projection = timed(times["load"], lambda: load(database, strengths, revision))
        memory = before, megabytes("VmHWM"), megabytes()
        for _ in range(LOADS - 1):
            timed(times["load"], lambda: load(database, strengths, revision))
        saved = Saved(folder / "projection.npz")
        for _ in range(LOADS):
            timed(times["save"], lambda: saved.write(projection))
            timed(times["start from file"], lambda: saved.read(database, strengths))
        times["follow a write"] = followed(database, catalogue, projection)
    size = f"{len(projection.cis):,} CIs, {projection.groups.live:,} relationships"
    return Measured(size, times, memory)


def followed(database: Database, catalogue: Catalogue, projection: Projection) -> list[float]:
    """Write again and again, an attribute or a dependency; milliseconds that each took to follow."""
    store = Store(database, catalogue)
    ids = [projection.cis.uuid(ci) for ci in range(WRITES + 1)]
    times: list[float] = []
    for number, (one, other) in enumerate(pairwise(ids)):
        if number % 2:
            update_cis(store, AUTHOR, [(Target(one), {"description": f"at {time.time()}"})])
        else:
            relate(store, AUTHOR, [Link(one, "uses", other, "benchmark", {"need": 1})])
        revision = latest(database)
        newer = timed(times, partial(follow, database, projection, revision))
        if newer is None:
            raise SystemExit("A single write was not followed.")
        projection = newer
    return times


def show(measured: Measured) -> None:
    table = Table(title=f"The projection of {measured.size}, {os.cpu_count()} cores")
    for column in ("what", "median ms", "best ms"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for name, taken in measured.times.items():
        table.add_row(name, f"{median(taken):,.1f}", f"{min(taken):,.1f}")
    console = Console()
    console.print(table)
    before, most, after = measured.memory
    console.print(
        f"Memory: {after - before:.0f} MB more once loaded, {most - before:.0f} MB at most meanwhile"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cis", type=int, default=100_000)
    parser.add_argument("--estate", type=Path, help="folder with cis.csv and relationships.csv")
    parser.add_argument("--loaded", action="store_true", help="measure on what the database holds")
    arguments = parser.parse_args()
    with server() as address, TemporaryDirectory(prefix="linchpin-benchmark-") as folder:
        if not arguments.loaded:
            with estate(arguments.cis, arguments.estate) as data:
                filled(address, data)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            show(process.submit(measure, address, Path(folder)).result())


def filled(address: Address, data: Path) -> None:
    with Database(address.uri, address.user, address.password) as database:
        if database.read("MATCH (n) RETURN n LIMIT 1"):
            raise SystemExit(f"The database at {address.uri} is not empty; benchmarks need one that is.")
        prepare(database, [type_.type for type_ in load_catalogue().relationships.values()])
    our_import(address, data)


if __name__ == "__main__":
    main()
