"""Who describes a CI, and people's decisions of what is one thing, on the command line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.reconciliation import Observation
from cmdb.runs import Run
from cmdb.store import Store
from tests.api.cli.conftest import Cmdb
from tests.cmdb.graphs import AUTHOR

VM = "cis: [{ native_id: i-1, class: virtual_machine, name: a, attributes: { %s } }]"
AWS = VM % "cloud_id: i-1, fqdn: x.example"
VMWARE = """
cis:
  - native_id: vm/2
    class: virtual_machine
    name: b
    attributes: { cloud_id: i-2, fqdn: x.example, description: from vmware }
"""
NMAP = (
    "cis: [{ native_id: '9', class: server, name: c, attributes: { fqdn: y.example, description: scanned } }]"
)
SAME = "cis: [{ native_id: '8', class: server, name: d, attributes: { fqdn: y.example, description: mine } }]"


@pytest.fixture
def store(database: Database, catalogue: Catalogue) -> Store:
    return Store(database, catalogue)


def take_in(cmdb: Cmdb, folder: Path, source: str, document: str, scope: str = "") -> None:
    (folder / "it.yaml").write_text(document)
    said = cmdb("import", "document", str(folder / "it.yaml"), "--source", source, "--scope", scope)
    assert said.code == 0, said.err


def ci(cmdb: Cmdb, name: str) -> str:
    return str(cmdb("ci", "show", name, "--json").json()["ci"]["id"])


def cases(cmdb: Cmdb) -> list[str]:
    return [case["name"] for case in cmdb("duplicates", "list", "--json").json()]


@pytest.fixture
def question(tmp_path: Path, cmdb: Cmdb) -> tuple[str, str]:
    """Two CIs that share a name in the network and differ in a stronger identifier."""
    take_in(cmdb, tmp_path, "aws", AWS)
    take_in(cmdb, tmp_path, "vmware", VMWARE, scope="lab")
    return ci(cmdb, "a"), ci(cmdb, "b")


@pytest.fixture
def joined(tmp_path: Path, cmdb: Cmdb) -> str:
    """One CI that two sources describe."""
    take_in(cmdb, tmp_path, "nmap", NMAP)
    take_in(cmdb, tmp_path, "other", SAME, scope="lab")
    assert ci(cmdb, "nmap/9") == ci(cmdb, "other/8")
    return ci(cmdb, "nmap/9")


def test_a_case_is_listed_and_shown_with_what_its_records_share(
    question: tuple[str, str], cmdb: Cmdb
) -> None:
    listed = cmdb("duplicates", "list").out
    assert "aws/i-1" in listed and "a, b" in listed and "cloud_id differs" in listed
    shown = cmdb("duplicates", "show", "aws/i-1")
    assert "vmware/lab/vm/2" in shown.out
    assert "● fqdn=x.example" in shown.out and "● cloud_id=i-1" not in shown.out
    case = cmdb("duplicates", "show", "aws/i-1", "--json").json()
    assert (case["shared"], case["cis"]) == (["fqdn=x.example"], list(question))
    assert [one["class"] for one in case["records"]] == ["virtual_machine", "virtual_machine"]


def test_a_case_is_merged_into_the_oldest_unless_a_person_says_otherwise(
    question: tuple[str, str], cmdb: Cmdb
) -> None:
    oldest, other = question
    assert cmdb("duplicates", "merge", "aws/i-1", "--into", "b").out.strip() == other
    assert (ci(cmdb, oldest), cases(cmdb)) == (other, [])
    assert cmdb("undo", str(cmdb("revisions", "--json").json()[0]["seq"])).code == 0
    assert cmdb("duplicates", "merge", "aws/i-1", "--reason", "seen them").out.strip() == oldest
    assert cmdb("revisions", "--json").json()[0]["reason"] == "seen them"
    assert (ci(cmdb, other), cases(cmdb)) == (oldest, [])
    assert cmdb("duplicates", "merge", "aws/i-1").code == 1


def test_a_case_is_kept_apart(question: tuple[str, str], cmdb: Cmdb) -> None:
    assert cmdb("duplicates", "apart", "aws/i-1").code == 0
    assert cases(cmdb) == []
    assert {ci(cmdb, "a"), ci(cmdb, "b")} == set(question)
    assert "None." in cmdb("duplicates", "list").out


def test_only_a_ci_of_the_case_can_be_kept(question: tuple[str, str], joined: str, cmdb: Cmdb) -> None:
    said = cmdb("duplicates", "merge", "aws/i-1", "--into", joined)
    assert (said.code, "none of the CIs of the case" in said.err) == (1, True)
    assert cases(cmdb) == ["aws/i-1"]


def test_a_chain_in_one_ci_is_confirmed_by_merging_and_not_kept_apart(tmp_path: Path, cmdb: Cmdb) -> None:
    take_in(cmdb, tmp_path, "aws", AWS)
    take_in(cmdb, tmp_path, "scan", VM % "fqdn: x.example")
    take_in(cmdb, tmp_path, "cluster", VM % "cloud_id: i-1")
    (case,) = cmdb("duplicates", "list", "--json").json()
    assert len(case["cis"]) == 1
    said = cmdb("duplicates", "apart", case["name"])
    assert (said.code, "split it" in said.err) == (1, True)
    assert cmdb("duplicates", "merge", case["name"]).code == 0
    assert cases(cmdb) == []


def test_sources_show_who_is_followed_and_who_is_not(joined: str, cmdb: Cmdb) -> None:
    cmdb("ci", "set", joined, "environment=production", "description=")
    views = {one["name"]: one for one in cmdb("ci", "sources", joined, "--json").json()}
    assert views.keys() == {"nmap/9", "other/lab/8", f"manual/{joined}"}
    assert views[f"manual/{joined}"]["attributes"] == {
        "description": {"value": None, "wins": True},
        "environment": {"value": "production", "wins": True},
    }
    assert views["nmap/9"]["attributes"]["description"] == {"value": "scanned", "wins": False}
    followed = {one["attributes"]["name"]["value"] for one in views.values() if wins(one, "name")}
    assert followed == {cmdb("ci", "show", joined, "--json").json()["ci"]["name"]}
    lines = cmdb("ci", "sources", joined).out.splitlines()
    assert any(line.split()[:4] == ["description", "●", "(cleared)", f"manual/{joined}"] for line in lines)
    assert any(line.split() == ["○", "scanned", "nmap/9"] for line in lines)


def wins(view: dict[str, dict[str, dict[str, bool]]], attribute: str) -> bool:
    return attribute in view["attributes"] and view["attributes"][attribute]["wins"]


def test_what_is_missing_is_told(tmp_path: Path, joined: str, cmdb: Cmdb) -> None:
    (tmp_path / "it.yaml").write_text(SAME.replace("'8'", "'7'").replace("y.example", "z.example"))
    options = ("--source", "other", "--scope", "lab", "--complete", "--retire-at-most", "100%")
    assert cmdb("import", "document", str(tmp_path / "it.yaml"), *options).code == 0
    assert "missing since 20" in cmdb("ci", "sources", joined).out
    views = {one["name"]: one for one in cmdb("ci", "sources", joined, "--json").json()}
    assert [bool(views[name]["missing_since"]) for name in ("nmap/9", "other/lab/8")] == [False, True]


@pytest.mark.parametrize("record", ["other/lab/8", "other/8", "other:lab:8"])
def test_a_record_is_split_off_by_its_name(joined: str, cmdb: Cmdb, record: str) -> None:
    said = cmdb("ci", "split", joined, record)
    assert said.code == 0, said.err
    new = said.out.strip()
    assert (ci(cmdb, "c"), ci(cmdb, "d")) == (joined, new)
    assert cmdb("ci", "merge", "c", "d").code == 0
    assert ci(cmdb, new) == joined


def test_a_record_of_another_ci_is_not_split_off(joined: str, cmdb: Cmdb) -> None:
    said = cmdb("ci", "split", joined, "aws/i-1")
    assert (said.code, "cmdb ci sources" in said.err) == (1, True)


def test_a_sweep_retires_what_has_been_missing_for_too_long(cmdb: Cmdb, store: Store) -> None:
    now = datetime.now(UTC)
    for days, seen in ((100, "abcdef"), (60, "abcde")):
        rows = [Observation(name, {"class": "server", "name": name}, ()) for name in seen]
        at = now - timedelta(days=days)
        run = Run(store.database, store.catalogue, AUTHOR, "scan", complete=True, observed_at=at)
        assert run.take_in(rows).retired == 0
    assert cmdb("ci", "show", "f", "--json").json()["ci"]["status"] == "operational"
    assert "1  had been missing for too long" in cmdb("sweep", "--reason", "nightly").out
    assert cmdb("ci", "show", "f", "--json").json()["ci"]["status"] == "retired"
    assert cmdb("revisions", "--json").json()[0]["reason"] == "nightly"
    assert cmdb("sweep", "--json").json() == {"withdrawn": 0, "stale": 0, "fresh": 0, "derived": 0}
