"""Collisions of a new change with 2,000 open ones, on an estate that was imported into Neo4j.

    python -m benchmarks.change_collisions [--cis 100000] [--estate FOLDER] [--changes 2000]

Runs on an embedded Neo4j of its own, or on the empty one at CMDB_NEO4J_URI. The answer includes reading the
records. As many changes begin within a month, and in another month as many within one day; all have random
plans, see `benchmarks.collisions`. The engine has the graph and was asked nothing before.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from rich.console import Console
from rich.table import Table

from api.practices.change import Bureau, collisions_of, find, open_bureau, windows_for
from api.practices.change.collisions import planned
from benchmarks.collisions import random_change
from benchmarks.import_rate import estate, our_import, server
from cmdb.access import Actor, Role
from cmdb.catalogue import load_catalogue
from cmdb.changes import CHANGED, changes_between
from cmdb.database import Database, prepare
from cmdb.embedded import Address
from cmdb.history import Draft, revise
from cmdb.records import By, Desk, Edit, Record, opened
from cmdb.store import Store
from impact import ImpactEngine
from impact.planning import Planned

BY = By(Actor("benchmark", Role.OPERATOR), "benchmark")
BATCH, ASKED = 200, 10
SPREADS = {"a month": (30, 30), "a day": (90, 1)}
"""In how many days the first begins, and within how many days all do."""


def fill(desk: Desk, plans: Sequence[Planned]) -> list[Record]:
    """Open changes with such plans."""
    records: list[Record] = []
    for begin in range(0, len(plans), BATCH):
        edits = [_edit(one) for one in plans[begin : begin + BATCH]]

        def work(draft: Draft, edits: Sequence[Edit] = edits) -> list[Record]:
            return [opened(draft, desk, BY, "change", edit) for edit in edits]

        records += revise(desk.database, BY.author, work)[0]
    return records


def _edit(one: Planned) -> Edit:
    values = {"title": one.number, "team": one.team, "plan": one.plan.model_dump(mode="json")}
    return Edit(values=values, links=dict.fromkeys(sorted(one.plan.cis), CHANGED))


def timed(asked: Sequence[Record], work: Callable[[Record], object]) -> str:
    """Median and worst milliseconds."""
    times = []
    for record in asked:
        start = time.perf_counter()
        work(record)
        times.append((time.perf_counter() - start) * 1e3)
    return f"{median(times):,.0f} / {max(times):,.0f}"


def measure(bureau: Bureau, asked: Sequence[Record]) -> tuple[str, ...]:
    """How long each question takes, a change at a time, and then the same ones again."""
    collisions = partial(collisions_of, bureau)
    return (
        timed(asked, collisions),
        f"{median(collisions(record).overlapping for record in asked):,.0f}",
        timed(asked, collisions),
        timed(asked, lambda record: changes_between(bureau.store.database, planned(record).plan.window)),
        timed(asked, lambda record: bureau.engine.plan_impact(planned(record).plan)),
        timed(asked, lambda record: find(bureau, record)),
        timed(asked, lambda record: windows_for(bureau, record)),
    )


def run(address: Address, folder: Path, changes: int) -> None:
    our_import(address, folder)
    with Database(address.uri, address.user, address.password) as database:
        store = Store(database, load_catalogue())
        cis = [row["id"] for row in database.read("MATCH (ci:CI) RETURN ci.id AS id ORDER BY ci.no")]
        table = Table(
            title=f"{changes:,} changes on {len(cis):,} CIs: median / worst of {ASKED}, milliseconds"
        )
        for column in ("within", "collisions", "overlap", "again", "read", "impact", "assess", "windows"):
            table.add_column(column, justify="left" if column == "within" else "right")
        for name, (ahead, days) in SPREADS.items():
            rng, since = Random(days), datetime.now(UTC) + timedelta(days=ahead)
            engine = ImpactEngine(database, store.catalogue)
            bureau = open_bureau(store, engine)
            plans = [random_change(rng, number, cis, days, since) for number in range(changes)]
            records = fill(bureau.desk, plans)
            engine.warm_up()
            table.add_row(name, *measure(bureau, records[:ASKED]))
        Console().print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cis", type=int, default=100_000)
    parser.add_argument("--estate", type=Path)
    parser.add_argument("--changes", type=int, default=2_000)
    asked = parser.parse_args()
    with server() as address, estate(asked.cis, asked.estate) as folder:
        with Database(address.uri, address.user, address.password) as database:
            prepare(database, [type_.type for type_ in load_catalogue().relationships.values()])
        run(address, folder, asked.changes)


if __name__ == "__main__":
    main()
