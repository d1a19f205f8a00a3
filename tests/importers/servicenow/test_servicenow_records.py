import json
from pathlib import Path

import pytest

from cmdb.arrivals import RecordReport
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import Records, get_record, list_records, read_log
from cmdb.store import Store, create_cis
from importers.importer import Origin
from importers.records import import_records, record_reader

ANN = Author("ann", "test")
HEADER = (
    "number,incident_state,opened_by,opened_at,sys_updated_by,sys_updated_at,cmdb_ci,category,impact,priority"
)
SHOP = [
    "INC1,New,Ann,29/2/2016 01:16,Ann,29/2/2016 01:23,?,Inquiry / Help,2 - Medium,3 - Moderate",
    "INC1,Awaiting Vendor,Ann,29/2/2016 01:16,Bob,29/2/2016 08:53,web-1,Inquiry / Help,1 - High,?",
    "INC1,-100,Ann,29/2/2016 01:16,Bob,29/2/2016 08:55,web-1,Inquiry / Help,1 - High,2 - High",
    "INC1,Closed,Ann,29/2/2016 01:16,Eve,5/3/2016 12:00,web-1,Inquiry / Help,1 - High,2 - High",
]
ODD = "INC2,Broken,?,29/2/2016 04:40,Eve,29/2/2016 04:57,till-1,Category 40,2 - Medium,3 - Moderate"
LATE = "INC3,New,?,29/2/2016 04:40,Eve,30/2/2016 04:57,?,Category 40,2 - Medium,3 - Moderate"


@pytest.fixture
def store(database: Database, catalogue: Catalogue) -> Store:
    return Store(database, catalogue)


def take_in(
    store: Store, path: Path, reader: str = "servicenow-log", dry_run: bool = False, **options: str
) -> RecordReport:
    if reader == "servicenow-log":
        options = {"times": "%d/%m/%Y %H:%M", **options}
    return import_records(
        open_desk(store),
        store.policies,
        ANN,
        record_reader(reader),
        Origin(str(path), options),
        source="servicenow",
        dry_run=dry_run,
        rejects=path.parent / f"rejected-{len(list(path.parent.iterdir()))}",
    )


def log(folder: Path, *rows: str) -> Path:
    path = folder / "log.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n")
    return path


def records(store: Store) -> Records:
    return list_records(store.database)


def test_a_log_becomes_an_incident_with_its_history(store: Store, tmp_path: Path) -> None:
    (ci,), _ = create_cis(store, ANN, [{"class": "server", "name": "web-1"}])
    report = take_in(store, log(tmp_path, *SHOP))
    assert (report.records, report.entries) == ({"incident": {"created": 1}}, 5)
    record = get_record(store.database, "INC-000001")
    assert (record.origin, record.state, record.opened_by) == ("servicenow/INC1", "closed", "Ann")
    assert (record.opened_at, record.closed_at) == ("2016-02-29T01:16:00Z", "2016-03-05T12:00:00Z")
    assert record.condition(ci) == "concerned"
    assert record.values["external_number"] == "INC1"
    assert [record.values[name] for name in ("title", "category", "impact", "priority")] == [
        "Inquiry / Help",
        "other",
        "high",
        2,
    ]
    told = [
        (one.entry.what, one.entry.by, one.entry.to_state) for one in read_log(store.database, record.number)
    ]
    assert told == [
        ("open", "Ann", "new"),
        ("edit", "Ann", None),
        ("import", "Bob", "on_hold"),
        ("edit", "Bob", None),  # -100 is no state
        ("import", "Eve", "closed"),
    ]


def test_what_does_not_fit_is_corrected_and_imported_again(store: Store, tmp_path: Path) -> None:
    report = take_in(store, log(tmp_path, *SHOP, ODD, LATE, ODD.replace("INC2", "INC1")))
    assert report.records == {"incident": {"created": 1}}
    assert [(one.line, one.row["number"], one.reason) for one in report.rejected] == [
        (6, "INC2", "state 'Broken' is not known; name it in servicenow_records.toml, under states"),
        (
            7,
            "INC3",
            "'30/2/2016 04:57' is no time as '%d/%m/%Y %H:%M'; say how times are written, -o times=…",
        ),
        (8, "INC1", "state 'Broken' is not known; name it in servicenow_records.toml, under states"),
    ]
    (file,) = report.files
    corrected = Path(file)
    text = corrected.read_text().replace("Broken", "Active").replace("30/2/2016", "1/3/2016")
    corrected.write_text("".join(line for line in text.splitlines(True) if ",INC1," not in line))
    again = take_in(store, corrected)
    assert again.records == {"incident": {"created": 2}}
    assert again.unknown_cis == {"till-1": 1}
    assert again.unmapped == {"category: Category 40": 2}
    assert {one.values["imported"]["category"] for one in records(store).items[:2]} == {"Category 40"}


def test_all_rows_of_an_incident_that_is_rejected_are_in_the_file(store: Store, tmp_path: Path) -> None:
    report = take_in(store, log(tmp_path, *SHOP[:3], ODD.replace("INC2", "INC1")))
    assert [one.line for one in report.rejected] == [2, 3, 4, 5]
    assert (report.rejected_rows, records(store).items) == (4, [])
    twice = take_in(store, log(tmp_path, *SHOP, LATE.replace("30/2", "29/2"), SHOP[0]))
    assert [(one.line, one.reason[:18]) for one in twice.rejected] == [(7, "INC1 is there twic")]


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    path = log(tmp_path, *SHOP, ODD)
    dry = take_in(store, path, dry_run=True)
    assert store.database.read("MATCH (node:Record|LogEntry|Revision) RETURN node") == []
    real = take_in(store, path)
    assert (dry.records, dry.entries, dry.rejected, dry.unknown_cis, dry.unmapped) == (
        real.records,
        real.entries,
        real.rejected,
        real.unknown_cis,
        real.unmapped,
    )
    assert (dry.first_revision, real.first_revision) == (None, 1)


def test_the_order_of_rows_is_believed_rather_than_an_odd_time(store: Store, tmp_path: Path) -> None:
    rows = [row.replace("29/2/2016 08:53", "1/3/2016 08:53") for row in SHOP]
    rows[0] = rows[0].replace("29/2/2016 01:23", "28/2/2016 23:00")
    take_in(store, log(tmp_path, *rows))
    entries = [one.entry for one in read_log(store.database, "INC-000001")]
    assert [one.at[8:16] for one in entries] == ["29T01:16", "29T01:16", "29T08:55", "29T08:55", "05T12:00"]
    assert [one.note for one in entries] == [
        "",
        "The log says: at 28/2/2016 23:00.",
        "The log says: at 1/3/2016 08:53.",
        "",
        "",
    ]


def test_times_are_in_the_zone_that_is_named(store: Store, tmp_path: Path) -> None:
    take_in(store, log(tmp_path, *SHOP), zone="America/Sao_Paulo")
    assert get_record(store.database, "INC-000001").opened_at == "2016-02-29T04:16:00Z"
    with pytest.raises(InvalidInput, match="There is no time zone 'Brasilia'"):
        take_in(store, log(tmp_path, *SHOP), zone="Brasilia")


def test_what_is_no_log_is_told(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("number,state\nINC1,New\n")
    with pytest.raises(InvalidInput, match="has no column opened_at, sys_updated_at"):
        take_in(store, path)
    with pytest.raises(InvalidInput, match="did you mean 'servicenow-log'"):
        record_reader("servicenow_log")


INCIDENT = {
    "sys_id": {"value": "a" * 32, "display_value": "a" * 32},
    "number": "INC0010001",
    "short_description": "Cannot pay",
    "state": {"value": "2", "display_value": "In Progress"},
    "priority": {"value": "1", "display_value": "1 - Critical"},
    "opened_at": "2026-01-05 08:00:00",
    "opened_by": "Ann",
    "sys_updated_on": "2026-01-05 09:00:00",
    "sys_updated_by": "bob",
    "u_branch": "Berlin",
}
CHANGE = {
    "number": "CHG0030001",
    "short_description": "Patch the till",
    "state": "Closed",
    "type": "Normal",
    "close_code": "Successful with issues",
    "opened_at": "2026-01-02 08:00:00",
    "work_start": "2026-01-04 22:00:00",
    "work_end": "2026-01-04 23:00:00",
    "closed_at": "2026-01-06 09:00:00",
    "sys_updated_on": "2026-01-06 09:00:00",
}


def tables(folder: Path, **told: object) -> Path:
    path = folder / "exported"
    path.mkdir(exist_ok=True)
    for table, record in told.items():
        (path / f"{table}.json").write_text(json.dumps({"records": [record]}))
    return path


def states(store: Store, number: str) -> list[tuple[str, str | None]]:
    return [(one.entry.at, one.entry.to_state) for one in read_log(store.database, number)]


def test_tables_become_incidents_and_changes(store: Store, tmp_path: Path) -> None:
    report = take_in(store, tables(tmp_path, incident=INCIDENT, change_request=CHANGE), "servicenow")
    assert report.records == {"incident": {"created": 1}, "change": {"created": 1}}
    incident, change = (get_record(store.database, number) for number in ("INC-000001", "CHG-000001"))
    assert incident.origin == "servicenow/" + "a" * 32
    assert (incident.state, incident.values["priority"]) == ("in_progress", 1)
    assert incident.values["imported"] == {"u_branch": "Berlin", "state": "In Progress"}
    assert states(store, "INC-000001") == [
        ("2026-01-05T08:00:00Z", "new"),
        ("2026-01-05T09:00:00Z", "in_progress"),
    ]
    assert (change.values["outcome"], change.values["model"]) == ("with incidents", "normal")
    assert states(store, "CHG-000001") == [
        ("2026-01-02T08:00:00Z", "draft"),
        ("2026-01-04T22:00:00Z", "under_way"),
        ("2026-01-04T23:00:00Z", "implemented"),
        ("2026-01-06T09:00:00Z", "closed"),
    ]


def test_a_later_export_goes_on_also_through_a_reopening(store: Store, tmp_path: Path) -> None:
    resolved = {
        **INCIDENT,
        "state": "Resolved",
        "resolved_at": "2026-01-05 10:00:00",
        "sys_updated_on": "2026-01-05 10:30:00",
        "assigned_to": "Bob",
    }
    reopened = {**resolved, "state": "New", "sys_updated_on": "2026-01-07 08:00:00"}
    for told in (INCIDENT, INCIDENT, resolved, resolved, reopened, reopened):
        take_in(store, tables(tmp_path, incident=told), "servicenow")
    assert [state for _, state in states(store, "INC-000001")] == ["new", "in_progress", "resolved", "new"]
    log = [one.entry for one in read_log(store.database, "INC-000001")]
    assert log[2].at == "2026-01-05T10:00:00Z"
    assert log[2].changes["assignee"] == [None, "Bob"]


def test_what_does_not_fit_in_a_table(store: Store, tmp_path: Path) -> None:
    report = take_in(
        store,
        tables(
            tmp_path,
            incident={**INCIDENT, "opened_at": ""},
            change_request={**CHANGE, "number": ""},
            problem={"number": "PRB1", "state": "New"},
        ),
        "servicenow",
    )
    assert {one.reason for one in report.rejected} == {
        "opened_at is missing",
        "number is missing",
        "the table 'problem' is none of incident, change_request",
    }
