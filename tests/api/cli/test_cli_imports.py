"""Importing from any source with the command line: what it tells, and when it ends with 1."""

import re
from pathlib import Path

import pytest

from tests.api.cli.conftest import CIS, RELATIONSHIPS, Cmdb

DOCUMENT = """
cis:
  - { native_id: shop, class: business_service, name: Shop }
  - { native_id: web, class: virtual_machine, name: web, attributes: { fqdn: web.example } }
relationships:
  - { from: shop, type: runs_on, to: web }
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "estate.yaml"
    file.write_text(DOCUMENT)
    return file


def names(cmdb: Cmdb) -> list[str]:
    return [ci["name"] for ci in cmdb("ci", "list", "--json").json()["items"]]


def test_every_importer_is_a_source_by_its_name(document: Path, cmdb: Cmdb) -> None:
    said = cmdb("import", "document", str(document))
    assert said.code == 0, said.err
    assert names(cmdb) == ["Shop", "web"]
    (run,) = cmdb("import", "list", "--json").json()
    assert (run["source"], run["status"], run["cis"]) == ("document", "done", {"created": 2})
    assert cmdb("import", "document", str(document), "--source", "wiki", "--scope", "shop").code == 0
    assert [(one["source"], one["scope"]) for one in cmdb("import", "list", "--json").json()] == [
        ("wiki", "shop"),
        ("document", ""),
    ]


def test_sources_are_listed_with_their_options(cmdb: Cmdb) -> None:
    found = {one["name"]: one for one in cmdb("import", "sources", "--json").json()}
    assert {"document", "kubernetes", "netbox", "table"} <= found.keys()
    table = cmdb("import", "sources").out
    for name, one in found.items():
        assert re.search(rf"^{name} ", table, re.MULTILINE)
        for option in one["options"]:
            assert f"-o {option['name']}=" in table


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("netbocks", "x"), 1, "'netbocks'; there are ansible, "),
        (("document",), 2, "LOCATION"),
        (("document", "{file}", "--retire-at-most", "0.2"), 2, "percentage"),
        (("document", "{file}", "-o", "colour"), 1, "name=value"),
        (("document", "{file}", "-o", "colour=red"), 1, "document has no option colour"),
        (("csv", "{file}", "-o", "colour=red"), 1, "csv has no option colour"),
        (("document", "nowhere.yaml"), 1, "does not exist"),
        (("document", "{file}", "--source", "manual"), 1, "people's edits"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    document: Path, cmdb: Cmdb, arguments: tuple[str, ...], code: int, told: str
) -> None:
    said = cmdb("import", *(text.format(file=document) for text in arguments))
    assert (said.code, told in said.err) == (code, True), said.err
    assert names(cmdb) == []


def test_a_run_that_fails_ends_with_1_and_is_noted(tmp_path: Path, cmdb: Cmdb) -> None:
    (tmp_path / "broken.yaml").write_text("cis: [{native_id: a")
    said = cmdb("import", "document", str(tmp_path / "broken.yaml"))
    assert said.code == 1
    assert "broken.yaml" in said.err
    assert [run["status"] for run in cmdb("import", "list", "--json").json()] == ["failed"]


def test_a_dry_run_tells_the_difference_and_writes_nothing(document: Path, cmdb: Cmdb) -> None:
    cmdb("import", "document", str(document))
    changed = DOCUMENT.replace("fqdn: web.", "fqdn: www.") + "  - { from: shop, type: depends_on, to: api }\n"
    document.write_text(
        changed.replace("cis:", "cis:\n  - { native_id: api, class: application, name: api }")
    )
    before = cmdb("revisions", "--json").json()

    said = cmdb("import", "document", str(document), "--dry-run")
    assert said.code == 0
    assert "~ changed virtual_machine web  fqdn: web.example → www.example\n" in said.out
    assert "+ created application api" in said.out
    assert "+ created Shop DEPENDS_ON api\n" in said.out
    assert "nothing was written" in said.out
    told = cmdb("import", "document", str(document), "--dry-run", "--json").json()["changes"]
    assert [(one["outcome"], one["name"]) for one in told] == [
        ("changed", "virtual_machine web"),
        ("created", "application api"),
        ("created", "Shop DEPENDS_ON api"),
    ]
    assert told[0]["fields"] == {"fqdn": ["web.example", "www.example"]}

    assert cmdb("revisions", "--json").json() == before
    assert len(cmdb("import", "list", "--json").json()) == 1
    cmdb("import", "document", str(document))
    assert "Nothing would change." in cmdb("import", "document", str(document), "--dry-run").out


def test_of_many_changes_the_first_fifty_are_shown(tmp_path: Path, cmdb: Cmdb) -> None:
    rows = "".join(f"n{number},server,node{number}\n" for number in range(60))
    (tmp_path / "cis.csv").write_text("native_id,class,name\n" + rows)
    said = cmdb("import", "csv", str(tmp_path), "--dry-run").out
    assert said.count("+ created server node") == 50
    assert "and 10 more changes; --json has all" in said
    assert len(cmdb("import", "csv", str(tmp_path), "--dry-run", "--json").json()["changes"]) == 60


def test_what_a_complete_run_lacks_is_missing(estate: Path, cmdb: Cmdb) -> None:
    less(estate)
    partly = cmdb("import", "csv", str(estate), "--source", "files", "--json").json()
    assert (partly["complete"], partly["missing"]) == (False, 0)
    said = cmdb("import", "csv", str(estate), "--source", "files", "--complete", "--retire-at-most", "50%")
    assert said.code == 0
    assert re.search(r"^Missing: 1\.", said.out, re.MULTILINE)
    assert counts(said.out, "relationships") == {
        "created": 0,
        "changed": 0,
        "unchanged": 2,
        "withdrawn": 1,
        "rejected": 0,
    }
    assert names(cmdb) == ["Shop", "shop-app", "vm-a", "vm-b"]
    shown = cmdb("import", "show", newest(cmdb)).out
    assert re.search(r"missing +1\n", shown)


def test_a_run_that_misses_too_much_is_held_and_ends_with_1(estate: Path, cmdb: Cmdb) -> None:
    less(estate)
    said = cmdb("import", "csv", str(estate), "--source", "files", "--complete")
    assert said.code == 1
    assert "Held: The run misses 1 of 4 CIs (25%)" in said.out
    told = cmdb("import", "csv", str(estate), "--source", "files", "--complete", "--json")
    assert told.code == 1
    assert "1 of 4 CIs" in told.json()["held"]
    assert "1 of 4 CIs" in cmdb("import", "show", newest(cmdb)).out
    assert cmdb("import", "show", newest(cmdb), "--json").json()["status"] == "held"


def test_rejected_rows_are_kept_to_be_corrected(tmp_path: Path, cmdb: Cmdb) -> None:
    (tmp_path / "cis.csv").write_text(CIS + "x,databse,orders,\n")
    rejects = tmp_path / "rejects"
    said = cmdb("import", "csv", str(tmp_path / "cis.csv"), "--rejects", str(rejects))
    assert said.code == 0
    assert str(rejects / "cis.csv") in said.out
    shown = cmdb("import", "show", newest(cmdb))
    assert "did you mean 'database'?" in shown.out
    assert re.search(r"CIs +4 created, 1 rejected\n", shown.out)
    corrected = (rejects / "cis.csv").read_text().replace("x,databse", "x,database")
    (rejects / "cis.csv").write_text(corrected)
    assert "1 created" in run_of(cmdb, "import", "csv", str(rejects))
    assert "orders" in names(cmdb)


def test_an_import_nobody_knows_is_not_found(cmdb: Cmdb) -> None:
    said = cmdb("import", "show", "nothing")
    assert (said.code, "cmdb import list" in said.err) == (1, True)


def less(estate: Path) -> None:
    """Take one of the machines out of the tables."""
    for name, table in (("cis", CIS), ("relationships", RELATIONSHIPS)):
        lines = [line for line in table.splitlines(True) if not line.startswith("b,") and ",b," not in line]
        (estate / f"{name}.csv").write_text("".join(lines))


def newest(cmdb: Cmdb) -> str:
    return str(cmdb("import", "list", "--json").json()[0]["id"])


def run_of(cmdb: Cmdb, *arguments: str) -> str:
    """What an import says of itself afterwards."""
    assert cmdb(*arguments).code == 0
    return cmdb("import", "show", newest(cmdb)).out


def counts(report: str, table: str) -> dict[str, int]:
    """A row of the table of counts."""
    lines = report.splitlines()
    head = next(line for line in lines if line.split()[:1] == ["created"])
    row = next(line for line in lines if line.startswith(f"{table} "))
    return dict(zip(head.split(), map(int, row.split()[1:]), strict=True))
