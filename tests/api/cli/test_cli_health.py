"""How good the data are, on the command line."""

from pathlib import Path

from tests.api.cli.conftest import Cmdb


def test_figures_lead_to_their_lists(estate: Path, cmdb: Cmdb) -> None:
    said = cmdb("health")
    assert said.code == 0
    assert "4 CIs" in said.out
    figures = {figure["check"]: figure for figure in cmdb("health", "--json").json()["figures"]}
    assert figures["no_supported_by"] == {
        "check": "no_supported_by",
        "measure": "completeness",
        "title": "without supported_by",
        "asked": 4,
        "failing": 4,
        "share": 0.0,
    }
    for name, figure in figures.items():
        assert f"cmdb health {name}" in said.out
        answer = cmdb("health", name, "--json").json()
        assert answer["figure"] == figure
        assert len(answer["items"]) == figure["failing"]
        assert cmdb("health", name).code == 0
    assert "owner: Compute" in cmdb("health", "unknown_team", "--class", "server").out


def test_figures_by_class_and_lists_by_owner(estate: Path, cmdb: Cmdb) -> None:
    by_class = cmdb("health", "--by", "class")
    assert "completeness by class" in by_class.out
    parts = cmdb("health", "--by", "class", "--json").json()["parts"]
    assert (parts[0]["key"], parts[0]["cis"]) == ("virtual_machine", 2)
    listed = cmdb("health", "unknown_team", "--owner", "Compute", "--limit", "1", "--json").json()
    assert [item["name"] for item in listed["items"]] == ["vm-a"]
    following = cmdb(
        "health", "unknown_team", "--owner", "Compute", "--cursor", listed["next"], "--json"
    ).json()
    assert [item["name"] for item in following["items"]] == ["vm-b"]
    assert following["next"] is None


def test_words_for_every_kind_of_finding(estate: Path, cmdb: Cmdb, tmp_path: Path) -> None:
    (tmp_path / "cis.csv").write_text(
        "native_id,class,name,serial_number,manufacturer,colour,os\n"
        "x,physical_server,x,S1,M,red,Linux\ny,physical_server,y,S1,M,,\n"
    )
    (tmp_path / "relationships.csv").write_text("from,type,to,group,need\nx,runs_on,y,g,2\n")
    assert cmdb("import", "csv", str(tmp_path), "--source", "other").code == 0
    assert cmdb("ci", "set", "x", "os=Windows", "class=workstation").code == 0
    said = {
        name: cmdb("health", name, "--contradicted-days", "0").out
        for name in ("duplicate", "unusual_relationship", "beyond_class", "small_group", "class_conflict")
    }
    assert "other tells them apart" in said["duplicate"]
    assert "runs_on physical_server:y" in said["unusual_relationship"]
    assert "colour" in said["beyond_class"]
    assert "g needs 2 of 1" in said["small_group"]
    assert "physical_server says other; workstation says manual" in said["class_conflict"]
    contradicted = cmdb("health", "contradicted", "--contradicted-days", "0").out
    assert "os is Windows by hand, other says Linux since" in contradicted


def test_a_check_that_is_not_there_is_told(estate: Path, cmdb: Cmdb) -> None:
    said = cmdb("health", "nothing")
    assert said.code == 1
    assert "there are no_environment" in said.err
    assert cmdb("health", "--by", "colour").code == 2


def test_verifying(estate: Path, cmdb: Cmdb) -> None:
    assert (
        cmdb("ci", "verify", "vm-a", "shop-app", "--reason", "seen in the rack").err.strip() == "Revision 3."
    )
    never = cmdb("health", "never_verified", "--json").json()
    assert {item["name"] for item in never["items"]} == {"Shop", "vm-b"}
    assert "vm-a" in cmdb("health", "verification_due", "--verified-days", "0").out
    assert cmdb("revisions", "--json").json()[0]["reason"] == "seen in the rack"


def test_auditing_a_baseline(estate: Path, cmdb: Cmdb) -> None:
    assert cmdb("baseline", "set", "golden").code == 0
    assert "0 missing, 0 changed, 0 new" in cmdb("audit", "golden").out
    cis = estate / "cis.csv"
    cis.write_text(
        cis.read_text().replace("vm-b,Compute", "vm-b,Nobody") + "c,virtual_machine,vm-c,Compute\n"
    )
    assert cmdb("import", "csv", str(estate), "--source", "files").code == 0
    assert cmdb("ci", "set", "vm-a", "os=Linux").code == 0
    said = cmdb("audit", "golden")
    assert "0 missing, 1 changed, 1 new" in said.out
    assert "owner: Compute → Nobody" in said.out
    assert "1 difference made by people" in said.out
    answer = cmdb("audit", "golden", "--class", "virtual_machine", "--limit", "1", "--json").json()
    assert [(one["found"], one["ci"]["name"], one["source"]) for one in answer["items"]] == [
        ("changed", "vm-b", "files")
    ]
    rest = cmdb("audit", "golden", "--cursor", answer["next"], "--json").json()
    assert [one["ci"]["name"] for one in rest["items"]] == ["vm-c"]
    assert cmdb("audit", "silver").code == 1
