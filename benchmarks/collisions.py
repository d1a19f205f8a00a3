"""Collisions of a new change with 2,000 others: how long the answer takes.

    python -m benchmarks.collisions --estate FOLDER [--changes 2000]

The estate is in the plain format, as for the benchmark of projections. Others are spread over a month, a
week or a day; each has one to three steps on one to three random CIs. The first question finds nothing kept.
"""

import argparse
import csv
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

from rich.console import Console
from rich.table import Table

from cmdb.catalogue import load_catalogue
from cmdb.changes import Plan, Step, Window
from impact.planning import Harms, Planned, WindowPolicy, collisions, free_windows, plan_impact
from impact.projection import CIRow, Projection, RelationshipRow, build

START = datetime(2026, 11, 21, tzinfo=UTC)
SPREADS = {"a month": 30, "a week": 7, "a day": 1}
ASKED = 10
CATALOGUE = load_catalogue()


def projection_of(folder: Path) -> Projection:
    cis = list(_rows(folder / "cis.csv"))
    nos = {row["native_id"]: no for no, row in enumerate(cis)}
    strengths = {name: type_.strength for name, type_ in CATALOGUE.relationships.items()}
    return build(
        [
            CIRow(no, row["class"], row["status"], row["name"], _id(no), row["criticality"] or None)
            for no, row in enumerate(cis)
        ],
        [
            RelationshipRow(
                nos[row["from"]], nos[row["to"]], row["type"], row["group"] or None, _need(row["need"])
            )
            for row in _rows(folder / "relationships.csv")
        ],
        strengths,
    )


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(newline="") as lines:
        yield from csv.DictReader(lines)


def _id(no: int) -> str:
    return f"00000000-0000-0000-0000-{no:012d}"


def _need(told: str) -> int | str | None:
    return int(told) if told.isdigit() else told or None


def random_change(
    rng: Random, number: int, cis: Sequence[str], days: int, since: datetime = START
) -> Planned:
    start = since + timedelta(minutes=rng.randrange(days * 24 * 60))
    steps = tuple(
        Step(
            name=f"step {index}",
            cis=tuple(cis[rng.randrange(len(cis))] for _ in range(rng.randint(1, 3))),
            action="restart",
            duration=rng.randrange(300, 3600),
            effect=rng.choice(("down", "down", "degraded", "none")),
            recovery=300,
        )
        for index in range(rng.randint(1, 3))
    )
    window = Window(start=start, end=start + timedelta(hours=4))
    return Planned(f"CHG-{number:06d}", Plan(steps=steps, window=window), f"team {rng.randrange(40)}")


def timed(asked: Iterable[Planned], work: Callable[[Planned], object]) -> tuple[str, str]:
    """Median and worst milliseconds."""
    times = []
    for new in asked:
        begin = time.perf_counter()
        work(new)
        times.append((time.perf_counter() - begin) * 1000)
    return f"{median(times):,.0f}", f"{max(times):,.0f}"


def measure(projection: Projection, days: int, count: int) -> tuple[tuple[str, str], ...]:
    rng = Random(days)
    cis = [_id(no) for no in range(len(projection.cis))]
    changes = [random_change(rng, number, cis, days) for number in range(count)]
    asked, harms, since = changes[:ASKED], Harms(projection), int(START.timestamp())
    found = [collisions(Harms(projection), CATALOGUE, new, changes) for new in asked]
    return (
        (
            f"{median(one.overlapping for one in found):,.0f}",
            f"{sum(len(one.joint_losses) for one in found)}",
        ),
        timed(asked, lambda new: collisions(Harms(projection), CATALOGUE, new, changes)),
        timed(asked, lambda new: collisions(harms, CATALOGUE, new, changes)),
        timed(asked, lambda new: plan_impact(projection, CATALOGUE, new.plan)),
        timed(asked, lambda new: free_windows(harms, new, changes, WindowPolicy(), since, 5)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estate", type=Path, required=True)
    parser.add_argument("--changes", type=int, default=2000)
    asked = parser.parse_args()
    projection = projection_of(asked.estate)
    size = f"{asked.changes:,} changes on {len(projection.cis):,} CIs"
    table = Table(title=f"{size}: median / worst of {ASKED} questions, milliseconds")
    for column in ("spread over", "overlap", "joint", "collisions", "again", "impact", "free windows"):
        table.add_column(column, justify="left" if column == "spread over" else "right")
    for name, days in SPREADS.items():
        (rivals, joint), *times = measure(projection, days, asked.changes)
        table.add_row(name, rivals, joint, *(" / ".join(both) for both in times))
    Console().print(table)


if __name__ == "__main__":
    main()
