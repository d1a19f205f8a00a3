"""`cmdb map`, `cmdb path` and `cmdb common`, on the real Neo4j."""

from pathlib import Path

import pytest

from tests.api.cli.conftest import Cmdb, imported

pytestmark = pytest.mark.usefixtures("estate")

CIS = """native_id,class,name,owner,used_by
shop,business_service,shop,Sales,
till,business_service,till,,
app,application,app,,
vm-a,virtual_machine,vm-a,,
vm-b,virtual_machine,vm-b,,
host,hypervisor,host,,
lone,printer,lone,,
"""
RELATIONSHIPS = """from,type,to,group,need
shop,depends_on,app,,
till,depends_on,app,,
app,runs_on,vm-a,hosts,1
app,runs_on,vm-b,hosts,1
vm-a,runs_on,host,,
vm-b,runs_on,host,,
"""


@pytest.fixture
def estate(tmp_path: Path, cmdb: Cmdb) -> None:
    """Two services on one app, which has two machines on one host."""
    imported(cmdb, tmp_path, CIS, RELATIONSHIPS)


def test_a_map_has_layers_with_groups_and_states(cmdb: Cmdb) -> None:
    said = cmdb("map", "shop", "--if-fails", "vm-a")
    assert said.code == 0
    assert "What shop stands on" in said.out
    assert "2 steps away, 2 CIs" in said.out
    assert "needs 1 of 2 (hosts): vm-a is down; vm-b is still up" in said.out
    layers = cmdb("map", "shop", "--if-fails", "vm-a", "--json").json()["layers"]
    assert [[(ci["name"], ci["state"]) for ci in layer["cis"]] for layer in layers] == [
        [("shop", "up")],
        [("app", "at_risk")],
        [("vm-a", "down"), ("vm-b", "up")],
        [("host", "up")],
    ]


def test_what_is_left_out_is_said(cmdb: Cmdb) -> None:
    said = cmdb("map", "shop", "--depth", "1")
    assert "3 CIs left out; nothing is shown from 2 steps on" in said.out
    assert "2 virtual_machine, 1 hypervisor" in said.out
    layers = cmdb("map", "shop", "--class", "hypervisor", "--json").json()["layers"]
    assert [ci["name"] for layer in layers for ci in layer["cis"]] == ["shop", "host"]


def test_the_reverse_of_a_map(cmdb: Cmdb) -> None:
    said = cmdb("map", "host", "--up")
    assert "Who depends on host, and what if it fails alone" in said.out
    assert "Sales" in said.out
    found = cmdb("map", "host", "--up", "--json").json()["dependents"]
    assert [(ci["name"], ci["state"], ci["distance"]) for ci in found] == [
        ("shop", "down", 3),
        ("till", "down", 3),
    ]
    assert "No such CI depends on it" in cmdb("map", "lone", "--up").out


def test_a_map_that_cannot_be_meant(cmdb: Cmdb) -> None:
    assert cmdb("map", "shop", "--depth", "0").code == 2
    unknown = cmdb("map", "shop", "--class", "hypervisr")
    assert (unknown.code, "hypervisor" in unknown.err) == (1, True)
    assert "leave the scenario out" in cmdb("map", "host", "--up", "--if-fails", "vm-a").err


def test_disjoint_paths_with_their_relationships(cmdb: Cmdb) -> None:
    said = cmdb("path", "app", "host")
    assert "Path 1 of 2  2 steps" in said.out
    assert "runs_on, in hosts, which needs 1 of 2 ─ vm-b" in said.out
    answer = cmdb("path", "app", "host", "--json").json()
    assert [[hop["name"] for hop in path["hops"]] for path in answer["disjoint"]] == [
        ["app", "vm-a", "host"],
        ["app", "vm-b", "host"],
    ]


def test_there_is_none_or_the_other_way_round(cmdb: Cmdb) -> None:
    back = cmdb("path", "host", "shop")
    assert "host does not depend on shop, as far as is known." in back.out
    assert "shop depends on host  3 steps" in back.out
    none = cmdb("path", "shop", "lone", "--json").json()
    assert (none["shortest"], none["disjoint"], none["opposite"]) == (None, [], None)


def test_a_path_from_a_ci_to_itself_is_refused(cmdb: Cmdb) -> None:
    assert "shop is named as both ends" in cmdb("path", "shop", "shop").err


def test_what_is_shared_comes_nearest_first(cmdb: Cmdb) -> None:
    said = cmdb("common", "shop", "till")
    assert "What shop and till share" in said.out
    answer = cmdb("common", "shop", "till", "--json").json()
    told = [(p["name"], p["distances"], p["dependents"]) for p in answer["providers"]]
    assert told == [
        ("app", [1, 1], 2),
        ("vm-a", [2, 2], 3),
        ("vm-b", [2, 2], 3),
        ("host", [3, 3], 5),
    ]
    assert "and 3 more: --limit lists more" in cmdb("common", "shop", "till", "--limit", "1").out


def test_nothing_in_common(cmdb: Cmdb) -> None:
    assert "Nothing, as far as is known" in cmdb("common", "shop", "lone").out
    some = cmdb("common", "shop", "till", "lone", "--at-least", "2", "--json").json()
    assert some["providers"][0]["distances"] == [1, 1, None]


def test_sharing_with_itself_is_refused(cmdb: Cmdb) -> None:
    assert "Named twice: shop" in cmdb("common", "shop", "shop").err
