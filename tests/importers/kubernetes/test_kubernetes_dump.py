"""A dump of a cluster by `kubectl get -o json`: nodes, pods, volumes and what is known of redundancy."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cmdb.reconciliation import Relation
from importers.importer import Origin
from importers.kubernetes import IMPORTER
from tests.importers.contract import Reading, read

DUMP = Path(__file__).parent / "data" / "dump.json"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(IMPORTER, Origin(str(DUMP), {"cluster": "prod"}))


@pytest.fixture(scope="module")
def items() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DUMP.read_text())["items"]
    return found


def relations(reading: Reading, native_id: str, type_: str) -> list[Relation]:
    return [one for one in reading.things[native_id].relations or () if one["type"] == type_]


def test_every_object_is_accounted_for(reading: Reading, items: list[dict[str, Any]]) -> None:
    kinds = Counter(item["kind"] for item in items)
    assert reading.classes == {
        "kubernetes_cluster": 1,
        "kubernetes_namespace": kinds["Namespace"],
        "kubernetes_node": kinds["Node"] + 1,  # by-hand runs on gone-node, which is in no list
        "server": 3,  # the control plane has no provider id
        "virtual_machine": 2,  # the workers are EC2 instances
        "cloud_region": 1,
        "availability_zone": 2,
        # all but the one going, the one without a node, and the one of a job
        "kubernetes_pod": kinds["Pod"] - 3,
        # 2 Deployments, a StatefulSet, a DaemonSet, the job that runs, and what owns queue-0
        "kubernetes_workload": 6,
        "kubernetes_service": kinds["Service"],
        # 3 claims, of which 2 are on EBS, and the volume that nobody claims
        "volume": kinds["PersistentVolumeClaim"] + 2 + 1,
        "file_share": 1,
    }
    assert not reading.dangling
    assert not reading.rejected
    assert not reading.gaps


def test_relations_follow_from_the_objects(reading: Reading) -> None:
    assert reading.relations == {
        # 2 namespaces, 5 nodes, 3 claims, 1 volume, 6 workloads, 2 pods of nobody's, 2 services
        "belongs_to": 21,
        "runs_on": 5 + 14 + 1,  # each node of a list, each pod, and the job on the cluster
        "composed_of": 5 + 12,  # the cluster of its nodes, workloads of their pods
        "stored_on": 3 + 3,  # each pod of db on its claim, each claim on what is behind it
        "located_in": 2 + 2,  # machines of a cloud in zones, zones in the region
        "provided_by": 2,
    }
    # the control plane, the workers, and the four workloads with more than one pod
    assert reading.groups == {
        ("prod", "control plane"),
        ("prod", "workers"),
        *((f"prod/{one}", "pods") for one in ("shop/Deployment/api", "shop/Deployment/worker")),
        *((f"prod/{one}", "pods") for one in ("shop/StatefulSet/db", "kube-system/DaemonSet/agent")),
    }


@pytest.mark.parametrize(
    ("workload", "terms"),
    [
        ("shop/Deployment/api", {"need": 1, "assumed": True}),  # 25 % is what the API server fills in
        ("shop/Deployment/worker", {"need": 2}),  # 4, and its budget lets 30 % go: 1.2, rounded up
        ("shop/StatefulSet/db", {"need": 2, "assumed": True}),  # a majority of 3
        ("kube-system/DaemonSet/agent", {"need": 1, "assumed": True}),
        ("shop/StrimziPodSet/queue", {}),  # one pod is no group
    ],
)
def test_how_many_pods_must_be_up(reading: Reading, workload: str, terms: dict[str, Any]) -> None:
    for relation in relations(reading, f"prod/{workload}", "composed_of"):
        told = {name: relation.get(name) for name in ("need", "assumed") if name in relation}
        assert told == terms


def test_a_control_plane_needs_a_majority(reading: Reading) -> None:
    members = relations(reading, "prod", "composed_of")
    assert Counter((one.get("group"), one.get("need"), one.get("assumed")) for one in members) == {
        ("control plane", 2, True): 3,
        ("workers", 1, True): 2,
    }


def test_a_pod_that_is_replaced_changes_nothing(tmp_path: Path) -> None:
    before = read(IMPORTER, Origin(str(DUMP)))
    replaced = DUMP.read_text().replace("api-5d8f", "api-9c7b").replace("5d8f", "9c7b")
    replaced = replaced.replace("-zzzzz", "-bbbbb").replace("10.1.0.9", "10.1.0.99")
    (tmp_path / "dump.json").write_text(replaced)
    assert read(IMPORTER, Origin(str(tmp_path / "dump.json"))).things == before.things


def test_a_machine_has_what_identifies_it(reading: Reading) -> None:
    worker = reading.things["prod/Machine/ip-1.ec2.internal"]
    assert worker.mentioned
    assert worker.attributes is not None
    assert worker.attributes["class"] == "virtual_machine"
    assert worker.attributes["cloud_id"] == "i-0aa1"
    assert "fqdn" not in worker.attributes  # such a name is given anew in every network
    control = reading.things["prod/Machine/control-1"].attributes
    assert control is not None
    assert (control["fqdn"], control["bios_uuid"]) == ("control-1.example.org", "4c4c4544-0001")
    assert reading.provides("prod/Node/control-1", "runs_on") == {"prod/Machine/control-1"}


def test_a_claim_is_kept_by_what_is_behind_its_volume(reading: Reading) -> None:
    claim = "prod/shop/PersistentVolumeClaim/data-db-"
    keepers = [reading.provides(f"{claim}{number}", "stored_on") for number in range(3)]
    assert keepers == [
        {"prod/volume/vol-0b0"},
        {"prod/volume/vol-0b1"},
        {"prod/file_share/nas.example.org:/db"},
    ]
    assert reading.provides("prod/shop/StatefulSet/db/1", "stored_on") == {f"{claim}1"}


def test_the_cluster_is_known_by_its_system_namespace(reading: Reading) -> None:
    cluster = reading.things["prod"].attributes
    assert cluster is not None
    assert cluster["uid"] == "uid-of-the-cluster"
    assert "uid" not in (reading.things["prod/Namespace/kube-system"].attributes or {})


def test_replicas_that_follow_the_load_are_the_least_of_them(reading: Reading) -> None:
    api = reading.things["prod/shop/Deployment/api"].attributes
    assert api is not None
    assert (api["replicas"], api["environment"]) == (4, "production")  # from its scaler, and its namespace


def test_pods_alone_tell_of_their_workloads(tmp_path: Path, items: list[dict[str, Any]]) -> None:
    pods = [item for item in items if item["kind"] == "Pod"]
    for pod in pods:
        del pod["kind"], pod["apiVersion"]  # as the API lists them
    (tmp_path / "pods.json").write_text(json.dumps({"kind": "PodList", "apiVersion": "v1", "items": pods}))
    alone = read(IMPORTER, Origin(str(tmp_path / "pods.json")))
    workload = alone.things["kubernetes/shop/Deployment/api"]
    assert workload.mentioned
    assert len(alone.provides(workload.native_id, "composed_of")) == 2
    assert not alone.dangling
