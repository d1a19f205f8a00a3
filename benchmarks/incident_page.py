"""The page of an incident among ten thousand open ones, on an estate that was imported into Neo4j.

    python -m benchmarks.incident_page [--cis 100000] [--estate FOLDER] [--incidents 10000]

Runs on an embedded Neo4j of its own, or on the empty one at CMDB_NEO4J_URI. Of the open incidents 5 % say
that a CI is down, 15 % that one is degraded, the others that they concern one; CIs are drawn at random.
They were opened one after the other over the last 30 days. Pages are of incidents that say down. Before
each page somebody writes into the log of another incident, so that no page is answered from what was read
for the one before.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles

from api.practices.incident import IncidentPractice, incident_page
from benchmarks.import_rate import estate, our_import, server
from cmdb.access import Actor, Role
from cmdb.catalogue import load_catalogue
from cmdb.database import Database, prepare
from cmdb.embedded import Address
from cmdb.history import Draft, revise
from cmdb.practices import open_desk
from cmdb.records import By, Desk, Edit, edit_record, opened
from cmdb.store import Store
from impact import ImpactEngine

BY = By(Actor("benchmark", Role.OPERATOR), "benchmark", "still at it")
WORDS = ("slow", "down", "timeout", "error", "login", "mail", "disk", "full", "network", "backup")
CATEGORIES = ("hardware", "software", "network", "storage", "performance")
BATCH, PAGES = 200, 60
LATELY = timedelta(days=30)
GOAL = 0.1
"""Seconds."""


def fill(desk: Desk, count: int, draw: Random) -> list[str]:
    """Open incidents; the numbers of those that say that a CI is down."""
    cis = [row["id"] for row in desk.database.read("MATCH (ci:CI) RETURN ci.id AS id ORDER BY ci.no")]
    down: list[str] = []
    now = datetime.now(UTC)
    times = [now - LATELY * (count - place) / count for place in range(count)]
    for start in range(0, count, BATCH):
        edits = [_edit(draw, cis) for _ in range(BATCH)]
        told = list(zip(times[start:], edits, strict=False))

        def work(draft: Draft, told: Sequence[tuple[datetime, Edit]] = told) -> list[str]:
            return [opened(draft, desk, replace(BY, at=at), "incident", edit).number for at, edit in told]

        numbers, _ = revise(desk.database, BY.author, work)
        down += [number for number, edit in zip(numbers, edits, strict=True) if "down" in edit.links.values()]
    return down


def _edit(draw: Random, cis: Sequence[str]) -> Edit:
    condition = draw.choices(("down", "degraded", "concerned"), (5, 15, 80))[0]
    title = " ".join(draw.sample(WORDS, 3))
    values = {"title": title, "category": draw.choice(CATEGORIES), "urgency": "medium"}
    return Edit(values=values, links={draw.choice(cis): condition})


def measure(practice: IncidentPractice, numbers: Sequence[str], draw: Random) -> None:
    """Print how long the first page took, and the others."""
    start = time.perf_counter()
    practice.engine.warm_up()
    practice.warm_up()
    print(f"prepared in {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    incident_page(practice, numbers[0])
    print(f"first page: {time.perf_counter() - start:.1f} s")
    took, cpu = [], []
    for number in draw.sample(numbers, min(PAGES, len(numbers))):
        edit_record(practice.desk, BY, draw.choice(numbers), Edit())
        start, used = time.perf_counter(), time.process_time()
        incident_page(practice, number)
        took.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    ninety_five = quantiles(took, n=20)[-1]
    met = "met" if ninety_five < GOAL else "missed"
    print(f"page: median {median(took) * 1e3:.0f} ms, 95 % within {ninety_five * 1e3:.0f} ms; {met}")
    print(f"of which this process computes: median {median(cpu) * 1e3:.0f} ms")


def run(address: Address, folder: Path, incidents: int) -> None:
    our_import(address, folder)
    draw = Random(7)
    with Database(address.uri, address.user, address.password) as database:
        store = Store(database, load_catalogue())
        desk = open_desk(store)
        start = time.perf_counter()
        numbers = fill(desk, incidents, draw)
        print(f"{incidents:,} incidents opened in {time.perf_counter() - start:.0f} s")
        measure(IncidentPractice.of(store, desk, ImpactEngine(database, store.catalogue)), numbers, draw)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cis", type=int, default=100_000)
    parser.add_argument("--estate", type=Path)
    parser.add_argument("--incidents", type=int, default=10_000)
    asked = parser.parse_args()
    with server() as address, estate(asked.cis, asked.estate) as folder:
        with Database(address.uri, address.user, address.password) as database:
            prepare(database, [type_.type for type_ in load_catalogue().relationships.values()])
        run(address, folder, asked.incidents)


if __name__ == "__main__":
    main()
