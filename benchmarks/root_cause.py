"""Root cause ranking: how often the planted cause comes first, beside the obvious rules, under noise.

    python -m benchmarks.root_cause [--estate FOLDER | --demo] [--outages 100]

FOLDER is one that the estate generator of the benchmark kit has written. `--demo` runs on an embedded Neo4j
of its own. Every outage is one CI that fails; its symptoms alarm with the delays of their distance and of
checks once a minute. Alarms are at most 500, and no change or incident makes any CI suspect.
"""

import argparse
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import numpy as np
from numpy.random import Generator
from rich.console import Console
from rich.table import Table

from api.demo import import_estate
from benchmarks.engine.graphs import Graph
from benchmarks.import_rate import AUTHOR, server
from cmdb.catalogue import load_catalogue
from cmdb.database import Database, prepare
from cmdb.history import latest
from cmdb.policy import Policies
from impact.analysis.propagation import Causes, propagate
from impact.arrays import NOBODY, Ints
from impact.causes import SHIPPED, RootCausePolicy, suspicion
from impact.causes.observations import SEED, Seen
from impact.causes.ranking import ranking
from impact.causes.trials import Trials
from impact.kernels.reach import required
from impact.kernels.symptoms import ALARM, HEALTHY, Watched
from impact.projection import Groups, Projection, load

MOST_ALARMS, FEWEST_HURT, MOST_TRIED = 500, 5, 20_000
CHECKED_EVERY, STEP = 60.0, 10.0
"""Seconds between checks, and that failure takes from one CI to the next."""
TOP = 3
NOW = datetime(2026, 11, 21, tzinfo=UTC)


@dataclass(frozen=True)
class Noise:
    """How what is seen differs from what is so."""

    missed: float = 0.0
    """Share of symptoms that do not alarm, and are taken for healthy."""
    false: float = 0.0
    """False alarms, as a share of the true ones."""
    watched: float = 1.0
    healthy: bool = True
    """Whether anything is known to be healthy."""
    missing: float = 0.0
    """Share of relationships that the CMDB lacks."""


KINDS: Mapping[str, Noise] = {
    "none": Noise(),
    "missed alarms, 20 %": Noise(missed=0.2),
    "false alarms, 20 % more": Noise(false=0.2),
    "one CI in five is monitored": Noise(watched=0.2),
    "nothing known to be healthy": Noise(healthy=False),
    "missing relationships, 5 %": Noise(missing=0.05),
    "all of these": Noise(missed=0.2, false=0.2, watched=0.2, healthy=False, missing=0.05),
}


@dataclass(frozen=True, slots=True)
class Outage:
    """A planted cause, and what is seen of it."""

    cause: int
    seen: Seen


def planted(real: Projection, rng: Generator) -> Iterator[tuple[int, Ints, Ints]]:
    """CIs that take down or degrade several others, with these and their distances."""
    for cause in rng.permutation(np.flatnonzero(real.cis.no >= 0))[:MOST_TRIED].tolist():
        outcome = propagate(real, Causes(np.array([cause], dtype=np.int32), NOBODY, NOBODY))
        if len(outcome.hurt) > FEWEST_HURT:
            yield cause, outcome.hurt, outcome.of(outcome.hurt, outcome.distances, 0)


def seen(real: Projection, hurt: Ints, distance: Ints, noise: Noise, rng: Generator) -> Seen | None:
    """What monitoring says of an outage; None where it says nothing."""
    count = len(real.cis)
    watched = (rng.random(count) < noise.watched) & (real.cis.no >= 0)
    true = np.zeros(count, dtype=np.bool_)
    true[hurt] = rng.random(len(hurt)) >= noise.missed
    alarms = np.flatnonzero(watched & true)
    kept = rng.choice(alarms, min(len(alarms), MOST_ALARMS), replace=False)
    others = np.flatnonzero(watched & ~np.isin(np.arange(count), hurt))
    more = min(rng.poisson(noise.false * len(kept)), len(others))
    kept = np.union1d(kept, rng.choice(others, more, replace=False)).astype(np.int32)
    if not len(kept):
        return None
    healthy = np.flatnonzero(watched & ~true) if noise.healthy else NOBODY
    healthy = np.setdiff1d(healthy, kept).astype(np.int32)
    onset = np.full(count, np.nan)
    onset[hurt] = STEP * distance
    onset[kept] = np.nan_to_num(onset[kept]) + rng.uniform(0, CHECKED_EVERY, len(kept))
    onset[np.setdiff1d(hurt, kept)] = np.nan
    said, label = np.zeros(count, dtype=np.int8), np.zeros(count, dtype=np.int64)
    said[healthy], said[kept] = HEALTHY, ALARM
    known = np.concatenate((kept, healthy))
    label[known] = np.random.default_rng(SEED).integers(-(2**60), 2**60, len(known))
    return Seen(kept, healthy, Watched(said, onset, label))


def without_some(real: Projection, share: float, rng: Generator) -> Projection:
    """The graph as a CMDB has it that lacks some relationships."""
    count = len(real.cis)
    links = real.groups.links(np.arange(count, dtype=np.int32))
    links = links.where(rng.random(len(links.told)) >= share)
    return replace(real, groups=Groups.of(links, count, real.strengths))


def ours(known: Projection, told: Seen, policy: RootCausePolicy) -> tuple[list[int], list[int]]:
    """The CIs of the ranking as it is read, each once; and all that stand in its first group."""
    suspects = suspicion([], known.cis, NOW, policy)
    found = ranking(Trials(known, told, suspects), 10)
    first = [ci for candidate in found.groups[0].candidates for ci in candidate.cis]
    return list(dict.fromkeys(ci for candidate in found.candidates for ci in candidate.cis)), first


def deepest(known: Projection, told: Seen) -> list[int]:
    """Alarming CIs: those that depend on the fewest others that alarm; of these, the most depended on."""
    below, above = np.zeros((2, len(known.cis)), dtype=np.int32)
    for alarm, found, _ in provided(known, told):
        shared = np.intersect1d(found, told.alarms)
        below[alarm] = len(shared)
        above[shared] += 1
    order = np.lexsort((told.alarms, -above[told.alarms], below[told.alarms]))
    suspects: list[int] = told.alarms[order].tolist()
    return suspects


def common(known: Projection, told: Seen) -> list[int]:
    """What most alarming CIs depend on, themselves included; of these, the nearest to them."""
    shared, steps = np.zeros((2, len(known.cis)), dtype=np.int64)
    for _, found, distance in provided(known, told):
        shared[found] += 1
        steps[found] += distance
    some = np.flatnonzero(shared)
    suspects: list[int] = some[np.lexsort((some, steps[some], -shared[some]))].tolist()
    return suspects


def provided(known: Projection, told: Seen) -> Iterator[tuple[int, Ints, Ints]]:
    """Each alarming CI, all that it depends on, and how far that is."""
    for alarm in told.alarms.tolist():
        with known.scratch.borrow() as scratch:
            found, level = required(known.wiring, scratch, np.array([alarm], dtype=np.int32))
        yield alarm, found, np.repeat(np.arange(len(level) - 1), np.diff(level))


@dataclass
class Score:
    """How often a rule was right."""

    first: int = 0
    among: int = 0

    def add(self, cause: int, order: list[int]) -> None:
        """Count an order of suspects."""
        self.first += order[:1] == [cause]
        self.among += cause in order[:TOP]


def measure(real: Projection, noise: Noise, outages: int, policy: RootCausePolicy) -> list[str]:
    """A row of the table: of so many outages, how many each rule got right."""
    rng = np.random.default_rng(7)
    known = without_some(real, noise.missing, rng) if noise.missing else real
    scores, alike, times, alarms = (Score(), Score(), Score()), 0, [], []
    for cause, hurt, distance in planted(real, rng):
        told = seen(real, hurt, distance, noise, rng)
        if told is None:
            continue
        begin = time.perf_counter()
        order, first = ours(known, told, policy)
        times.append(time.perf_counter() - begin)
        alarms.append(len(told.alarms))
        alike += cause in first
        for score, ranked in zip(scores, (order, deepest(known, told), common(known, told)), strict=True):
            score.add(cause, ranked)
        if len(times) == outages:
            break
    shares = [f"{count / len(times):.0%}" for score in scores for count in (score.first, score.among)]
    figures = (f"{median(alarms):.0f}", f"{median(times) * 1000:.0f}", f"{max(times) * 1000:.0f}")
    return [*shares[:2], f"{alike / len(times):.0%}", *shares[2:], *figures]


def show(real: Projection, outages: int) -> None:
    policy = Policies().read(RootCausePolicy, SHIPPED)
    table = Table(title=f"{len(real.cis):,} CIs, {real.groups.live:,} relationships, {outages} outages a row")
    for column in (
        *("noise", "first", "top 3", "in first group", "deepest: first", "top 3"),
        *("common: first", "top 3", "alarms", "median ms", "most ms"),
    ):
        table.add_column(column, justify="left" if column == "noise" else "right")
    measure(real, KINDS["none"], 1, policy)  # compiles
    for name, noise in KINDS.items():
        table.add_row(name, *measure(real, noise, outages, policy))
    Console(width=160).print(table)


def demo() -> Projection:
    """The sample estate, imported."""
    catalogue = load_catalogue()
    strengths = {name: type_.strength for name, type_ in catalogue.relationships.items()}
    with server() as address, Database(address.uri, address.user, address.password) as database:
        prepare(database, strengths)
        list(import_estate(database, catalogue, AUTHOR))
        return load(database, strengths, latest(database))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--estate", type=Path, help="folder with graph.npz")
    parser.add_argument("--demo", action="store_true", help="the sample estate")
    parser.add_argument("--outages", type=int, default=100)
    arguments = parser.parse_args()
    if not arguments.demo and not arguments.estate:
        parser.error("name an estate, or --demo")
    if arguments.demo:
        show(demo(), arguments.outages)
    else:
        with np.load(arguments.estate / "graph.npz") as arrays:
            show(Graph(arguments.estate.name, dict(arrays), ()).projection(), arguments.outages)


if __name__ == "__main__":
    main()
