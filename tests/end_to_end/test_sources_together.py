"""Several sources see parts of one small estate: each machine is one CI, in whatever order they come."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.identity import open_cases
from impact import ImpactEngine, Scenario
from importers import Origin, import_source, importer
from tests.conftest import empty

DATA = Path(__file__).parent / "data" / "together"
"""Two hypervisors in a rack, worker1 on them, worker2 in AWS, and Kubernetes on both workers."""

LINCHPINS_OWN = {"id", "no", "created", "revision"}


@dataclass(frozen=True)
class Source:
    importer: str
    path: Path
    options: dict[str, str] = field(default_factory=dict)
    scope: str = ""


SOURCES = (
    Source("netbox", DATA / "netbox.json"),
    Source("rvtools", DATA / "rvtools"),
    Source("kubernetes", DATA / "kubernetes.json", {"cluster": "prod"}),
    Source("terraform", DATA / "prod.tfstate"),
    Source("aws", DATA / "aws"),
    Source("ansible", DATA / "ansible"),
)


@dataclass
class Graph:
    """What is in the graph, by the records that describe each CI, without what each import numbers anew."""

    cis: dict[frozenset[str], dict[str, Any]]
    relationships: list[tuple[frozenset[str], str, frozenset[str], dict[str, Any]]]

    def described_by(self, record: str) -> dict[str, Any]:
        """What the CI says that a record describes."""
        return next(said for records, said in self.cis.items() if record in records)

    def sources(self, record: str) -> set[str]:
        """The sources that tell of the same CI."""
        records = next(records for records in self.cis if record in records)
        return {one.partition(" ")[0] for one in records}

    def needs(self, record: str) -> dict[tuple[str, str], list[str]]:
        """What a CI depends on, by type and name, and who says so."""
        return {
            (type_, self.cis[provider]["name"]): said["sources"]
            for dependent, type_, provider, said in self.relationships
            if record in dependent
        }


class Estate:
    """Imports sources into the empty database."""

    def __init__(self, database: Database, catalogue: Catalogue, rejects: Path) -> None:
        self.database = database
        self.catalogue = catalogue
        self._rejects = rejects

    def imported(self, sources: Iterable[Source]) -> Graph:
        """The graph that comes of the sources in that order, of which nothing is rejected or pending."""
        empty(self.database)
        for source in sources:
            report = import_source(
                self.database,
                self.catalogue,
                Author("tester", "test"),
                importer(source.importer),
                Origin(str(source.path), source.options),
                scope=source.scope,
                rejects=self._rejects / "none",
            )
            assert not report.rejected and not report.pending and not report.gaps
        return self._graph()

    def _graph(self) -> Graph:
        rows = self.database.read(
            """
            MATCH (ci:CI)<-[:DESCRIBES]-(record:SourceRecord)
            RETURN ci.id AS id, properties(ci) AS said,
                   collect(record.source + ' ' + record.native_id) AS records
            """
        )
        records = {row["id"]: frozenset(row["records"]) for row in rows}
        cis = {
            records[row["id"]]: {k: v for k, v in row["said"].items() if k not in LINCHPINS_OWN}
            for row in rows
        }
        rows = self.database.read(
            """
            MATCH (dependent:CI)-[r]->(provider:CI)
            RETURN dependent.id AS dependent, type(r) AS type, provider.id AS provider, properties(r) AS said
            """
        )
        related = [
            (
                records[row["dependent"]],
                row["type"],
                records[row["provider"]],
                {k: v for k, v in row["said"].items() if k not in LINCHPINS_OWN},
            )
            for row in rows
        ]
        return Graph(cis, sorted(related, key=lambda one: (sorted(one[0]), one[1], sorted(one[2]))))

    def id_of(self, name: str, class_name: str) -> str:
        (row,) = self.database.read(
            "MATCH (ci:CI {name: $name, class: $class_name}) RETURN ci.id AS id",
            name=name,
            class_name=class_name,
        )
        return str(row["id"])


@pytest.fixture
def estate(database: Database, catalogue: Catalogue, tmp_path: Path) -> Estate:
    return Estate(database, catalogue, tmp_path)


def test_order_does_not_matter(estate: Estate) -> None:
    first = estate.imported(SOURCES)
    assert open_cases(estate.database, estate.catalogue) == []
    for others in (SOURCES[::-1], SOURCES[3:] + SOURCES[:3]):
        assert estate.imported(others) == first
        assert open_cases(estate.database, estate.catalogue) == []


def test_a_machine_that_four_sources_see_is_one(estate: Estate) -> None:
    graph = estate.imported(SOURCES)
    assert graph.sources("netbox virtualmachine:1") == {"netbox", "rvtools", "kubernetes", "ansible"}
    worker = graph.described_by("netbox virtualmachine:1")
    # What runs it is believed of its name and size, the machine itself of its operating system; only NetBox
    # knows whose it is, and only vSphere who manages it.
    assert {key: worker[key] for key in ("class", "name", "memory_mb", "cpu_count", "os", "os_version")} == {
        **{"class": "virtual_machine", "name": "worker1", "memory_mb": 8192, "cpu_count": 4},
        **{"os": "Debian", "os_version": "12.11"},
    }
    assert (worker["owner"], worker["environment"]) == ("Platform", "production")
    assert (worker["manager"], worker["manager_id"]) == ("vc.example.org", "vm-101")
    assert graph.needs("netbox virtualmachine:1") == {
        ("RUNS_ON", "prod"): ["netbox", "rvtools"],
        ("STORED_ON", "san1"): ["rvtools"],
        ("STORED_ON", "nas1.example.org:/media"): ["ansible"],
    }
    assert graph.needs("kubernetes prod/Node/worker1")["RUNS_ON", "worker1"] == ["kubernetes"]


def test_a_machine_of_a_cloud_is_one(estate: Estate) -> None:
    graph = estate.imported(SOURCES)
    key = "terraform i-0abc123def4567890"
    assert graph.sources(key) == {"terraform", "aws", "kubernetes", "ansible"}
    worker = graph.described_by(key)
    # Terraform made it m6i.large; somebody has changed it since, as AWS knows.
    assert (worker["name"], worker["instance_type"]) == ("worker2", "m6i.xlarge")
    assert (worker["owner"], worker["os"]) == ("Platform", "Amazon")
    assert graph.needs(key) == {
        ("LOCATED_IN", "eu-west-1a"): ["ansible", "aws", "kubernetes", "terraform"],
        ("CONNECTS_TO", "a"): ["aws", "terraform"],
        ("STORED_ON", "vol-0aaaa1111bbbb2222"): ["aws"],
        ("BELONGS_TO", "111122223333"): ["terraform"],
    }


def test_hardware_is_as_the_rack_has_it_and_software_as_it_runs(estate: Estate) -> None:
    graph = estate.imported(SOURCES)
    # NetBox says "Dell" and the firmware "Dell Inc."; serial number and name are the same.
    assert graph.sources("netbox device:1") == {"netbox", "rvtools"}
    host = graph.described_by("netbox device:1")
    assert (host["class"], host["manufacturer"], host["serial_number"]) == ("hypervisor", "Dell", "LIS0001")
    assert (host["rack_position"], host["cpu_count"], host["os"]) == (10, 32, "VMware ESXi")
    assert graph.needs("netbox device:1") == {
        ("LOCATED_IN", "R1"): ["netbox"],
        ("CONNECTS_TO", "leaf1.example.org"): ["netbox"],
        ("LINKED_TO", "san1"): ["rvtools"],
    }
    # The cluster is one, since NetBox holds what vCenter calls it, and so are its members.
    assert graph.needs("netbox cluster:1") == {
        ("COMPOSED_OF", f"esx{number}.example.org"): ["netbox", "rvtools"] for number in (1, 2)
    }


def test_failures_cross_from_source_to_source(estate: Estate) -> None:
    estate.imported(SOURCES)
    engine = ImpactEngine(estate.database, estate.catalogue)
    rack = estate.id_of("R1", "rack")
    answer = engine.impact(Scenario(failed=frozenset({rack})))
    states = {(item.class_, item.name): item.state for item in answer.items}
    # From NetBox's rack over vSphere's cluster to the pods of Kubernetes; the shop goes on in AWS.
    assert states["virtual_machine", "worker1"] == states["kubernetes_node", "worker1"] == "down"
    assert states["kubernetes_workload", "shop"] == "at_risk"
    assert ("virtual_machine", "worker2") not in states


def test_two_bills_meet_in_the_package_that_both_use(estate: Estate, tmp_path: Path) -> None:
    bills = tuple(
        Source("cyclonedx", _bill(tmp_path / f"{name}.json", name, needs), scope=name)
        for name, needs in (("shop", ("json", "web")), ("till", ("json", "usb")))
    )
    graph = estate.imported(bills)
    package = graph.described_by("cyclonedx pkg:npm/json@1")
    assert len(graph.cis) == 2 + 3
    assert package["package_url"] == "pkg:npm/json@1"
    assert graph.needs("cyclonedx shop").keys() == {("DEPENDS_ON", "json"), ("DEPENDS_ON", "web")}
    assert graph.needs("cyclonedx till").keys() == {("DEPENDS_ON", "json"), ("DEPENDS_ON", "usb")}
    assert estate.imported(bills[::-1]) == graph
    assert open_cases(estate.database, estate.catalogue) == []


def _bill(path: Path, name: str, needs: Iterable[str]) -> Path:
    parts = [{"type": "library", "name": one, "version": "1", "purl": f"pkg:npm/{one}@1"} for one in needs]
    whole = {"component": {"type": "application", "name": name}}
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "metadata": whole, "components": parts}
    path.write_text(json.dumps(document))
    return path
