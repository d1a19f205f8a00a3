"""A real graph with redundancy: the figures of docs/impact.md, and closures that networkx computed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.debian import cis, relationships
from impact.analysis.propagation import Causes, Outcome, propagate
from impact.projection import CIRow, Projection, RelationshipRow, build
from impact.state import State

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "data" / "debian"
NOBODY = np.array([], dtype=np.int32)
STRENGTHS = {"depends_on": "hard", "provided_by": "hard"}

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="needs ../shared/data/debian")


def figures() -> Iterator[Any]:
    """The table of the page, row by row."""
    for line in (ROOT / "docs" / "impact.md").read_text().splitlines():
        cells = [cell.strip().replace(",", "") for cell in line.strip("|").split("|")]
        if len(cells) == 6 and cells[1].isdecimal():
            yield pytest.param(cells[0], [int(cell) for cell in cells[1:]], id=cells[0])


@pytest.fixture(scope="module")
def number() -> dict[str, int]:
    return {row[0]: index for index, row in enumerate(cis(SOURCE))}


@pytest.fixture(scope="module")
def debian(number: dict[str, int]) -> Projection:
    return build(
        (CIRow(no, "software_component", "operational") for no in number.values()),
        (
            RelationshipRow(
                number[row.dependent],
                number[row.provider],
                row.type,
                row.group or None,
                int(row.need) if row.need else None,
            )
            for row in relationships(SOURCE)
        ),
        STRENGTHS,
    )


@pytest.fixture(scope="module")
def dependencies(debian: Projection) -> Projection:
    return debian.seen(["depends_on"], True)


@pytest.fixture(scope="module")
def plain(debian: Projection) -> Projection:
    return debian.seen([], True)


def fail(projection: Projection, ci: int) -> Outcome:
    return propagate(projection, Causes(np.array([ci], dtype=np.int32), NOBODY, NOBODY))


def down(projection: Projection, ci: int) -> int:
    """How many CIs are down if one fails, itself left out."""
    return len(fail(projection, ci).failed) - 1


def test_the_estate_has_the_size_that_the_page_tells(debian: Projection) -> None:
    text = (ROOT / "docs" / "impact.md").read_text()
    assert f"{len(debian.cis):,} CIs" in text
    assert f"{len(debian.wiring.member):,} relationships" in text


def test_plain_reach_over_dependencies_is_what_networkx_found(
    dependencies: Projection, number: dict[str, int]
) -> None:
    expected = json.loads((SOURCE / "expected_graph.json").read_text())["closures"]
    reach = {name: down(dependencies, number[f"pkg:{name}"]) for name in expected}
    assert reach == {name: closure["rdeps_transitive"] for name, closure in expected.items()}


@pytest.mark.parametrize(("package", "told"), list(figures()))
def test_the_page_tells_what_really_fails(
    package: str,
    told: list[int],
    debian: Projection,
    dependencies: Projection,
    plain: Projection,
    number: dict[str, int],
) -> None:
    ci = number[f"pkg:{package}"]
    outcome = fail(debian, ci)
    real = np.array([name.startswith("pkg:") for name in number])
    assert told == [
        down(dependencies, ci),
        down(plain, ci),
        len(outcome.failed) - 1,
        int(real[outcome.failed].sum()) - 1,
        int((outcome.states == State.AT_RISK).sum()),
    ]


def test_the_page_tells_five_packages() -> None:
    assert len(list(figures())) == 5
