"""A real catalogue: some names twice, and owners that are in no file."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from importers.backstage import IMPORTER
from importers.importer import Origin
from tests.importers.contract import Reading, read

SOURCE = Path(__file__).parents[4] / "shared/data/backstage"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the sample data is not here")


@pytest.fixture(scope="module")
def found() -> Reading:
    return read(IMPORTER, Origin(str(SOURCE)))


def documents(name: str) -> list[dict[str, Any]]:
    return [document for document in yaml.safe_load_all((SOURCE / name).read_text()) if document]


def test_each_name_becomes_one_application(found: Reading) -> None:
    names = Counter(document["metadata"]["name"] for document in documents("charts.yaml"))
    assert (names.total(), len(names)) == (75, 68)
    assert found.classes == {"application": 68}
    assert not found.relations and not found.gaps  # no component says what it depends on
    second = [one for one in found.rejected if "another entity of that name" in one.reason]
    assert len(second) == 75 - 68


def test_groups_become_teams(found: Reading) -> None:
    assert [team.name for team in found.teams] == [
        one["metadata"]["name"] for one in documents("groups.yaml")
    ]
    assert len(found.teams) == 12


def test_owners_that_are_no_group_are_told_and_kept(found: Reading) -> None:
    groups = {f"group:{one['metadata']['name']}" for one in documents("groups.yaml")}
    first = {one["metadata"]["name"]: one["spec"]["owner"] for one in reversed(documents("charts.yaml"))}
    missing = sorted(owner for owner in first.values() if owner not in groups)
    assert sorted({str(one.row["owner"]) for one in found.rejected if "owner" in one.row}) == sorted(
        {*missing}
    )
    assert len(found.rejected) == 7 + len(missing)
    owners = {
        (one.attributes or {})["name"]: (one.attributes or {})["owner"] for one in found.things.values()
    }
    assert owners == {name: owner.removeprefix("group:") for name, owner in first.items()}
