"""`escalations.toml`: what happens at which mark, and how mistakes are told."""

from pathlib import Path

import pytest

from cmdb.clocks import EscalationsFile, load_escalations
from cmdb.errors import CatalogueError
from cmdb.policy import Policies

PRIORITIES = range(1, 6)


def load(folder: Path, text: str) -> EscalationsFile:
    (folder / "escalations.toml").write_text(text, encoding="utf-8")
    return load_escalations(Policies(folder), PRIORITIES)


def test_the_shipped_ones_escalate_what_presses_before_the_breach() -> None:
    shipped = load_escalations(Policies(), PRIORITIES)
    assert shipped.percents == (50, 75, 100)
    pressing = [(name, one.kind) for name, one in shipped.at("restore", 1, 75)]
    assert pressing == [("restore_soon", "warning"), ("restore_soon_major", "hierarchical")]
    assert [name for name, _ in shipped.at("restore", 4, 75)] == ["restore_soon"]
    assert shipped.at("respond", 4, 100) == ()


def test_all_that_something_happens_at_is_a_mark_and_so_is_the_breach(tmp_path: Path) -> None:
    text = """
    warnings = [40]
    [escalations.late]
    clock = "restore"
    percent = 150
    kind = "functional"
    to = "Second line"
    inform = ["service_owners"]
    teams = ["Service desk"]
    """
    own = load(tmp_path, text)
    assert own.percents == (40, 100, 150)
    ((_, late),) = own.at("restore", 3, 150)
    assert (late.kind, late.to, late.teams) == ("functional", "Second line", ("Service desk",))
    assert own.at("respond", 3, 150) == ()


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        ('kind = "functional"', "escalations.x", "which team takes over"),
        ('to = "boss"', "escalations.x", "only informs"),
        ('inform = ["boss"]', "escalations.x.inform.0", "'boss' is not one of assignee"),
        ("priorities = [1, 7]", "escalations.x.priorities", "7 is no priority; there are 1, 2, 3, 4, 5"),
        ("percents = 50", "escalations.x.percents", "did you mean 'percent'"),
    ],
)
def test_a_mistake_is_told_by_key_and_reason(tmp_path: Path, line: str, key: str, reason: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, f'[escalations.x]\nclock = "restore"\npercent = 50\n{line}\n')
    (mistake,) = caught.value.extensions["mistakes"]
    assert mistake["file"].endswith("escalations.toml")
    assert mistake["key"] == key
    assert reason in mistake["reason"]
