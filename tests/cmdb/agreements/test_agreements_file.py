"""`agreements.toml`: what it may say, and how its mistakes are told."""

from pathlib import Path

import pytest

from cmdb.agreements import Agreement, load_agreements
from cmdb.calendars import load_calendars
from cmdb.catalogue import Catalogue
from cmdb.errors import CatalogueError
from cmdb.policy import Policies

GOOD = """
[agreements.gold]
kind = "sla"
party = "Sales"
calendar = "24x7"
covers = [{ name = "Shop*", class = "business_service" }, { id = "x" }]
availability = { percent = 99.5, period = "quarter" }

[agreements.gold.targets]
1 = { respond = "15m", restore = "4h" }
2 = { restore = "24h", calendar = "office" }
"""


def load(folder: Path, catalogue: Catalogue, text: str) -> tuple[Agreement, ...]:
    (folder / "agreements.toml").write_text(text, encoding="utf-8")
    policies = Policies(folder)
    return load_agreements(policies, catalogue, load_calendars(policies), (1, 2))


def test_what_it_says_is_found(tmp_path: Path, catalogue: Catalogue) -> None:
    (gold,) = load(tmp_path, catalogue, GOOD)
    assert (gold.name, gold.kind, gold.party) == ("gold", "sla", "Sales")
    assert gold.availability is not None
    assert (gold.availability.percent, gold.availability.period) == (99.5, "quarter")
    assert [terms.calendar_name for terms in gold.targets.values()] == ["24x7", "office"]
    assert gold.targets[2].respond is None


@pytest.mark.parametrize(
    ("said", "instead", "key", "reason"),
    [
        (
            'calendar = "24x7"',
            'calendar = "24/7"',
            "calendar",
            "no calendar is called '24/7'; did you mean '24x7'",
        ),
        ('"office"', '"moon"', "targets.2.calendar", "no calendar is called 'moon'; there are 24x7, office"),
        ("1 = { respond", "3 = { respond", "targets", "says nothing of priority 1"),
        ("2 = {", "2 = {}\n3 = {", "targets.3", "is no priority; there are 1, 2"),
        ('"15m"', '"1d"', "targets.1.respond", "days differ in length"),
        ('"15m"', '"0m"', "targets.1.respond", "write a number"),
        ('"business_service"', '"bussiness_service"', "covers", "did you mean 'business_service'"),
        ('{ id = "x" }', "{}", "covers", "one names no CI"),
        ("party =", "parti =", "parti", "did you mean 'party'"),
        ("99.5", "100.5", "availability.percent", "less than or equal to 100"),
        ('"quarter"', '"decade"', "availability.period", "'decade' is not one of week"),
        ('"sla"', '"slo"', "kind", "'slo' is not one of sla, ola, uc"),
        ('calendar = "24x7"', "", "calendar", "Field required"),
    ],
)
def test_a_mistake_is_told_by_file_key_and_reason(
    tmp_path: Path, catalogue: Catalogue, said: str, instead: str, key: str, reason: str
) -> None:
    assert GOOD.count(said) == 1
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, catalogue, GOOD.replace(said, instead))
    told = {mistake["key"]: mistake for mistake in caught.value.extensions["mistakes"]}
    mistake = told[f"agreements.gold.{key}"]
    assert reason in mistake["reason"]
    assert mistake["file"].endswith("agreements.toml")
