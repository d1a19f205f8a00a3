from pathlib import Path

import pytest

from cmdb.errors import CatalogueError
from cmdb.policy import Policies
from cmdb.reports import REPORTS
from cmdb.reports.rules import load_rules, load_targets


def own(folder: Path, name: str, text: str) -> Policies:
    (folder / name).write_text(text)
    return Policies(folder)


def test_the_first_target_that_fits_counts(tmp_path: Path) -> None:
    text = """
    targets = [
        { report = "mttr", at_most = 4, where = "1" },
        { report = "mttr", at_most = 48 },
        { report = "sla", at_least = 95 },
    ]
    """
    targets = load_targets(own(tmp_path, "targets.toml", text), REPORTS)
    one, other, rate = targets.of("mttr", "1"), targets.of("mttr", "3"), targets.of("sla", "")
    assert one and other and rate
    assert (one.bound, one.met(4), one.met(4.1)) == (4, True, False)
    assert (other.bound, rate.met(95), rate.met(94.9)) == (48, True, False)
    assert targets.of("volume", "") is None


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (
            '{ report = "mtr", at_most = 4 }',
            "targets.1.report: no report is called 'mtr'; did you mean 'mttr'",
        ),
        ('{ report = "mttr" }', "write either at_most or at_least"),
        ('{ report = "mttr", at_most = 4, at_least = 2 }', "write either at_most or at_least"),
    ],
)
def test_mistakes_in_targets_are_told(tmp_path: Path, target: str, reason: str) -> None:
    with pytest.raises(CatalogueError, match=reason):
        load_targets(own(tmp_path, "targets.toml", f"targets = [{target}]"), REPORTS)


def test_ages_are_in_order(tmp_path: Path) -> None:
    shipped = (Path(__file__).parents[3] / "cmdb/reports/reports.toml").read_text()
    with pytest.raises(CatalogueError, match="from the least to the greatest"):
        load_rules(own(tmp_path, "reports.toml", shipped.replace("[1, 3, 7, 30]", "[3, 1]")))
