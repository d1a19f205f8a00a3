"""What names given by clouds tell, so that a machine or cluster is one with what its cloud says of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from importers.importer import Origin
from importers.kubernetes import IMPORTER
from tests.importers.contract import Reading, read

UUID = "4221aaaa-0000-1111-2222-333344445555"
AZURE = "/subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/virtualMachines/N"
GOOGLE = "projects/p/zones/europe-west1-b/instances/n"


def node(folder: Path, provider_id: str, labels: dict[str, str] | None = None, cluster: str = "c") -> Reading:
    item = {
        "kind": "Node",
        "metadata": {"name": "n", "labels": labels or {}},
        "spec": {"providerID": provider_id},
    }
    (folder / "nodes.json").write_text(json.dumps({"kind": "NodeList", "items": [item]}))
    return read(IMPORTER, Origin(str(folder), {"cluster": cluster}))


@pytest.mark.parametrize(
    ("provider_id", "attributes"),
    [
        ("aws:///eu-west-1a/i-0abc", {"class": "virtual_machine", "provider": "aws", "cloud_id": "i-0abc"}),
        ("aws:///eu-west-1a/x/fargate-ip-10-0-0-1", {"class": "server"}),  # no instance of anybody's
        (f"azure://{AZURE}", {"class": "virtual_machine", "provider": "azure", "cloud_id": AZURE.lower()}),
        (
            "gce://p/europe-west1-b/n",
            {"class": "virtual_machine", "provider": "gcp", "cloud_id": GOOGLE},
        ),
        (f"vsphere://{UUID.upper()}", {"class": "virtual_machine", "bios_uuid": UUID}),
        (
            f"openstack:///{UUID}",
            {"class": "virtual_machine", "provider": "openstack", "cloud_id": UUID},
        ),
        ("hcloud://123", {"class": "virtual_machine", "provider": "hcloud", "cloud_id": "123"}),
        ("k3s://n", {"class": "server"}),
        ("", {"class": "server"}),
    ],
)
def test_a_provider_id_tells_of_the_machine(
    tmp_path: Path, provider_id: str, attributes: dict[str, Any]
) -> None:
    machine = node(tmp_path, provider_id).things["c/Machine/n"]
    assert machine.attributes == {"name": "n", **attributes}


@pytest.mark.parametrize(
    ("provider_id", "region", "zone", "places"),
    [
        ("aws:///eu-west-1a/i-0abc", "eu-west-1", "eu-west-1a", ["c/Region/eu-west-1", "c/Zone/eu-west-1a"]),
        (f"azure://{AZURE}", "westeurope", "0", ["c/Region/westeurope"]),  # a fault domain, not a zone
        ("vsphere://x", "north", "north-1", []),  # whatever its owner means by it
        ("gce://p/europe-west1-b/n", "", "europe-west1-b", []),
    ],
)
def test_zones_are_places_of_clouds_only(
    tmp_path: Path, provider_id: str, region: str, zone: str, places: list[str]
) -> None:
    labels = {"topology.kubernetes.io/region": region, "topology.kubernetes.io/zone": zone}
    reading = node(tmp_path, provider_id, labels)
    assert [one for one in reading.things if one.startswith(("c/Region", "c/Zone"))] == places
    assert reading.provides("c/Machine/n", "located_in") == set(places[-1:])


@pytest.mark.parametrize(
    ("cluster", "name", "cloud_id"),
    [
        ("arn:aws:eks:eu-west-1:123:cluster/shop", "shop", "arn:aws:eks:eu-west-1:123:cluster/shop"),
        ("gke_p_europe-west1_shop", "shop", "projects/p/locations/europe-west1/clusters/shop"),
        ("gke_p_europe-west1-b_shop", "shop", "projects/p/zones/europe-west1-b/clusters/shop"),
        ("shop", "shop", None),
    ],
)
def test_a_cluster_is_known_by_its_name_in_the_kubeconfig(
    tmp_path: Path, cluster: str, name: str, cloud_id: str | None
) -> None:
    attributes = node(tmp_path, "", cluster=cluster).things[cluster].attributes
    assert attributes is not None
    assert (attributes["name"], attributes.get("cloud_id")) == (name, cloud_id)
    assert attributes["manager_id"] == cluster
