from pathlib import Path

import pytest

from tests.api.cli.conftest import Cmdb

LOG = """number,incident_state,opened_at,sys_updated_at,priority,assignment_group,made_sla
INC1,New,2026-01-05 08:00:00,2026-01-05 08:00:00,1 - Critical,Tills,true
INC1,Resolved,2026-01-05 08:00:00,2026-01-05 18:00:00,1 - Critical,Tills,false
INC2,New,2026-01-20 08:00:00,2026-01-20 08:00:00,3 - Moderate,Web,true
INC2,Closed,2026-01-20 08:00:00,2026-02-01 08:00:00,3 - Moderate,Web,true
INC3,Lost,2026-01-20 08:00:00,2026-02-01 08:00:00,3 - Moderate,Web,true
"""
WHEN = ("--from", "2026-01-01", "--to", "2026-03-01")


@pytest.fixture
def imported(cmdb: Cmdb, tmp_path: Path) -> str:
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    said = cmdb("import", "records", "servicenow-log", str(log), "--rejects", str(tmp_path / "rejected"))
    assert said.code == 0
    return said.out


def test_an_import_says_what_became_of_each_record(imported: str, cmdb: Cmdb, tmp_path: Path) -> None:
    assert "state 'Lost' is not known" in imported
    assert "6 entries of logs" in imported
    log, rejected = str(tmp_path / "log.csv"), ("--rejects", str(tmp_path / "again"))
    again = cmdb("import", "records", "servicenow-log", log, *rejected, "--dry-run", "--json")
    assert again.json()["records"] == {"incident": {"unchanged": 2}}
    wrong = cmdb("import", "records", "servicenow-log", log, "-o", "zome=UTC")
    assert (wrong.code, "has no option zome" in wrong.err) == (1, True)
    assert cmdb("import", "records", "jira", "x").code == 1


def test_a_report_as_a_table_as_json_as_csv_and_as_a_chart(imported: str, cmdb: Cmdb, tmp_path: Path) -> None:
    table = cmdb("report", "mttr", *WHEN, "--per", "priority")
    assert [line.split() for line in table.out.splitlines()[3:]] == [
        ["2026-01", "1", "1", "10.0", "10.0", "10.0", "4.0", "✗"],
        ["2026-02", "3", "1", "288.0", "288.0", "288.0"],
    ]
    rows = cmdb("report", "sla", *WHEN, "--json").json()["rows"]
    assert [(row["period"], row["figures"]["rate"], row["met"]) for row in rows] == [
        ("2026-01", 0, False),
        ("2026-02", 100, True),
    ]
    files = tmp_path / "sla.csv", tmp_path / "sla.svg"
    said = cmdb("report", "sla", *WHEN, "--csv", str(files[0]), "--svg", str(files[1]))
    assert (said.code, said.out) == (0, "")
    assert files[0].read_text().splitlines() == [
        "period,group,resolved,promised,kept,rate,target,met",
        "2026-01,,1,1,0,0.0,95.0,false",
        "2026-02,,1,1,1,100.0,95.0,true",
    ]
    assert "2026-02: 100" in files[1].read_text()


def test_reports_are_listed_and_wrong_questions_refused(cmdb: Cmdb) -> None:
    assert "backlog" in cmdb("report").out
    assert {one["name"] for one in cmdb("report", "--json").json()} >= {"volume", "mtbf", "changes"}
    assert "did you mean 'volume'" in cmdb("report", "volumes").err
    assert "cannot be divided by 'colour'" in cmdb("report", "volume", "--per", "colour").err
    assert cmdb("report", "volume", "--from", "yesterday").code == 2


def test_every_report_can_be_made_of_an_empty_database(cmdb: Cmdb) -> None:
    for one in cmdb("report", "--json").json():
        for per in ("", *one["per"]):
            assert cmdb("report", one["name"], "--per", per).code == 0, (one["name"], per)
