"""Similar incidents: the precision at 5, and how long an answer takes.

    python -m benchmarks.similar_incidents [--cis 100k] [--incidents 25000]

On a real log (ServiceNow, UCI dataset 498), which has neither words nor CIs: incidents as they were when they
were logged, the first event of each. What people found later is the truth and never shown: the problem that
an incident was linked to. A second truth, the symptom, is withheld from the labels. Then on a generated
estate, where incidents hit dependents of planted causes among others that hit anything, by the graph alone.
Needs the data and the benchmark kit beside the project.
"""

import argparse
import csv
import lzma
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
from rich.console import Console
from rich.table import Table

import impact.similarity
from benchmarks.engine.graphs import SHARED, estate
from cmdb.policy import Policies
from impact.kernels.reach import reached
from impact.projection import Projection, build
from impact.similarity import Described, SimilarIncidents, SimilarityRules

LOG = SHARED / "data" / "servicenow-log" / "incident_event_log.csv.xz"
RULES = Policies().read(SimilarityRules, Path(impact.similarity.__file__).with_name("similarity.toml"))
LABELS = {
    "category": "category",
    "subcategory": "subcategory",
    "symptom": "u_symptom",
    "location": "location",
    "team": "assignment_group",
}
"""Our labels, and the columns of the log that are known when an incident is logged."""
MISSING = "?"
AT, SEED, SAMPLE = 5, 7, 1000
CAUSES, PER_CAUSE, DEPENDENTS = 200, 8, (5, 500)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """Incidents in order of time, and those that belong together."""

    name: str
    incidents: list[Described]
    truth: Mapping[str, str]
    projection: Projection
    baselines: Mapping[str, Callable[[Described], str | None]]
    """Each takes the latest earlier incidents with the same key."""

    def queries(self, sample: int) -> list[tuple[int, int]]:
        """The places of incidents that have an earlier one of their kind, and how many."""
        seen: defaultdict[str, int] = defaultdict(int)
        found = []
        for place, incident in enumerate(self.incidents):
            if kind := self.truth.get(incident.number):
                if seen[kind]:
                    found.append((place, seen[kind]))
                seen[kind] += 1
        return sorted(Random(SEED).sample(found, sample)) if len(found) > sample else found


def logged() -> tuple[list[Described], dict[str, str]]:
    """The incidents of the real log as they were first told, and their problems."""
    first: dict[str, dict[str, str]] = {}
    problems: dict[str, str] = {}
    with lzma.open(LOG, "rt") as lines:
        for row in csv.DictReader(lines):
            first.setdefault(row["number"], row)
            if row["problem_id"] != MISSING:
                problems[row["number"]] = row["problem_id"]
    incidents = [
        Described(
            number,
            datetime.strptime(row["opened_at"], "%d/%m/%Y %H:%M").replace(tzinfo=UTC),
            labels={ours: row[theirs] for ours, theirs in LABELS.items() if row[theirs] != MISSING},
        )
        for number, row in first.items()
    ]
    return sorted(incidents, key=lambda incident: (incident.at, incident.number)), problems


def real_cases() -> list[Case]:
    """By the problem, and by the symptom, which the labels then lack."""
    incidents, problems = logged()
    symptoms = {i.number: i.labels["symptom"] for i in incidents if "symptom" in i.labels}
    without = [
        replace(i, labels={name: value for name, value in i.labels.items() if name != "symptom"})
        for i in incidents
    ]
    nothing = build([], [], {})
    same = {"same subcategory, latest": lambda incident: incident.labels.get("subcategory")}
    return [
        Case("real log, same problem", incidents, problems, nothing, same),
        Case("real log, same symptom (withheld)", without, symptoms, nothing, same),
    ]


def generated(size: str, count: int) -> Case:
    """Incidents on dependents of planted causes, among others that hit anything."""
    projection, rng = with_ids(estate(size).projection()), np.random.default_rng(SEED)
    dependents = planted(projection, rng)
    hit = [
        (f"cause {cause}", rng.choice(some, min(len(some), int(rng.integers(1, 4))), replace=False))
        for cause, some in enumerate(dependents)
        for _ in range(PER_CAUSE)
    ]
    hit += [("", rng.choice(len(projection.cis), int(rng.integers(1, 4)))) for _ in range(count - len(hit))]
    order = rng.permutation(count).tolist()
    incidents, truth = [], {}
    for place, index in enumerate(order):
        cause, cis = hit[index]
        number = f"INC-{place:06}"
        at = SINCE + timedelta(minutes=20 * place)
        incidents.append(Described(number, at, tuple(projection.cis.uuid(int(ci)) for ci in cis)))
        if cause:
            truth[number] = cause
    name = f"generated, {len(projection.cis):,} CIs, same planted cause"
    return Case(name, incidents, truth, projection, {"same CI, latest": lambda incident: incident.cis[0]})


def with_ids(projection: Projection) -> Projection:
    """The same CIs, each with an id."""
    ids = np.zeros((len(projection.cis), 16), dtype=np.uint8)
    ids[:, 8:] = (np.arange(len(ids), dtype=">u8") + 1).view(np.uint8).reshape(-1, 8)
    return replace(projection, cis=replace(projection.cis, id=ids))


def planted(projection: Projection, rng: np.random.Generator) -> list[np.ndarray]:
    """The dependents of some causes."""
    found: list[np.ndarray] = []
    for ci in rng.permutation(len(projection.cis)).astype(np.int32):
        with projection.scratch.borrow() as scratch:
            cis, _ = reached(projection.wiring, scratch, np.array([ci], dtype=np.int32))
        if DEPENDENTS[0] < len(cis) <= DEPENDENTS[1]:
            found.append(cis[1:])
        if len(found) == CAUSES:
            break
    return found


def measure(case: Case) -> dict[str, tuple[float, float]]:
    """The precision at 5, and how often any of the 5 is right, by each way to rank."""
    queries = case.queries(SAMPLE)
    index = SimilarIncidents(RULES)
    begin = time.process_time()
    index.add(case.incidents, case.projection)
    built = time.process_time() - begin
    found: list[int] = []
    taken: list[float] = []
    for place, _ in queries:
        incident = case.incidents[place]
        begin = time.process_time()
        similar = index.similar(incident, case.projection, AT)
        taken.append((time.process_time() - begin) * 1000)
        found.append(right(case, incident, [earlier.number for earlier in similar]))
    median, slowest = np.percentile(taken, [50, 99])
    print(
        f"{case.name}: {len(case.incidents):,} incidents indexed in {built:.1f} CPU seconds, "
        f"{len(queries)} asked, {median:.1f} ms each, 99 % within {slowest:.1f} ms"
    )
    best = [min(AT, earlier) for _, earlier in queries]
    told = {"as many as there are": best, "Linchpin": found} | by_baselines(case, queries)
    return {
        name: (float(np.mean(some)) / AT, float(np.mean(np.array(some) > 0))) for name, some in told.items()
    }


def by_baselines(case: Case, queries: Sequence[tuple[int, int]]) -> dict[str, list[int]]:
    """What comes of the latest with the same key, and of any five."""
    rng = Random(SEED)
    told: dict[str, list[int]] = {name: [] for name in (*case.baselines, "any five")}
    asked = {place for place, _ in queries}
    latest: dict[str, defaultdict[str | None, list[str]]] = {
        name: defaultdict(list) for name in case.baselines
    }
    for place, incident in enumerate(case.incidents):
        keys = {name: key(incident) for name, key in case.baselines.items()}
        if place in asked:
            anything = [case.incidents[at].number for at in rng.sample(range(place), min(AT, place))]
            told["any five"].append(right(case, incident, anything))
            for name, key in keys.items():
                told[name].append(right(case, incident, latest[name][key][-AT:]))
        for name, key in keys.items():
            latest[name][key].append(incident.number)
    return told


def right(case: Case, incident: Described, numbers: Sequence[str]) -> int:
    return sum(case.truth.get(number) == case.truth[incident.number] for number in numbers)


def show(case: Case, measured: Mapping[str, tuple[float, float]]) -> None:
    table = Table(title=case.name)
    for column in ("ranked by", "precision at 5", "any of 5 right"):
        table.add_column(column, justify="left" if column == "ranked by" else "right")
    for name, (precision, any_right) in measured.items():
        table.add_row(name, f"{precision:.3f}", f"{any_right:.0%}")
    Console().print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cis", default="100k", choices=("10k", "100k"))
    parser.add_argument("--incidents", type=int, default=25_000)
    arguments = parser.parse_args()
    for case in [*real_cases(), generated(arguments.cis, arguments.incidents)]:
        show(case, measure(case))


if __name__ == "__main__":
    main()
