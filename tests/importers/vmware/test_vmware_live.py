"""A live vCenter, simulated by govmomi, read through pyVmomi."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyVim.task import WaitForTask
from pyVmomi import vim

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.vmware import VMWARE, properties
from tests.importers.contract import read
from tests.importers.vmware.vcsim import administered, built, find, running

Vim: Any = vim


@pytest.fixture(scope="module")
def program(request: pytest.FixtureRequest) -> Path:
    assert request.config.cache
    return built(request.config.cache)


@pytest.fixture(scope="module")
def vcenter(program: Path) -> Iterator[Origin]:
    with running(program, datacenters=2, clusters=2, hosts=3, standalone=1, machines=2) as origin:
        yield origin


def test_every_object_becomes_a_ci(vcenter: Origin) -> None:
    found = read(VMWARE, vcenter)
    clusters, hosts = 2 * 2, 2 * (2 * 3 + 1)
    pools = clusters + 2 * 1  # one of each cluster and of each host in none
    assert found.classes == {
        "hypervisor_cluster": clusters,
        "hypervisor": hosts,
        "virtual_machine": pools * 2,
        "datastore": 2,
        # "VM Network", one port group, and the group of uplinks, which the simulator does not mark as such
        "network": 2 * 3,
    }
    assert found.relations == {
        "composed_of": clusters * 3,
        "runs_on": pools * 2,
        "stored_on": pools * 2,  # the simulator gives each machine one datastore
        "connects_to": pools * 2,  # and one network
        "linked_to": hosts,  # each host mounts the datastore of its data centre
    }
    assert {group for _, group in found.groups} == {"members"} and len(found.groups) == clusters
    assert found.gaps == [] and found.rejected == [] and found.dangling == set()


def test_what_is_known_of_a_host_and_a_machine(vcenter: Origin) -> None:
    with administered(vcenter) as content:
        host = find(content, Vim.HostSystem, "DC1_C0_H1")
        machine = find(content, Vim.VirtualMachine, "DC1_C0_RP0_VM1")
        on, uuids = machine.runtime.host._moId, (machine.config.instanceUuid, machine.config.uuid)
        hardware = host.hardware
    things = read(VMWARE, vcenter).things
    seen = things[f"127.0.0.1/{host._moId}"].attributes or {}
    assert seen["bios_uuid"] == hardware.systemInfo.uuid and seen["datacenter"] == "DC1"
    assert int(seen["cpu_count"]) == hardware.cpuInfo.numCpuCores
    ran = things[f"127.0.0.1/{machine._moId}"]
    assert ran.attributes and (ran.attributes["instance_uuid"], ran.attributes["bios_uuid"]) == uuids
    assert ran.attributes["manager"] == "127.0.0.1" and ran.attributes["manager_id"] == machine._moId
    assert {"type": "runs_on", "to": f"127.0.0.1/{on}"} in (ran.relations or ())


def test_with_high_availability_a_machine_runs_on_its_cluster_unless_taken_out(program: Path) -> None:
    with running(program, machines=2) as origin, administered(origin) as content:
        cluster = find(content, Vim.ClusterComputeResource, "DC0_C0")
        left, kept = (find(content, Vim.VirtualMachine, f"DC0_C0_RP0_VM{n}") for n in (0, 1))
        settings = Vim.cluster.DasVmSettings(restartPriority="disabled")
        exception = Vim.cluster.DasVmConfigSpec(
            operation="add", info=Vim.cluster.DasVmConfigInfo(key=left, dasSettings=settings)
        )
        guarded = Vim.cluster.DasConfigInfo(enabled=True)
        spec = Vim.cluster.ConfigSpecEx(dasConfig=guarded, dasVmConfigSpec=[exception])
        WaitForTask(cluster.ReconfigureComputeResource_Task(spec, True))  # type: ignore[no-untyped-call]
        found = read(VMWARE, origin)
        key, host = f"127.0.0.1/{cluster._moId}", f"127.0.0.1/{left.runtime.host._moId}"
        assert found.provides(f"127.0.0.1/{kept._moId}", "runs_on") == {key}
        assert found.provides(f"127.0.0.1/{left._moId}", "runs_on") == {host}
        attributes = found.things[key].attributes
        assert attributes and attributes["high_availability"]


def test_templates_are_left_out_and_maintenance_is_seen(program: Path) -> None:
    with running(program, machines=1) as origin, administered(origin) as content:
        machine = find(content, Vim.VirtualMachine, "DC0_H0_VM0")
        WaitForTask(machine.PowerOffVM_Task())  # type: ignore[no-untyped-call]
        machine.MarkAsTemplate()
        host = find(content, Vim.HostSystem, "DC0_C0_H0")
        WaitForTask(host.EnterMaintenanceMode_Task(0))  # type: ignore[no-untyped-call]
        found = read(VMWARE, origin)
        assert f"127.0.0.1/{machine._moId}" not in found.things
        attributes = found.things[f"127.0.0.1/{host._moId}"].attributes
        assert attributes and attributes["status"] == "maintenance"


def test_it_comes_to_the_same_in_many_small_answers(vcenter: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(VMWARE, vcenter)
    monkeypatch.setattr(properties, "BATCH", 3)  # of some 60 objects
    assert read(VMWARE, vcenter).things == whole.things


def test_a_wrong_password_is_told(vcenter: Origin) -> None:
    wrong = {"VSPHERE_USER": "user", "VSPHERE_PASSWORD": "guess"}
    with pytest.raises(InvalidInput, match="does not let user in") as refused:
        list(VMWARE.read(Origin(vcenter.location, vcenter.options, wrong)))
    assert "guess" not in str(refused.value)


def test_no_password_is_told(vcenter: Origin) -> None:
    wrong = Origin(vcenter.location, vcenter.options, {"VSPHERE_USER": "user", "VSPHERE_PASSWORD": ""})
    with pytest.raises(InvalidInput, match="VSPHERE_PASSWORD is not set"):
        list(VMWARE.read(wrong))


def test_a_certificate_that_nobody_vouches_for_is_refused(vcenter: Origin) -> None:
    with pytest.raises(InvalidInput, match=r"Nobody vouches for the certificate.*insecure=yes"):
        list(VMWARE.read(Origin(vcenter.location, {}, vcenter.environment)))


@pytest.mark.parametrize("location", ["vcenter.example.org", "http://vcenter.example.org", "https://"])
def test_what_is_no_address_is_told(location: str) -> None:
    with pytest.raises(InvalidInput, match="is no address such as"):
        list(VMWARE.read(Origin(location)))


def test_no_server_is_told(program: Path) -> None:
    with running(program) as origin:
        pass
    with pytest.raises(InvalidInput, match="cannot be read as a vCenter"):
        list(VMWARE.read(origin))
