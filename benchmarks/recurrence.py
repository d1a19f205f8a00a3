"""Recurrence: how many planted causes are found, how much else, and how long it takes.

    python -m benchmarks.recurrence [--cis 100k] [--incidents 10000]

On a generated estate: most incidents hit any CI, and some providers have dependents that are hit several
times as often. Needs the benchmark kit beside the project.
"""

import argparse
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

import impact.recurrence
from benchmarks.engine.graphs import estate
from benchmarks.similar_incidents import planted, with_ids
from cmdb.policy import Policies
from impact.arrays import Ints
from impact.kernels.reach import reached
from impact.projection import Projection
from impact.recurrence import Occurrence, Period, RecurrenceRules, Recurring, recurrence

RULES = Policies().read(RecurrenceRules, Path(impact.recurrence.__file__).with_name("recurrence.toml"))
SEED, CAUSES, ROUNDS = 7, 20, 5
TIMES = (1, 3, 5, 10)
"""How often dependents of a cause are hit, as a multiple of others."""
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = Period(SINCE, SINCE + timedelta(days=365))


def incidents(
    projection: Projection, causes: list[np.ndarray], times: int, count: int, seed: int
) -> Iterator[Occurrence]:
    """One CI each; those that depend on any of the causes are hit so many times as often as others."""
    rng = np.random.default_rng(seed)
    weight = np.ones(len(projection.cis))
    weight[np.concatenate(causes)] = times
    for place, ci in enumerate(rng.choice(len(weight), count, p=weight / weight.sum()).tolist()):
        at = SINCE + YEAR.length * float(rng.random())
        yield Occurrence(f"INC-{place:06}", at, (projection.cis.uuid(ci),))


def overlap(one: set[int], other: set[int]) -> float:
    """What two sets share, of all that is in either (Jaccard)."""
    return len(one & other) / len(one | other)


def measure(projection: Projection, times: int, count: int) -> tuple[float, float, float]:
    """Causes found (half of the members shared), what else was found, and seconds: means of all rounds."""
    right, others, seconds = [], [], []
    for seed in range(ROUNDS):
        causes = planted(projection, np.random.default_rng(seed))[:CAUSES]
        told = list(incidents(projection, causes, times, count, seed))
        begin = time.process_time()
        found = recurrence(projection, told, YEAR, RULES).found
        seconds.append(time.process_time() - begin)
        members = [set(exposed(projection, one).tolist()) for one in found]
        matched = [any(overlap(set(cause.tolist()), some) >= 0.5 for some in members) for cause in causes]
        within = set(np.concatenate(causes).tolist())
        right.append(sum(matched))
        others.append(sum(not some & within for some in members))
    return float(np.mean(right)), float(np.mean(others)), float(np.mean(seconds))


def exposed(projection: Projection, found: Recurring) -> Ints:
    start = projection.cis.find_ids([found.id])
    if found.kind == "ci":
        return start
    with projection.scratch.borrow() as scratch:
        return reached(projection.wiring, scratch, start)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cis", default="100k", choices=("10k", "100k"))
    parser.add_argument("--incidents", type=int, default=10_000)
    arguments = parser.parse_args()
    projection = with_ids(estate(arguments.cis).projection())
    table = Table(title=f"{arguments.incidents:,} incidents on {len(projection.cis):,} CIs, {CAUSES} causes")
    for column in ("hit as often", "causes found", "found outside all causes", "CPU seconds"):
        table.add_column(column, justify="right")
    for times in TIMES:
        right, others, seconds = measure(projection, times, arguments.incidents)
        table.add_row(f"{times} times", f"{right:.1f} of {CAUSES}", f"{others:.1f}", f"{seconds:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
