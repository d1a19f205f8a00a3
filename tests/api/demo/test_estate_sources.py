"""What the importers read of the saved sources, counted a second time from the files."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from api.demo.sources import BRISTOL, LEEDS, NETBOX, SOURCES, TERRAFORM, TONIGHT, Saved
from importers import Origin, importer
from tests.importers.contract import Reading, read

SAVED = [saved for saved in SOURCES if saved.importer != "csv"]


@cache
def reading(place: str) -> Reading:
    saved = next(one for one in (*SOURCES, TONIGHT) if one.place == place)
    return read(importer(saved.importer), Origin(str(saved.path), saved.options))


def page(endpoint: str) -> list[dict[str, Any]]:
    """The objects of a saved page of NetBox's API."""
    return list(json.loads((NETBOX.path / f"{endpoint}.json").read_text())["results"])


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.place)
def test_everything_fits(saved: Saved) -> None:
    found = reading(saved.place)
    assert not (found.rejected or found.gaps or found.dangling)


def test_netbox_by_class() -> None:
    roles = Counter(one["role"]["name"] for one in page("dcim-devices"))
    assert reading("netbox").classes == {
        "site": len(page("dcim-sites")),
        "room": len(page("dcim-locations")),
        "rack": len(page("dcim-racks")),
        "power_unit": len(page("dcim-power-panels")),
        "power_feed": len(page("dcim-power-feeds")),
        "switch": sum(count for role, count in roles.items() if role.endswith("Switch")),
        "router": roles["Edge Router"],
        "firewall": roles["Firewall"],
        "load_balancer": roles["Load Balancer"],
        "access_point": roles["Access Point"],
        "printer": roles["Printer"],
        "hypervisor": roles["Hypervisor"],
        "physical_server": roles["Appliance"],  # as the option says
        "storage_array": roles["Storage Array"] + roles["Backup Storage"],
        "cooling_unit": roles["Cooling Unit"],
        "network_interface": len(page("dcim-interfaces")),
        "hypervisor_cluster": len(page("virtualization-clusters")),
        "virtual_machine": len(page("virtualization-virtual-machines")),
        "external_service": len(page("circuits-providers")),
        "circuit": len(page("circuits-circuits")),
    }
    assert sum(reading("netbox").classes.values()) == 451


def test_netbox_knows_two_feeds_a_rack_and_the_uplinks() -> None:
    found = reading("netbox")
    powered = [id_ for id_, group in found.groups if group == "power"]
    assert len(powered) == len(page("dcim-racks")) == 13
    ends = Counter(
        side["object_id"]
        for cable in page("dcim-cables")
        for side in cable["a_terminations"] + cable["b_terminations"]
    )
    assert set(ends.values()) == {1}, "a port has one cable"
    peers = 3  # of a pair of core or distribution switches, which do not depend on each other
    assert found.relations["connects_to"] == len(page("dcim-cables")) - peers == 103


@pytest.mark.parametrize("saved", [LEEDS, BRISTOL], ids=lambda saved: saved.scope)
def test_kubernetes_by_class(saved: Saved) -> None:
    items = json.loads(saved.path.read_text())["items"]
    kinds = Counter(one["kind"] for one in items)
    assert reading(saved.place).classes == {
        "kubernetes_cluster": 1,
        "kubernetes_namespace": kinds["Namespace"],
        "kubernetes_node": kinds["Node"],
        "virtual_machine": kinds["Node"],  # the machine behind each, told by its provider id
        "kubernetes_workload": kinds["Deployment"],
        "kubernetes_pod": kinds["Pod"],
        "kubernetes_service": kinds["Service"],
        "server": sum(one["spec"].get("type") == "ExternalName" for one in items if one["kind"] == "Service"),
        "kubernetes_ingress": kinds["Ingress"],
    }
    assert sum(reading(saved.place).classes.values()) == {"lds-k8s-prod": 66, "brs-k8s-prod": 62}[saved.scope]


@pytest.mark.parametrize(("saved", "functions"), [(TERRAFORM, 1), (TONIGHT, 0)], ids=["now", "tonight"])
def test_terraform_by_class(saved: Saved, functions: int) -> None:
    state = json.loads((saved.path / "prod.tfstate").read_text())
    kinds = Counter(one["type"] for one in state["resources"])
    assert kinds["aws_lambda_function"] == functions
    places = {"cloud_account": 1, "cloud_region": 1, "availability_zone": 1}
    assert reading(saved.place).classes == Counter(
        virtual_machine=kinds["aws_instance"],
        object_bucket=kinds["aws_s3_bucket"],
        cloud_network=kinds["aws_vpc"],
        network=kinds["aws_subnet"],
        serverless_function=functions,
    ) + Counter(places)
