"""`priorities.toml`: the matrix and its words, and how mistakes are told."""

from pathlib import Path

import pytest

from cmdb.errors import CatalogueError
from cmdb.policy import Policies
from cmdb.priorities import Level, load_priorities
from cmdb.priorities.load import FILE

LEVELS: tuple[Level, ...] = ("high", "medium", "low")


def test_the_shipped_matrix_falls_with_impact_and_urgency() -> None:
    shipped = load_priorities(Policies())
    matrix = [[shipped.priority(impact, urgency) for urgency in LEVELS] for impact in LEVELS]
    assert matrix == [[1, 2, 3], [2, 3, 4], [3, 4, 5]]
    assert list(shipped.priorities) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("said", "instead", "key", "reason"),
    [
        ("low = 5 }", "low = 6 }", "matrix.low.low", "6 is no priority; there are 1, 2, 3, 4, 5"),
        (", low = 5 }", " }", "matrix.low", "says nothing of low"),
        ("low = { high = 3, medium = 4, low = 5 }", "", "matrix", "says nothing of low"),
        (", unknown = 20", "", "proposal.criticality", "says nothing of unknown"),
        (", at_risk = 0.1", "", "proposal.state", "says nothing of at_risk"),
        ("high = 100, medium = 30", "high = 30, medium = 30", "proposal.thresholds", "more than medium"),
        ("high = 100, medium = 30", "high = 100", "proposal.thresholds.medium", "Field required"),
        ("down = 1", "down = -1", "proposal.state.down", "greater than or equal to 0"),
        ("[urgency]", "[urgencies]", "urgencies", "did you mean 'urgency'"),
    ],
)
def test_a_mistake_is_told_by_key_and_reason(
    tmp_path: Path, said: str, instead: str, key: str, reason: str
) -> None:
    shipped = FILE.read_text(encoding="utf-8")
    assert shipped.count(said) == 1
    (tmp_path / FILE.name).write_text(shipped.replace(said, instead), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_priorities(Policies(tmp_path))
    told = {mistake["key"]: mistake["reason"] for mistake in caught.value.extensions["mistakes"]}
    assert reason in told[key]
