"""ServiceNow's CMDB out of exported files."""

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from cmdb.errors import InvalidInput
from cmdb.people import Team
from importers.importer import Origin
from importers.servicenow import IMPORTER
from tests.importers.contract import Reading, read

ESTATE = Path(__file__).parent / "data" / "estate"
"""Written by hand: stored values, as `cmdb_ci.do?CSV` gives them."""
NAMES_ONLY = "name,sys_class_name\nPayroll,Application\nsrv-1,Linux Server\nsrv-2,Linux Server\n"


@pytest.fixture(scope="module")
def estate() -> Reading:
    return read(IMPORTER, Origin(str(ESTATE)))


def _rows(table: str) -> list[dict[str, str]]:
    with (ESTATE / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _key(name: str) -> str:
    return next(row["sys_id"] for row in _rows("cmdb_ci") if row["name"] == name)


def _read(folder: Path, **options: str) -> Reading:
    return read(IMPORTER, Origin(str(folder), options))


def test_every_ci_but_packages_and_unknown_tables_is_seen(estate: Reading) -> None:
    expected = {
        row["sys_id"] for row in _rows("cmdb_ci") if row["sys_class_name"] not in ("cmdb_ci_spkg", "u_till")
    }
    assert estate.things.keys() == expected
    assert estate.classes == {
        "hypervisor": 3,
        "database": 3,
        "application": 2,
        "virtual_machine": 2,  # the two Linux servers, whose column virtual is true
        "server": 2,  # what the two members of the pool refer to
        "power_unit": 2,
        "physical_server": 1,  # the Windows server with a manufacturer and a serial number
        **dict.fromkeys(("application_service", "virtual_server", "load_balancer", "load_balancer_pool"), 1),
        **dict.fromkeys(
            ("hypervisor_cluster", "database_cluster", "datastore", "rack", "network_interface"), 1
        ),
    }


def test_every_relation_is_taken_but_those_with_a_reason(estate: Reading) -> None:
    types = {row["sys_id"]: row["name"] for row in _rows("cmdb_rel_type")}
    told = Counter(types[row["type"]] for row in _rows("cmdb_rel_ci"))
    taken = told.total() - 4  # package, Realizes, Hums at, and the one of the rejected till
    assert estate.relations.total() == taken
    assert estate.relations == {
        "composed_of": told["Members::Member of"] + told["Cluster of::Cluster"] + 2,  # two pool members
        "runs_on": told["Runs on::Runs"] + told["Virtualized by::Virtualizes"] + told["Hosted on::Hosts"],
        "depends_on": told["Depends on::Used by"] - 1 + 1,  # not the till's; the service on its pool
        "stored_on": told["Provides storage for::Stored on"],
        "located_in": told["Contains::Contained by"],
        "powered_by": told["Powers::Powered by"] + told["Powered by::Powers"],
        "uses": told["Used by::Uses"],
        "belongs_to": told["Owns::Owned by"] - 2,  # the interface
    }


def test_redundancy_is_assumed_where_nobody_states_it(estate: Reading) -> None:
    groups = {
        (row["name"], group): {
            (r.get("need"), r.get("assumed"))
            for r in estate.things[row["sys_id"]].relations or ()
            if r.get("group") == group
        }
        for row in _rows("cmdb_ci")
        for key, group in estate.groups
        if key == row["sys_id"]
    }
    assert groups == {
        ("shop-pool", "members"): {(1, True)},
        ("lis-cluster", "members"): {(2, True)},  # three hosts, one may go
        ("orders-ag", "members"): {(2, True)},  # three replicas, a majority
        ("R1", "power"): {(1, True)},  # an A and a B side
    }


def test_what_identifies_is_normalised(estate: Reading) -> None:
    first, second = estate.things[_key("web-1")], estate.things[_key("web-2")]
    assert first.attributes is not None and second.attributes is not None
    assert first.attributes["fqdn"] == "web-1.example.org"  # host_name and dns_domain
    assert second.attributes["fqdn"] == "web-2.example.org"  # WEB-2.example.org.
    assert first.attributes["bios_uuid"] == "4210ab00-0000-0000-0000-0000000000a1"
    assert first.attributes["cpu_count"] == 2 * 4
    host = estate.things[_key("esx-1")].attributes
    assert host == {
        **{"class": "hypervisor", "name": "esx-1", "status": "operational", "site": "Lisbon 1"},
        **{"manufacturer": "Dell Inc.", "model": "PowerEdge R740", "serial_number": "SVC1"},
        **{"asset_tag": "P1001", "u_rack_side": "front"},
    }  # and nothing of last_discovered, which would change with every scan


def test_status_environment_criticality_and_teams(estate: Reading) -> None:
    shop, old = estate.things[_key("Web shop")].attributes, estate.things[_key("legacy-1")].attributes
    assert shop is not None and old is not None
    assert (shop["status"], shop["environment"], shop["criticality"]) == (
        "operational",
        "production",
        "critical",
    )
    assert (shop["owner"], shop["supported_by"]) == ("Ada Byron", "Web Trading")
    assert (old["status"], old["correlation_id"]) == ("retired", "scan-77")
    assert estate.teams == [Team("Web Trading", "web@example.org")]  # not the canteen, which has no CI


def test_an_interface_stands_within_its_computer(estate: Reading) -> None:
    assert estate.things[_key("eth0")].within == _key("web-1")


def test_what_does_not_fit_is_told_with_line_and_reason(estate: Reading) -> None:
    assert [(r.table, r.line, r.reason.split(";")[0]) for r in estate.rejected] == [
        (
            "cmdb_ci",
            11,
            "ip_address '192.0.2.22, 192.0.2.32' must be an IP address without prefix, such as 192.0.2.7",
        ),
        ("cmdb_ci", 26, "no class is known for the table 'u_till'"),
        ("cmdb_rel_ci", 28, "the meaning of the relation type 'Hums at::Hummed at by' is not known"),
        ("cmdb_rel_ci", 29, f"{_key('Till 4')} is not among the CIs"),
    ]
    assert estate.things[_key("web-2")].attributes is not None  # kept, without the two addresses
    assert len(estate.dangling) == 1  # the database that no row describes: awaited


def test_a_table_of_ones_own_gets_a_class(estate: Reading) -> None:
    own = _read(ESTATE, classes="u_till=workstation")
    assert own.classes["workstation"] == 1
    assert own.provides(_key("Till 4"), "depends_on") == {_key("Web shop")}
    assert len(own.rejected) == len(estate.rejected) - 2
    with pytest.raises(InvalidInput, match="No class is called 'cash_desk'"):
        _read(ESTATE, classes="u_till=cash_desk")
    with pytest.raises(InvalidInput, match="'u_till' names no class"):
        _read(ESTATE, classes="u_till")


def test_json_with_values_and_labels_reads_like_csv(tmp_path: Path, estate: Reading) -> None:
    types = {row["sys_id"]: row["name"] for row in _rows("cmdb_rel_type")}
    groups = {row["sys_id"]: row["name"] for row in _rows("sys_user_group")}
    labels = types | groups
    for table in ("cmdb_ci", "cmdb_rel_ci"):
        records = [
            {name: {"value": value, "display_value": labels.get(value, value)} for name, value in row.items()}
            for row in _rows(table)
        ]
        packed = gzip.compress(json.dumps({"result": records}).encode())
        (tmp_path / f"{table}.json.gz").write_bytes(packed)
    again = _read(tmp_path)
    assert {key: (one.attributes, one.relations) for key, one in again.things.items()} == {
        key: (one.attributes, one.relations) for key, one in estate.things.items()
    }


def test_xml_and_json_of_a_lists_export_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        '<unload><cmdb_ci_linux_server action="INSERT_OR_UPDATE"><name>srv-1</name>'
        f"<sys_id>{1:032x}</sys_id><support_group display_value='Unix'>{2:032x}</support_group>"
        "</cmdb_ci_linux_server></unload>"
    )
    (tmp_path / "cmdb_ci_appl.json").write_text(
        json.dumps({"records": [{"name": "Payroll", "sys_id": f"{3:032x}", "u_active": True}]})
    )
    reading = _read(tmp_path)
    assert reading.classes == {"server": 1, "application": 1}
    server = reading.things[f"{1:032x}"].attributes
    assert server == {"class": "server", "name": "srv-1", "supported_by": "Unix"}
    assert reading.things[f"{3:032x}"].attributes == {
        "class": "application",
        "name": "Payroll",
        "u_active": "true",
    }


def test_names_alone_do_where_they_are_unique(tmp_path: Path) -> None:
    (tmp_path / "cmdb_ci.csv").write_text(NAMES_ONLY)
    (tmp_path / "cmdb_rel_ci.csv").write_text(
        "Parent,Type,Child\nPayroll,Runs on::Runs,srv-1\nPayroll,Runs on::Runs,srv-9\n"
    )
    reading = _read(tmp_path)
    assert reading.provides("cmdb_ci_appl:Payroll", "runs_on") == {"cmdb_ci_linux_server:srv-1"}
    assert [r.reason for r in reading.rejected] == [
        "child 'srv-9' is not among the CIs; export its table too"
    ]


def test_names_that_are_not_unique_are_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "cmdb_ci.csv").write_text(NAMES_ONLY + "srv-1,Windows Server\nsrv-2,Linux Server\n")
    (tmp_path / "cmdb_rel_ci.csv").write_text("parent,type,child\nPayroll,Runs on::Runs,srv-1\n")
    reading = _read(tmp_path)
    assert reading.relations.total() == 0
    assert [r.reason for r in reading.rejected] == [
        "two of cmdb_ci_linux_server are called 'srv-2'; export sys_id too",
        "child 'srv-1' is the name of 2 CIs; export sys_id too",
    ]


def test_a_ci_exported_from_two_tables_has_the_columns_of_both(tmp_path: Path) -> None:
    key = f"{1:032x}"
    (tmp_path / "cmdb_ci.csv").write_text(f"sys_id,sys_class_name,name\n{key},cmdb_ci_linux_server,srv-1\n")
    (tmp_path / "cmdb_ci_server.csv").write_text(f"sys_id,name,os\n{key},srv-1,Debian\n")
    reading = _read(tmp_path)
    assert reading.things[key].attributes == {"class": "server", "name": "srv-1", "os": "Debian"}


def test_holders_that_hold_each_other_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "cmdb_ci.csv").write_text("name,sys_class_name\nA,cmdb_ci_rack\nB,cmdb_ci_rack\n")
    (tmp_path / "cmdb_rel_ci.csv").write_text(
        "parent,type,child\nA,Contains::Contained by,B\nB,Contains::Contained by,A\n"
    )
    assert [one.within for one in _read(tmp_path).things.values()] == ["", ""]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("cmdb_ci.json", '{"result": [{"name": "a"', "is not JSON"),
        ("cmdb_ci.json", '{"error": "no rights"}', "no list of records under result or records"),
        ("cmdb_ci.json", "[1]", "no list of records"),
        ("cmdb_ci.xml", "<unload><a>", "is not XML"),
        ("cmdb_ci.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares entities"),
        ("cmdb_ci.csv", 'name\n"a', "Correct the quotes"),
        ("cmdb_rel_ci.csv", "parent,type,child\na,Runs on::Runs,b\n", "holds no records of cmdb_ci"),
        ("notes.txt", "", "holds no file that ends in .csv"),
    ],
)
def test_damaged_files_are_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InvalidInput, match=message):
        list(IMPORTER.read(Origin(str(tmp_path))))


def test_an_export_in_another_encoding_is_read_where_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "cmdb_ci_server.csv").write_bytes("sys_id,name\r\na,Zürich\r\n".encode("windows-1252"))
    with pytest.raises(InvalidInput, match="line 2 is not UTF-8"):
        _read(tmp_path)
    assert (_read(tmp_path, encoding="windows-1252").things["a"].attributes or {})["name"] == "Zürich"
