"""Exports of RVTools: the same small estate as a workbook and as a folder of .csv."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.vmware import RVTOOLS
from tests.importers.contract import Reading, read

SERVER = "VC.Example.org"
VC = "vc.example.org"

Sheets = dict[str, list[dict[str, object]]]


def estate() -> Sheets:
    """Two clusters, one highly available; three hosts; five lines of machines, one a template."""
    place = {"Datacenter": "London", "VI SDK Server": SERVER}
    vm: dict[str, object] = {"Template": False, "Cluster": "prod", "Host": "esx1.example.org", **place}
    both = "esx1.example.org, esx2.example.org"
    host: dict[str, object] = {"Vendor": "Dell", "# Cores": 32, "# Memory": "524,288", **place}
    return {
        "vCluster": [
            {"Name": "prod", "HA enabled": True, "DRS enabled": True, "Object ID": "domain-c1", **place},
            {"Name": "lab", "HA enabled": False, "Object ID": "domain-c2", **place},
        ],
        "vHost": [
            {
                "Host": "esx1.example.org",
                "Cluster": "prod",
                "Object ID": "host-1",
                "Serial number": "S1",
                **host,
            },
            {"Host": "esx2.example.org", "Cluster": "prod", "Object ID": "host-2", **host},
            {"Host": "lab1.example.org", "Cluster": "lab", "Object ID": "host-3", **host},
        ],
        "vDatastore": [
            {
                "Name": "san1",
                "Type": "VMFS",
                "MHA": True,
                "Hosts": both,
                "Capacity MiB": 1048576,
                "Object ID": "ds-1",
                **place,
            },
            {
                "Name": "local",
                "Type": "VMFS",
                "MHA": False,
                "Hosts": "lab1.example.org",
                "Object ID": "ds-2",
                **place,
            },
            {
                "Name": "nfs1",
                "Type": "NFS",
                "Address": "nas1:/vm",
                "Hosts": both,
                "Object ID": "ds-3",
                **place,
            },
        ],
        "vInfo": [
            {
                **vm,
                "VM": "app",
                "VM ID": "vm-1",
                "Path": "[san1] app/app.vmx",
                "VM UUID": "50AB",
                "SMBIOS UUID": "42AB",
                "DNS Name": "App.example.org",
                "CPUs": 4,
                "Memory": "8,192",
                "Primary IP Address": "192.0.2.7",
            },
            {
                **vm,
                "VM": "db",
                "VM ID": "vm-2",
                "Path": "[san1] db/db.vmx",
                "HA Restart Priority": "disabled",
            },
            {
                **vm,
                "VM": "test",
                "VM ID": "vm-3",
                "Path": "[local] t/t.vmx",
                "Cluster": "lab",
                "Host": "lab1.example.org",
            },
            {**vm, "VM": "golden", "VM ID": "vm-4", "Template": True},
            {**vm, "VM": "", "VM ID": "vm-5"},
        ],
        "vDisk": [
            {"VM": "app", "VM ID": "vm-1", "Path": "[san1] app/app.vmdk", **place},
            {"VM": "app", "VM ID": "vm-1", "Path": "[nfs1] app/data.vmdk", **place},
        ],
        "vNetwork": [
            {"VM": "app", "VM ID": "vm-1", "Network": "front", **place},
            {"VM": "app", "VM ID": "vm-1", "Network": "back", **place},
            {"VM": "db", "VM ID": "vm-2", "Network": "back", **place},
        ],
        "dvPort": [{"Port": "back", "VLAN": "120", **place}],
        "vMultiPath": [
            {
                "Host": "esx1.example.org",
                "Datastore": "san1",
                "Disk": "naa.600a",
                "Path 1": "vmhba1:C0:T0:L3",
                "Path 2": "vmhba2:C0:T0:L3",
                **place,
            },
            {
                "Host": "esx1.example.org",
                "Datastore": "",
                "Disk": "naa.600b",
                "Path 1": "vmhba1:C0:T0:L4",
                "Path 2": "vmhba2:C0:T0:L4",
                **place,
            },
            {
                "Host": "lab1.example.org",
                "Datastore": "local",
                "Disk": "mpx.vmhba0:C0:T0:L0",
                "Path 1": "vmhba0:C0:T0:L0",
                **place,
            },
        ],
    }


def workbook(folder: Path, sheets: Sheets) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    path = folder / "RVTools_export_all.xlsx"
    book.save(path)
    return path


def texts(folder: Path, sheets: Sheets, separator: str) -> Path:
    for name, rows in sheets.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"RVTools_tab{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=separator)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def reading(path: Path) -> Reading:
    return read(RVTOOLS, Origin(str(path)))


def test_numbers(tmp_path: Path) -> None:
    found = reading(workbook(tmp_path, estate()))
    assert found.classes == {
        "hypervisor_cluster": 2,
        "hypervisor": 3,
        "datastore": 3,
        "file_share": 1,
        "virtual_machine": 3,  # 5 lines without the template and the one without a name
        "network": 2,
        "storage_path": 2,  # of esx1, for two disks; one path to a disk of its own is none
    }
    assert found.relations == {
        "composed_of": 3,
        "runs_on": 3,
        "stored_on": 2 + 1 + 1 + 1,  # app on two, db, test; nfs1 on its share
        "depends_on": 1,  # the local datastore on its host
        "connects_to": 3,
        "linked_to": 2 + 1 + 2,
        "uses": 2,
    }
    assert found.groups == {(f"{VC}/domain-c1", "members"), (f"{VC}/host-1", "paths")}
    assert [(one.table, one.line, one.reason) for one in found.rejected] == [("vInfo", 6, "VM is blank")]
    assert found.dangling == set() and found.gaps == []


def test_what_becomes_of_names(tmp_path: Path) -> None:
    found = reading(workbook(tmp_path, estate()))
    assert found.provides(f"{VC}/vm-1", "runs_on") == {f"{VC}/domain-c1"}
    assert found.provides(f"{VC}/vm-2", "runs_on") == {f"{VC}/host-1"}  # not restarted elsewhere
    assert found.provides(f"{VC}/vm-3", "runs_on") == {f"{VC}/host-3"}  # no high availability
    assert found.provides(f"{VC}/vm-1", "stored_on") == {f"{VC}/ds-1", f"{VC}/ds-3"}
    assert found.provides(f"{VC}/ds-2", "depends_on") == {f"{VC}/host-3"}
    machine = found.things[f"{VC}/vm-1"].attributes or {}
    assert (machine["instance_uuid"], machine["bios_uuid"]) == ("50ab", "42ab")
    assert (machine["fqdn"], machine["memory_mb"], machine["manager"]) == ("app.example.org", "8192", VC)
    store = found.things[f"{VC}/ds-1"].attributes or {}
    assert (store["wwn"], store["capacity_gb"]) == ("naa.600a", 1024)
    assert (found.things[f"{VC}/network/London/back"].attributes or {})["vlan"] == "120"
    host = found.things[f"{VC}/host-1"].attributes or {}
    assert (host["manufacturer"], host["serial_number"], host["fqdn"]) == ("Dell", "S1", "esx1.example.org")


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_folder_of_csv_says_the_same_as_the_workbook(tmp_path: Path, separator: str) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    assert reading(texts(folder, estate(), separator)).things == reading(workbook(tmp_path, estate())).things


def test_machines_alone_name_what_they_stand_on(tmp_path: Path) -> None:
    found = reading(workbook(tmp_path, {"vInfo": estate()["vInfo"]}))
    assert found.classes == {
        "virtual_machine": 3,
        "hypervisor": 2,
        "hypervisor_cluster": 2,
        "datastore": 2,
    }
    assert found.provides(f"{VC}/vm-1", "runs_on") == {f"{VC}/host esx1.example.org"}
    assert found.dangling == set()


def test_a_name_that_stands_there_twice_is_rejected(tmp_path: Path) -> None:
    sheets = estate()
    sheets["vCluster"].append({**sheets["vCluster"][1], "Name": "prod"})
    found = reading(workbook(tmp_path, sheets))
    assert next(one.reason for one in found.rejected) == "'prod' stands there twice; others refer to it so"


def test_of_two_datastores_with_one_name_a_machine_is_on_that_of_its_host(tmp_path: Path) -> None:
    sheets = estate()
    sheets["vDatastore"].append({**sheets["vDatastore"][0], "Name": "local", "Object ID": "ds-9"})
    found = reading(workbook(tmp_path, sheets))
    assert found.provides(f"{VC}/vm-3", "stored_on") == {f"{VC}/ds-2"}


def test_exports_without_object_ids_tell_things_of_one_name_apart(tmp_path: Path) -> None:
    row: dict[str, object] = {"Cluster": "web", "Host": "web", "VI SDK Server": SERVER}
    sheets: Sheets = {
        "vInfo": [{"VM": "web", "Path": "[web] web/web.vmx", **row}],
        "vHost": [row],
        "vCluster": [{"Name": "web", "VI SDK Server": SERVER}],
        "vDatastore": [{"Name": "web", "VI SDK Server": SERVER}] * 2,
    }
    found = reading(workbook(tmp_path, sheets))
    assert set(found.things) == {f"{VC}/{kind} web" for kind in ("cluster", "host", "datastore", "machine")}
    assert [one.reason for one in found.rejected] == ["'web' stands there twice"]


def test_other_workbooks_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds neither vInfo nor vHost"):
        reading(workbook(tmp_path, {"Prices": [{"a": 1}]}))


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, estate())
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(InvalidInput, match="cannot be read as an Excel workbook"):
        reading(path)


def test_a_damaged_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "RVTools_tabvInfo.csv").write_text('VM,Host\n"web,esx1\n')
    with pytest.raises(InvalidInput, match=r"RVTools_tabvInfo\.csv, line 2: .*quotes"):
        reading(tmp_path)
