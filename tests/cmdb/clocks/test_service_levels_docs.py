"""The examples in docs/service-levels.md are files that load and fit together."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from cmdb.agreements import load_agreements, promised
from cmdb.calendars import load_calendars
from cmdb.catalogue import Catalogue
from cmdb.clocks import ClockState, Told, load_escalations
from cmdb.policy import Policies
from cmdb.priorities import AffectedService, load_priorities, propose_impact

PAGE = (Path(__file__).parents[3] / "docs" / "service-levels.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```toml\n# (\w+\.toml)\n(.*?)```", PAGE, re.DOTALL))
NEW_YEARS_EVE = datetime(2026, 12, 31, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def policies(tmp_path: Path) -> Policies:
    for name, text in EXAMPLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Policies(tmp_path)


def test_there_is_an_example_of_each_file_in_the_table() -> None:
    assert re.findall(r"^\| `(\w+\.toml)` \|", PAGE, re.MULTILINE) == list(EXAMPLES)


def test_the_examples_fit_together(policies: Policies, catalogue: Catalogue) -> None:
    calendars, priorities = load_calendars(policies), load_priorities(policies).priorities
    agreements = load_agreements(policies, catalogue, calendars, priorities)
    escalations = load_escalations(policies, priorities)
    assert [one.name for one in agreements] == ["general", "shop", "carrier"]
    assert [name for name, _ in escalations.at("restore", 1, 75)] == ["desk_is_late"]
    shop = {"id": "1", "name": "Shop DE", "class": "business_service", "criticality": None}
    promise = promised(agreements, "restore", 2, [shop], NEW_YEARS_EVE)
    assert promise is not None
    assert (promise.party, promise.due) == ("Sales", NEW_YEARS_EVE + 4 * HOUR)


def test_the_hours_of_the_example_are_those_it_tells_of(policies: Policies) -> None:
    calendars = load_calendars(policies)
    desk, night = calendars["service_desk"], calendars["night_shift"]
    assert desk.working(NEW_YEARS_EVE, NEW_YEARS_EVE + 48 * HOUR) == 4 * HOUR
    sunday = datetime(2026, 11, 22, tzinfo=UTC)
    assert night.working(sunday, sunday + 7 * 24 * HOUR) == 5 * 8 * HOUR


def test_the_reason_of_the_example_is_what_comes_out(policies: Policies) -> None:
    services = [
        AffectedService("Payroll", "critical", 200, "degraded"),
        AffectedService("Shop", "high", None, "down"),
        AffectedService("Wiki", "low", None, "down"),
    ]
    assert f"> {propose_impact(load_priorities(policies).proposal, services).reason}\n" in PAGE


def test_every_state_and_every_role_is_told_of() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == get_args(ClockState)
    assert all(f"`{role}`" in PAGE for role in get_args(Told))
