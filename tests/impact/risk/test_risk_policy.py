from pathlib import Path
from typing import Any

import pytest

from cmdb.errors import CatalogueError
from cmdb.policy import Policies
from impact.risk import Facts, assess_risk, load_risk_policy
from tests.impact.risk.facts_in_order import FILE, SHIPPED

ROOT = Path(__file__).resolve().parents[3]

POINTS = "points = { down = 100, interrupted = 60, degraded = 60, exposed = 50 }"
MILD = "points = { down = 49, interrupted = 49, degraded = 49, exposed = 49 }"

SAID = FILE.read_text(encoding="utf-8")


def own(folder: Path, said: str, instead: str) -> Any:
    assert SAID.count(said) == 1
    (folder / FILE.name).write_text(SAID.replace(said, instead), encoding="utf-8")
    return load_risk_policy(Policies(folder))


def test_an_organisation_weighs_its_own_way(tmp_path: Path) -> None:
    policy = own(tmp_path, 'levels = { "medium" = 20, "high" = 50,', 'levels = { "medium" = 20, "high" = 51,')
    assert assess_risk(Facts(), SHIPPED).impact.level == "high"
    assert assess_risk(Facts(), policy).impact.level == "medium"


def test_the_page_tells_the_shipped_points() -> None:
    page = (ROOT / "docs" / "change-risk.md").read_text(encoding="utf-8")
    tables = SHIPPED.model_dump(exclude={"likelihood": {"levels"}})
    told = {name: table["points"] for name, table in tables["likelihood"].items()} | tables["impact"][
        "points"
    ]
    for name, points in told.items():
        assert f"| `{name}` | {points} |" in page
    for impact, risks in SHIPPED.matrix.items():
        assert f"| {' | '.join((impact, *risks))} |" in page


def test_the_shipped_points_are_a_hundred() -> None:
    tables = SHIPPED.model_dump()["likelihood"]
    assert sum(table["points"] for name, table in tables.items() if name != "levels") == 100


@pytest.mark.parametrize(
    ("said", "instead", "told"),
    [
        ('"medium" = ["low", "medium",', '"medium" = ["low", "low",', None),
        ('"medium" = ["low", "medium",', '"medium" = ["low", "high",', "must not give a lower risk"),
        ('"low" = ["low", "low", "medium", "medium"]', '"low" = ["low"]', "has a row for each impact"),
        ("points = 25", "points = 20", "must be 100 in all, not 95"),
        ("down = 100, interrupted = 60", "down = 50, interrupted = 60", "a worse condition must not score"),
        ("down = 100, ", "", "say the points of down"),
        ("[1, 0.5], [4, 1.0]", "[1, 0.5], [4, 0.4]", "the shares must not fall"),
        ("[24, 0.6], [120, 0.0]", "[24, 0.6], [120, 0.7]", "the shares must not rise"),
        ("[1, 0.5], [4, 1.0]", "[1, 0.5], [1, 1.0]", "must rise from pair to pair"),
        ("[1, 0.5], [4, 1.0]", "[1, 0.5], [nan, 1.0]", "finite"),
        ("full = 0.0, partial = 0.5", "full = 0.6, partial = 0.5", "less evidence must not score less"),
        ("full = 0.0, partial = 0.5, ", "", "say the shares of full, partial and none"),
        ("none = 1.0 }", "none = 0.7 }", "prior must lie between the shares of what is known, 0 and 0.7"),
        ("unknown = 0.5", "unknown = 0.1", "unknown must lie between the shares of low and critical"),
        (", unknown = 0.5", "", "say the shares of critical, high, medium, low and unknown"),
        ("critical = 1.0, high", "critical = 0.4, high", "a more critical service must not score less"),
        ("prior = 50 ", "prior = 100 ", None),
        (
            "points = { down = 100, interrupted = 60, degraded = 60, exposed = 50 }",
            MILD,
            "must not exceed the 49 points",
        ),
        ('{ "medium" = 25, "high" = 40', '{ "medium" = 45, "high" = 40', "must not begin at fewer points"),
        ('{ "medium" = 25, "high" = 40', '{ "middle" = 25, "high" = 40', "middle"),
        ("strength = 10", "strength = 0", "greater than 0"),
        ("worst_case = 0.6", "worst = 0.6", "did you mean 'worst_case'"),
    ],
)
def test_what_would_reward_a_worse_fact_is_refused(
    tmp_path: Path, said: str, instead: str, told: str | None
) -> None:
    if told is None:
        assert own(tmp_path, said, instead) != SHIPPED
        return
    with pytest.raises(CatalogueError) as error:
        own(tmp_path, said, instead)
    assert told in error.value.detail
    assert str(tmp_path / FILE.name) in error.value.detail
