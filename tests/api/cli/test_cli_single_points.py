"""`cmdb spof`, `cmdb cutsets` and `cmdb risk`, on the real Neo4j."""

from pathlib import Path

import pytest

from tests.api.cli.conftest import Cmdb, imported

pytestmark = pytest.mark.usefixtures("estate")

CIS = """native_id,class,name,criticality,owner
shop,business_service,shop,high,Sales
till,business_service,till,,
app,application,app,,
vm-a,virtual_machine,vm-a,,
vm-b,virtual_machine,vm-b,,
"""
RELATIONSHIPS = """from,type,to,group,need
shop,depends_on,app,,
till,depends_on,app,,
app,runs_on,vm-a,hosts,1
app,runs_on,vm-b,hosts,1
"""


@pytest.fixture
def estate(tmp_path: Path, cmdb: Cmdb) -> None:
    """Two services on one app, which has two machines."""
    imported(cmdb, tmp_path, CIS, RELATIONSHIPS)


def test_the_points_of_a_service_before_and_during_a_failure(cmdb: Cmdb) -> None:
    said = cmdb("spof", "shop")
    assert said.code == 0
    assert "1 single point of failure." in said.out
    assert "depends on app, which is down" in said.out
    during = cmdb("spof", "shop", "--during", "vm-a")
    assert "2 single points of failure while vm-a is down." in during.out
    assert "exposed" in during.out
    assert "vm-b (new)" in during.out
    points = cmdb("spof", "shop", "--during", "vm-a", "--json").json()["points"]
    assert [(point["name"], point["new"]) for point in points] == [("app", False), ("vm-b", True)]
    assert "has nothing left to lose" in cmdb("spof", "shop", "--during", "app").out


def test_all_points_and_what_a_failure_exposes(cmdb: Cmdb) -> None:
    ranked = cmdb("spof", "--all", "--json").json()
    assert [(point["name"], point["worth"]) for point in ranked["points"]] == [("app", 5)]
    said = cmdb("spof", "--all")
    assert "1 CI takes down at least one of 2 services." in said.out
    assert "shop, till" in said.out
    exposed = cmdb("spof", "--exposed", "--during", "vm-b")
    assert "2 services exposed" in exposed.out
    assert "vm-a" in exposed.out
    assert "No service is exposed" in cmdb("spof", "--exposed").out


def test_what_is_asked_must_be_clear(cmdb: Cmdb) -> None:
    assert cmdb("spof").code == 2
    assert cmdb("spof", "shop", "--all").code == 2


def test_cut_sets_and_their_limits(cmdb: Cmdb) -> None:
    said = cmdb("cutsets", "shop")
    assert "2 CIs together: 1  these are all" in said.out
    assert "vm-a + vm-b" in said.out
    assert "see --limit" in cmdb("cutsets", "shop", "--limit", "1").out
    assert "there is nothing to look for" in cmdb("cutsets", "shop", "--during", "app").out


def test_a_risk_is_accepted_listed_and_withdrawn(cmdb: Cmdb) -> None:
    accepted = ("risk", "accept", "app", "--reason", "rewrite in spring", "--by", "Ada")
    assert cmdb(*accepted, "--service", "shop", "--until", "2999-01-31").code == 0
    assert "accepted by Ada until 2999-01-31: rewrite in spring" in cmdb("spof", "shop").out
    assert "accepted by" not in cmdb("spof", "till").out
    listed = cmdb("risk", "list")
    assert all(word in listed.out for word in ("app", "shop", "Ada", "2999-01-31"))
    assert cmdb("risk", "list", "--json").json()[0]["until"] == "2999-01-31"
    assert cmdb("risk", "withdraw", "app", "--service", "shop").code == 0
    assert "accepted by" not in cmdb("spof", "shop").out
    assert cmdb("risk", "withdraw", "app").code == 1
    assert cmdb(*accepted, "--until", "soon").code == 1
    assert cmdb(*accepted, "--until", "2001-01-31").code == 0
    assert "was accepted by Ada" in cmdb("spof", "shop").out
    assert "expired" in cmdb("risk", "list").out
