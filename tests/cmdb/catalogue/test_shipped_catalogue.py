"""The catalogue as it ships."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cmdb.catalogue import Catalogue, IdentifierRule, check_attributes, load_catalogue
from cmdb.errors import InvalidInput

# The tree of classes as the design draws it: parent > children, by domain.
TREE = """
business: business_process business_service technical_service external_service
technical_service: application_service infrastructure_service
software: application database message_queue cache web_server api_endpoint batch_job virtual_server
software: load_balancer_pool kubernetes_node software_component certificate software_licence
compute: server container cluster kubernetes_namespace kubernetes_workload kubernetes_pod
compute: kubernetes_service kubernetes_ingress serverless_function
server: physical_server virtual_machine
physical_server: hypervisor mainframe
cluster: hypervisor_cluster kubernetes_cluster database_cluster
storage: storage_array datastore volume storage_path file_share object_bucket backup
network: network_device network_interface network circuit ip_address dns_record vpn
network_device: switch router firewall load_balancer access_point
facility: site room rack power_feed power_unit cooling_unit
cloud: cloud_account cloud_region availability_zone cloud_network
endpoint: workstation mobile_device printer
"""
STRENGTHS = {
    "hard": "depends_on runs_on composed_of stored_on connects_to powered_by cooled_by located_in "
    "secured_by provided_by",
    "soft": "calls uses",
    "guard": "replicates_to backed_up_to monitored_by timed_by",
    "none": "linked_to belongs_to",
}
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_has_exactly_the_tree_of_classes(catalogue: Catalogue) -> None:
    above = {
        child: parent
        for parent, children in (line.split(":") for line in TREE.strip().splitlines())
        for child in children.split()
    }
    assert {c.name: c.parent or c.domain for c in catalogue.classes.values()} == above


def test_has_exactly_the_relationship_types_with_their_strength(catalogue: Catalogue) -> None:
    expected = {name: strength for strength, names in STRENGTHS.items() for name in names.split()}
    assert {r.name: r.strength for r in catalogue.relationships.values()} == expected


def test_labels_follow_the_ancestry(catalogue: Catalogue) -> None:
    hypervisor = catalogue.ci_class("hypervisor")
    assert hypervisor.labels == ("CI", "Server", "PhysicalServer", "Hypervisor")
    assert hypervisor.ancestors == ("server", "physical_server")
    labels = [c.label for c in catalogue.classes.values()]
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch("[A-Z][A-Za-z0-9]*", label) for label in labels)


def test_everything_is_described(catalogue: Catalogue) -> None:
    classes = catalogue.classes.values()
    described = {c.name: c.description for c in classes}
    described |= {r.name: r.description for r in catalogue.relationships.values()}
    described |= {f"{c.name}.{a.name}": a.description for c in classes for a in c.attributes.values()}
    assert [name for name, description in described.items() if not description] == []


def test_every_class_can_be_identified(catalogue: Catalogue) -> None:
    assert [c.name for c in catalogue.classes.values() if not c.identifiers] == []


def test_identifiers_are_inherited_unless_declared_again(catalogue: Catalogue) -> None:
    def identifiers(name: str) -> list[tuple[str, ...]]:
        return [rule.attributes for rule in catalogue.ci_class(name).identifiers]

    assert identifiers("server") == [("bios_uuid",), ("fqdn",)]
    assert identifiers("hypervisor")[0] == ("manufacturer", "serial_number")
    assert identifiers("switch") == identifiers("network_device")


def test_an_interface_is_identified_inside_its_device(catalogue: Catalogue) -> None:
    (rule,) = catalogue.ci_class("network_interface").identifiers
    assert rule.within
    assert rule.attributes == ("name",)


def test_a_server_of_unknown_kind_can_be_told_to_be_any_server(catalogue: Catalogue) -> None:
    unknown = set(catalogue.ci_class("server").identifiers)
    for name in catalogue.refining(["server"]):
        assert unknown <= set(catalogue.ci_class(name).identifiers)


def test_what_a_cloud_names_is_identified_by_that_name(catalogue: Catalogue) -> None:
    in_clouds = [c for c in catalogue.classes.values() if "cloud_id" in c.attributes]
    assert [c.name for c in in_clouds if IdentifierRule(("cloud_id",), False) not in c.identifiers] == []


def test_services(catalogue: Catalogue) -> None:
    assert {c.name for c in catalogue.classes.values() if c.is_service} == {
        "business_service",
        "technical_service",
        "application_service",
        "infrastructure_service",
        "external_service",
    }


def test_what_lives_shortly_is_missed_shortly(catalogue: Catalogue) -> None:
    pod, server = catalogue.ci_class("kubernetes_pod"), catalogue.ci_class("physical_server")
    assert pod.grace_days < 1 < server.grace_days


@pytest.mark.parametrize(
    ("relationship", "dependent", "provider", "usual"),
    [
        ("runs_on", "application", "virtual_machine", True),
        ("runs_on", "virtual_machine", "hypervisor", True),
        ("runs_on", "rack", "application", False),
        ("powered_by", "hypervisor", "power_feed", True),
        ("powered_by", "application", "power_feed", False),
        ("connects_to", "switch", "network", True),
        ("connects_to", "switch", "rack", False),
        ("RUNS_ON", "kubernetes_pod", "kubernetes_node", True),
        ("depends_on", "printer", "dns_record", True),
    ],
)
def test_usual_ends(
    catalogue: Catalogue, relationship: str, dependent: str, provider: str, usual: bool
) -> None:
    assert catalogue.is_usual(relationship, dependent, provider) is usual


def test_a_name_that_is_not_known_is_corrected(catalogue: Catalogue) -> None:
    with pytest.raises(InvalidInput, match="'virtual_machin'; did you mean 'virtual_machine'"):
        catalogue.ci_class("virtual_machin")
    with pytest.raises(InvalidInput, match="'RUN_ON'; did you mean 'runs_on'"):
        catalogue.relationship("RUN_ON")


def test_a_relationship_type_is_found_as_the_graph_writes_it(catalogue: Catalogue) -> None:
    assert catalogue.relationship("RUNS_ON") is catalogue.relationship("runs_on")
    assert catalogue.relationship("runs_on").type == "RUNS_ON"


def test_the_catalogue_cannot_be_changed(catalogue: Catalogue) -> None:
    with pytest.raises(TypeError):
        catalogue.classes["server"].attributes["more"] = None  # type: ignore[index]


def test_a_package_of_debian_fits(catalogue: Catalogue) -> None:
    row = {
        "name": "libc6",
        "version": "2.36-9+deb12u10",
        "section": "libs",
        "priority": "optional",
        "essential": "yes",
    }
    checked = check_attributes(catalogue, "software_component", row)
    assert checked.values == row | {"essential": True}
    assert not checked.unknown
    assert not checked.problems


def test_the_reference_page_is_current() -> None:
    command = [sys.executable, "-m", "cmdb.catalogue.reference"]
    page = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert (ROOT / "docs/reference/catalogue.md").read_bytes() == page, (
        "run: python -m cmdb.catalogue.reference > docs/reference/catalogue.md"
    )


ESTATE = ROOT.parent / "shared/bench/estate.py"


@pytest.mark.skipif(not ESTATE.exists(), reason="needs the synthetic estate")
def test_the_synthetic_estate_is_usual_throughout(catalogue: Catalogue, tmp_path: Path) -> None:
    command = [sys.executable, str(ESTATE), "--cis", "2000", "--seed", "7", "--out", str(tmp_path)]
    subprocess.run(command, capture_output=True, check=True)
    classes = {}
    with (tmp_path / "cis.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            classes[row.pop("native_id")] = class_name = row.pop("class")
            checked = check_attributes(catalogue, class_name, row)
            assert not checked.problems
            assert not checked.unknown
    with (tmp_path / "relationships.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            assert catalogue.is_usual(row["type"], classes[row["from"]], classes[row["to"]]), row
