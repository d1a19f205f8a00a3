"""The graphs that engines are compared on: synthetic estates and Debian 12."""

import csv
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from benchmarks.debian import convert
from benchmarks.engine.questions import Kind, Question
from impact.arrays import Ints
from impact.projection import CIBlock, Profile, Projection, RelationshipBlock, Terms

SHARED = Path(__file__).parents[3] / "shared"
BENCH, DEBIAN = SHARED / "bench", SHARED / "data" / "debian"
SEED = 7
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
FAILURES = ("leaf", "vm", "core_switch", "site")
FAILING: tuple[Kind, ...] = ("reached", "down")
ASKED_OF_SERVICE: tuple[Kind, ...] = ("required", "single_points")
BUSINESS_SERVICE = 0
"""The code of business services in `kind`."""
OPERATIONAL = Profile("server", "operational")
PACKAGES = ("libc6", "zlib1g", "perl-base", "exim4-daemon-light")
PACKAGE_AS_SERVICE, SECTION_AS_SERVICES = "task-gnome-desktop", "metapackages"


@dataclass(frozen=True)
class Graph:
    """Relationships and groups as in `graph.npz` of the benchmark kit, and what to ask."""

    name: str
    arrays: Mapping[str, Ints]
    questions: tuple[Question, ...]

    @property
    def cis(self) -> int:
        """How many CIs there are."""
        return len(self.arrays["kind"])

    @property
    def relationships(self) -> int:
        """How many relationships there are."""
        return len(self.arrays["src"])

    def projection(self) -> Projection:
        """The same graph as the engine loads it: all hard, and a plain relationship stands alone."""
        numbers = np.arange(self.cis, dtype=np.int32)
        names = pa.array(numbers).cast(pa.string())
        ids = np.zeros((self.cis, 16), dtype=np.uint8)
        profile = np.zeros(self.cis, dtype=np.int32)
        cis = [CIBlock((OPERATIONAL,), profile, numbers, ids, names)]
        return Projection.of(cis, self._blocks(), {})

    def _blocks(self) -> Iterable[RelationshipBlock]:
        group, need = self.arrays["egroup"], self.arrays["gk"]
        alone = (need == self.arrays["gn"])[group]
        yield self._block(Terms("depends_on", strength="hard"), alone, None)
        for count in np.unique(need[group[~alone]]).tolist():
            chosen = ~alone & (need[group] == count)
            names = pa.array(group[chosen]).cast(pa.string())
            yield self._block(Terms("depends_on", need=count, strength="hard"), chosen, names)

    def _block(self, terms: Terms, chosen: np.ndarray, names: pa.StringArray | None) -> RelationshipBlock:
        return RelationshipBlock(terms, self.arrays["src"][chosen], self.arrays["dst"][chosen], names)


def estate(name: str) -> Graph:
    """A synthetic estate; the same every time."""
    with TemporaryDirectory(prefix="linchpin-benchmark-") as out:
        arguments = ["--cis", str(SIZES[name]), "--seed", str(SEED), "--out", out]
        subprocess.run([sys.executable, BENCH / "estate.py", *arguments], check=True)
        with np.load(Path(out) / "graph.npz") as loaded:
            arrays = dict(loaded)
    backbone = arrays["q_backbone"].tolist()
    failures = {name: [int(arrays[f"q_{name}"])] for name in FAILURES}
    failures |= {"one_backbone": backbone[:1], "both_backbones": backbone}
    services = np.flatnonzero(arrays["kind"] == BUSINESS_SERVICE).tolist()
    return Graph(name, arrays, tuple(questions(failures, int(arrays["q_service"]), services)))


def debian() -> Graph:
    """Debian 12: packages fail, a task is the service, and so is every metapackage."""
    with TemporaryDirectory(prefix="linchpin-benchmark-") as out:
        convert(DEBIAN, Path(out))
        cis, relationships = rows(Path(out) / "cis.csv"), rows(Path(out) / "relationships.csv")
    number = {ci["native_id"]: index for index, ci in enumerate(cis)}
    failures = {name: [number[f"pkg:{name}"]] for name in PACKAGES}
    services = [number[ci["native_id"]] for ci in cis if ci["section"] == SECTION_AS_SERVICES]
    asked = questions(failures, number[f"pkg:{PACKAGE_AS_SERVICE}"], services)
    return Graph("debian", grouped(number, relationships), tuple(asked))


def questions(failures: Mapping[str, list[int]], service: int, services: list[int]) -> Iterable[Question]:
    for name, cis in failures.items():
        yield from (Question(kind, name, tuple(cis)) for kind in FAILING)
    yield from (Question(kind, "service", (service,)) for kind in ASKED_OF_SERVICE)
    yield Question("single_points", "all_services", tuple(services))


def grouped(number: Mapping[str, int], relationships: list[dict[str, str]]) -> dict[str, Ints]:
    """Arrays as in `graph.npz`: groups are numbered owner by owner, and plain relationships are one each."""
    keys = [
        (number[row["from"]], row["group"] or f"\0{index}", int(row["need"] or 1))
        for index, row in enumerate(relationships)
    ]
    groups = {key: index for index, key in enumerate(sorted(set(keys)))}
    egroup = np.array([groups[key] for key in keys], dtype=np.int32)
    return {
        "kind": np.zeros(len(number), dtype=np.int32),
        "src": np.array([owner for owner, _, _ in keys], dtype=np.int32),
        "dst": np.array([number[row["to"]] for row in relationships], dtype=np.int32),
        "egroup": egroup,
        "gowner": np.array([owner for owner, _, _ in groups], dtype=np.int32),
        "gn": np.bincount(egroup).astype(np.int32),
        "gk": np.array([need for _, _, need in groups], dtype=np.int32),
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
