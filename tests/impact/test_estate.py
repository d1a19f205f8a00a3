"""Counts of a synthetic estate of 10,000 CIs, which plain C computed too."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from impact.analysis.propagation import Causes, propagate
from impact.projection import CIRow, Projection, RelationshipRow, build
from impact.questions.alone import alone

BENCH = Path(__file__).parents[3] / "shared" / "bench"
NOBODY = np.array([], dtype=np.int32)
COUNTS = {
    "leaf": (["CI0000899"], 5, 5),
    "vm": (["CI0008253"], 18, 1),
    "core switch": (["CI0002389"], 8025, 1),
    "site": (["CI0002637"], 8043, 6803),
    "one backbone": (["CI0001228"], 9967, 1),
    "both backbones": (["CI0001228", "CI0007660"], 9968, 9968),
}
"""What fails, how many CIs that reaches, how many are really down; what fails included."""

pytestmark = pytest.mark.skipif(not BENCH.exists(), reason="needs ../shared/bench")


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Projection:
    out = tmp_path_factory.mktemp("estate")
    arguments = ["--cis", "10000", "--seed", "7", "--out", str(out)]
    subprocess.run([sys.executable, BENCH / "estate.py", *arguments], check=True)
    return build(
        (CIRow(number(row["native_id"]), row["class"], row["status"]) for row in rows(out, "cis")),
        (
            RelationshipRow(
                number(row["from"]),
                number(row["to"]),
                row["type"],
                row["group"] or None,
                int(row["need"]) if row["need"] else None,
            )
            for row in rows(out, "relationships")
        ),
        {},
    )


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(native_id: str) -> int:
    return int(native_id.removeprefix("CI"))


@pytest.mark.parametrize(("failed", "reached", "down"), COUNTS.values(), ids=COUNTS)
def test_reached_and_down(estate: Projection, failed: list[str], reached: int, down: int) -> None:
    causes = Causes(estate.cis.find(map(number, failed)), NOBODY, NOBODY)
    for projection, expected in ((estate.seen([], True), reached), (estate, down)):
        assert len(propagate(projection, causes).failed) == expected


def test_single_points_of_one_service_and_of_all(estate: Projection) -> None:
    nothing = propagate(estate, Causes(NOBODY, NOBODY, NOBODY))
    every = np.arange(len(estate.cis), dtype=np.int32)
    business = every[estate.cis.having(every, lambda profile: profile.class_ == "business_service")]
    for services, pairs in ((estate.cis.find([number("CI0003916")]), 244), (business, 19_808)):
        found = alone(estate, services, nothing, NOBODY)
        assert found.fallen.sum() == found.points.sum() == pairs
