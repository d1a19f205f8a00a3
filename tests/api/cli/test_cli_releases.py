import json
from pathlib import Path

from cmdb.access import Actor, Role
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.practices import open_desk
from cmdb.records import By, transition
from cmdb.store import Store
from tests.api.cli.conftest import Cmdb, imported

BOSS = By(Actor("boss", Role.MANAGER), "test")
TESTS = {"tests": [{"name": "smoke", "passed": True, "evidence": "run 42"}]}


def discovered(cmdb: Cmdb, folder: Path, one: str, two: str) -> None:
    rows = f"native_id,class,name,version\na,virtual_machine,vm-a,{one}\nb,virtual_machine,vm-b,{two}\n"
    imported(cmdb, folder, rows, "from,type,to\n")


def test_a_release_from_plan_to_reversal(
    cmdb: Cmdb, tmp_path: Path, database: Database, catalogue: Catalogue
) -> None:
    discovered(cmdb, tmp_path, "1.0", "1.0")
    told = ("description=Pay by phone", "team=Shop", "reversal=Install 1.0")
    number = cmdb("release", "open", "Shop 2.0", *told, "--json").json()["number"]
    planned = cmdb("release", "contain", number, "vm-a=2.0", "vm-b=2.0", "--json").json()
    assert [(one["before"], one["after"]) for one in planned["values"]["versions"]["versions"]] == [
        ("1.0", "2.0"),
        ("1.0", "2.0"),
    ]
    assert {link["name"] for link in planned["links"]} == {"vm-a", "vm-b"}
    assert cmdb("release", "waves", number, "pilot=vm-a", "rest=vm-b").code == 0
    (tmp_path / "tests.json").write_text(json.dumps(TESTS))
    cmdb("release", "do", number, "build")
    cmdb("release", "do", number, "test", "build=shop-2.0.tar")
    assert cmdb("release", "do", number, "submit", f"test=@{tmp_path / 'tests.json'}").code == 0
    refused = cmdb("release", "do", number, "approve")
    assert (refused.code, "so others must decide" in refused.err) == (1, True)
    transition(open_desk(Store(database, catalogue)), BOSS, number, "approve")

    assert cmdb("release", "deploy", number).code == 0
    assert f"{number}-before" in cmdb("baseline", "list").out
    assert cmdb("release", "wave", number).code == 0
    refused = cmdb("release", "wave", number, "--begin", "rest")
    assert (refused.code, "Wave pilot of" in refused.err) == (1, True)
    discovered(cmdb, tmp_path, "2.0", "1.0")
    assert cmdb("release", "wave", number, "--succeeded").code == 0
    cmdb("release", "wave", number, "--begin", "rest")
    assert cmdb("release", "wave", number, "--failed", "--note", "It does not start").code == 0
    assert cmdb("release", "do", number, "fail", "--note", "Take it back").code == 0
    assert cmdb("release", "reverse", number).code == 0
    assert cmdb("release", "incidents", number).out == "None.\n"
    slow = cmdb("incident", "open", "Slow", "--relate", f"caused_by={number}", "--json").json()["number"]
    assert slow in cmdb("release", "incidents", number).out
    rows = cmdb("release", "versions", number, "--json").json()["items"]
    assert [(row["name"], row["baseline"], row["now"]) for row in rows] == [
        ("vm-a", "1.0", "2.0"),
        ("vm-b", "1.0", "1.0"),
    ]
    assert "files/a" in cmdb("release", "versions", number).out
    discovered(cmdb, tmp_path, "2.0", "1.0")
    refused = cmdb("release", "confirm", number)
    assert (refused.code, "version of vm-a is 2.0 by files/a, not 1.0" in refused.err) == (1, True)
    discovered(cmdb, tmp_path, "1.0", "1.0")
    assert cmdb("release", "confirm", number, "--json").json()["state"] == "reversed"


def test_wrong_use_of_releases_is_told(cmdb: Cmdb, tmp_path: Path) -> None:
    discovered(cmdb, tmp_path, "1.0", "1.0")
    number = cmdb("release", "open", "Shop 2.0", "--json").json()["number"]
    assert cmdb("release", "versions", number).out == "None.\n"
    assert cmdb("release", "contain", number, "vm-a=2.0", "vm-b=2.0").code == 0
    let_go = cmdb("release", "contain", number, "vm-a=", "--json").json()
    assert [link["name"] for link in let_go["links"]] == ["vm-b"]
    assert "versions" not in cmdb("release", "contain", number, "vm-b=", "--json").json()["values"]
    assert cmdb("release", "wave", number, "--failed", "--succeeded").code == 2
    twice = cmdb("release", "waves", number, "pilot=vm-a,vm-a")
    assert (twice.code, "is named twice" in twice.err) == (1, True)
    early = cmdb("release", "wave", number)
    assert (early.code, "is planned, not deploying" in early.err) == (1, True)
