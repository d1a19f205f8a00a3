"""What a change would buy, what matters most, and parts of an impact: as a change manager asks."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.api.cli.conftest import Cmdb, imported

CIS = """native_id,class,name,owner,criticality
shop,business_service,Shop,Trading,critical
mail,business_service,Mail,Office,low
app,application,shop-app,Retail,
post,application,post-app,Office,
a,switch,core-a,Network,
b,switch,core-b,Network,
vm-1,virtual_machine,vm-one,Compute,
vm-2,virtual_machine,vm-two,Compute,
north,site,North,,
south,site,South,,
"""
RELATIONSHIPS = """from,type,to,group,need
shop,depends_on,app,,
mail,depends_on,post,,
app,runs_on,vm-1,,
post,runs_on,vm-2,,
vm-1,connects_to,a,uplinks,1
vm-2,connects_to,a,uplinks,1
vm-1,located_in,north,,
vm-2,located_in,south,,
"""


@pytest.fixture
def estate(tmp_path: Path, cmdb: Cmdb) -> Path:
    """Two services on two machines at two sites, both behind one switch; a second one stands idle."""
    return imported(cmdb, tmp_path, CIS, RELATIONSHIPS)


def changed(answer: dict[str, Any]) -> dict[str, str]:
    return {item["name"]: item["change"] for item in answer["items"]}


def test_what_a_second_switch_would_buy(estate: Path, cmdb: Cmdb) -> None:
    second = ("compare", "core-a", "--add", "vm-one connects_to core-b uplinks 1")
    answer = cmdb(*second, "--json").json()
    assert changed(answer) == {"Shop": "better", "shop-app": "better", "vm-one": "better"}
    assert (answer["before"]["services"]["down"], answer["after"]["services"]["down"]) == (2, 1)
    (vm,) = [item for item in answer["items"] if item["name"] == "vm-one"]
    assert (vm["before"]["state"], vm["after"]["state"]) == ("down", "at_risk")
    said = cmdb(*second).out
    assert "1 fewer service goes down: 1 service and 2 other CIs fare better, nothing fares worse." in said
    assert "Better in the second" in said


def test_what_fails_as_well_and_what_fails_instead(estate: Path, cmdb: Cmdb) -> None:
    also = cmdb("compare", "vm-one", "--also", "vm-two", "--json").json()
    assert changed(also) == {"Mail": "worse", "post-app": "worse", "vm-two": "worse"}
    instead = cmdb("compare", "vm-one", "--instead", "vm-two", "--json").json()
    assert instead["verdict"].startswith(
        "As many services go down in both: 1 service and 2 other CIs fare worse"
    )
    assert [item["change"] for item in instead["items"]] == ["worse", "better"] + ["worse"] * 2 + [
        "better"
    ] * 2


def test_one_failure_at_two_times(estate: Path, cmdb: Cmdb) -> None:
    assert cmdb("baseline", "set", "golden").code == 0
    assert cmdb("ci", "unrelate", "vm-two", "connects_to", "core-a", "--group", "uplinks").code == 0
    assert cmdb("ci", "retire", "shop-app").code == 0
    answer = cmdb("compare", "core-a", "--since", "golden", "--json").json()
    assert changed(answer) == {
        "shop-app": "gone",
        "Shop": "better",
        **dict.fromkeys(("Mail", "post-app", "vm-two"), "better"),
    }
    assert answer["before"]["revision"] < answer["after"]["revision"]


def test_a_ci_imagined_away_is_gone(estate: Path, cmdb: Cmdb) -> None:
    answer = cmdb("compare", "core-a", "--without", "vm-two", "--json").json()
    assert changed(answer) == {"vm-two": "gone", "Mail": "better", "post-app": "better"}


def test_two_questions_in_files(estate: Path, cmdb: Cmdb, tmp_path: Path) -> None:
    for name, failed in (("one", ["vm-one"]), ("two", ["vm-one", "vm-two"])):
        (tmp_path / f"{name}.json").write_bytes(orjson.dumps({"failed": failed}))
    files = ("--before", str(tmp_path / "one.json"), "--scenario", str(tmp_path / "two.json"))
    assert changed(cmdb("compare", *files, "--json").json())["Mail"] == "worse"


def test_a_comparison_needs_a_difference(estate: Path, cmdb: Cmdb) -> None:
    assert cmdb("compare", "core-a").code == 2
    assert cmdb("compare").code == 2
    assert "Nothing differs" in cmdb("compare", "core-b", "--not-impacted", "Shop").out


def test_what_matters_most(estate: Path, cmdb: Cmdb) -> None:
    answer = cmdb("critical", "--json").json()
    assert [(item["name"], item["worth"]) for item in answer["items"][:1]] == [("core-a", 9)]
    assert [item["name"] for item in cmdb("critical", "--class", "server", "--json").json()["items"]] == [
        "vm-one",
        "vm-two",
    ]
    assert "core-a" in cmdb("critical", "--limit", "1").out
    assert cmdb("critical", "--class", "swich").code == 1


def test_an_impact_lists_what_is_asked_for_and_counts_everything(estate: Path, cmdb: Cmdb) -> None:
    def listed(*arguments: str) -> list[str]:
        answer = cmdb("impact", "core-a", *arguments, "--json").json()
        assert answer["counts"]["down"] == 7
        assert answer["matching"] == len(answer["items"])
        return [item["name"] for item in answer["items"]]

    assert listed("--class", "application") == ["post-app", "shop-app"]
    assert listed("--site", "North") == ["vm-one", "shop-app"]
    assert listed("--team", "office") == ["Mail", "post-app"]
    assert listed("--services") == ["Shop", "Mail"]
    assert listed("--text", "VM-") == ["vm-one", "vm-two"]
    assert listed("--state", "degraded") == []
    assert listed("--site", "South", "--class", "application") == ["post-app"]
    assert cmdb("impact", "core-a", "--site", "East").code == 1
    assert cmdb("impact", "core-a", "--state", "dead").code == 1


def test_counts_by_site_team_and_distance(estate: Path, cmdb: Cmdb) -> None:
    counts = cmdb("impact", "core-a", "--json").json()["counts"]
    sites = [(row["site"] and row["site"]["name"], row["down"]) for row in counts["by_site"]]
    assert sites == [("North", 2), ("South", 2), (None, 3)]
    assert {row["team"]: row["down"] for row in counts["by_team"]} == {
        "Office": 2,
        "Compute": 2,
        "Network": 1,
        "Retail": 1,
        "Trading": 1,
    }
    assert [(row["distance"], row["down"]) for row in counts["by_distance"]] == [
        (0, 1),
        (1, 2),
        (2, 2),
        (3, 2),
    ]
    assert "no site known" in cmdb("impact", "core-a", "--by", "site").out
    assert "By distance" in cmdb("impact", "core-a", "--by", "distance").out
