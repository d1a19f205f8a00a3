"""Every published file that an importer reads, in the real Neo4j: counted there, imported again, and asked.

The figures are those of the importers' own tests, which derive each of them from the file. None of these
files tells of one thing under two keys or depends on what it does not tell of: so each thing read is one CI,
each relation one relationship, nothing is pending and no duplicate case is open.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.identity import open_cases
from cmdb.runs import Report
from impact import ImpactEngine, Scenario
from importers import Origin, import_source, importer
from tests.importers.netbox.demo import objects
from tests.importers.terraform.test_terraform_real_states import AROUND, INVALID, managed

SHARED = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data")


@dataclass(frozen=True)
class Published:
    """A file, and what it becomes in the graph; groups, rejections and gaps are counts."""

    importer: str
    path: str
    cis: dict[str, int]
    relationships: dict[str, int]
    groups: int = 0
    rejected: int = 0
    gaps: int = 0
    options: dict[str, str] = field(default_factory=dict)


PUBLISHED = (
    Published(
        "netbox",
        "netbox/netbox-demo-v3.6.json.gz",
        # An object of the file each, but devices by their role: 13 routers, 26 switches, 19 patch panels, one
        # server, 13 PDUs beside the 4 power panels.
        {
            **{"site": 24, "room": 4, "rack": 42, "power_feed": 48, "power_unit": 17},
            **{"router": 13, "switch": 26, "network_device": 19, "physical_server": 1, "cluster": 4},
            **{"hypervisor_cluster": 32, "virtual_machine": 180, "network_interface": 1_586 + 720},
            **{"external_service": 10, "circuit": 29, "network": 69},
        },
        {
            "BELONGS_TO": 1_586 + 720,  # each interface to its device or machine
            "RUNS_ON": 180,  # each machine on its cluster
            "LOCATED_IN": 72 + 42 + 4 + 4,  # devices, racks, rooms, panels
            "POWERED_BY": 48 + 48 + 26,  # feeds by panels, racks by feeds, plugs by outlets
            "LINKED_TO": 108 - 26,  # the other cables
            "COMPOSED_OF": 60,  # 52 bonded interfaces, 8 stacked devices
            "CONNECTS_TO": 54,
            "DEPENDS_ON": 43,  # circuits and their networks on providers
        },
        groups=24 + 30 + 16,  # racks with two feeds; bonds and stacks; routers and switches with two uplinks
    ),
    Published(
        "kubernetes",
        "kubernetes/online-boutique.yaml",
        # The cluster and the namespace are only implied.
        {
            **{"kubernetes_workload": 12, "kubernetes_service": 12},
            **{"kubernetes_cluster": 1, "kubernetes_namespace": 1},
        },
        {"RUNS_ON": 12, "BELONGS_TO": 24, "PROVIDED_BY": 12, "CALLS": 7 + 6 + 3},
    ),
    Published(
        "kubernetes",
        "kubernetes/bookinfo.yaml",
        {
            **{"kubernetes_workload": 6, "kubernetes_service": 4},
            **{"kubernetes_cluster": 1, "kubernetes_namespace": 1},
        },
        {"RUNS_ON": 6, "BELONGS_TO": 10, "PROVIDED_BY": 6},
        groups=1,  # three versions of reviews stand behind one service
    ),
    Published(
        "compose",
        "compose/otel-demo.yaml",
        # 20 services, two of which are a database and a cache, with one container each
        {
            **{"application": 1, "application_service": 18, "database": 1, "cache": 1, "container": 20},
            "network": 1,
        },
        {
            "COMPOSED_OF": 20 + 20,
            **{"BELONGS_TO": 20, "CONNECTS_TO": 20},
            **{"DEPENDS_ON": 15, "USES": 31},  # the 46 depends_on: to be healthy, to be started
            "CALLS": 53,
        },
        options={"env_file": str(SHARED / "compose/otel-demo.env")},
    ),
    Published("traces", "jaeger/dependencies-large.json", {"application_service": 1_238}, {"CALLS": 4_271}),
    Published(
        "cyclonedx",
        "cyclonedx/keycloak.cdx.json.gz",
        {"application": 1, "software_component": 903},
        {"DEPENDS_ON": 994 + 175},  # the application on those that no component depends on
    ),
    Published(
        "cyclonedx",
        "cyclonedx/juice-shop.cdx.json.gz",
        {"application": 1, "software_component": 978},  # different packages among 1,115 installed
        {"DEPENDS_ON": 1_581, "USES": 79, "COMPOSED_OF": 125},
    ),
    Published(
        "backstage",
        "backstage",
        {"application": 68},
        {},  # no component says what it depends on
        rejected=7 + 11,  # a name that is there already; an owner that is no group
    ),
    Published(
        "terraform",
        "terraform",
        # 18 states as one estate: of 62 CIs of single states, 8 accounts and regions are the same.
        {
            **{"cloud_account": 7, "cloud_region": 5, "availability_zone": 7, "cloud_network": 2},
            **{"network": 6, "dns_record": 9, "ip_address": 1, "load_balancer": 1, "api_endpoint": 2},
            **{"serverless_function": 4, "database": 2, "cache": 1, "message_queue": 3},
            **{"object_bucket": 3, "cluster": 1},
        },
        {"LOCATED_IN": 28, "BELONGS_TO": 20, "DEPENDS_ON": 7, "USES": 4, "CONNECTS_TO": 6},
        gaps=1,  # one file is malformed on purpose
    ),
)


def states() -> Iterator[Published]:
    """Each state by itself, counted as the importer's test counts them."""
    for name, (mentioned, relations) in AROUND.items() if SHARED.exists() else ():
        path = f"terraform/test-{name}-terraform.tfstate"
        cis = managed(SHARED / path) + Counter(mentioned)
        yield Published("terraform", path, dict(cis), {key.upper(): n for key, n in relations.items()})


class Estate:
    """The graph, and how files come into it."""

    def __init__(self, database: Database, catalogue: Catalogue, rejects: Path) -> None:
        self.database = database
        self.catalogue = catalogue
        self.engine = ImpactEngine(database, catalogue)
        self._rejects = rejects

    def take_in(self, one: Published) -> Report:
        """Import all of a file."""
        told = Origin(str(SHARED / one.path), one.options)
        number = len(list(self._rejects.iterdir()))
        return import_source(
            self.database,
            self.catalogue,
            Author("tester", "test"),
            importer(one.importer),
            told,
            complete=True,
            rejects=self._rejects / str(number),
        )

    def counts(self, query: str) -> dict[str, int]:
        return {str(row["what"]): row["count"] for row in self.database.read(query)}

    def content(self) -> Counter[str]:
        """All that is in the graph but the notes of runs."""
        nodes = self.database.read(
            "MATCH (n) WHERE NOT n:Run RETURN labels(n) AS what, properties(n) AS told"
        )
        edges = self.database.read(
            "MATCH (a)-[r]->(b) RETURN [elementId(a), type(r), elementId(b)] AS what, properties(r) AS told"
        )
        return Counter(repr((row["what"], sorted(row["told"].items()))) for row in (*nodes, *edges))

    def named(self, class_name: str, name: str) -> str:
        """The id of a CI."""
        (row,) = self.database.read(
            "MATCH (ci:CI {class: $class_name, name: $name}) RETURN ci.id AS id",
            class_name=class_name,
            name=name,
        )
        return str(row["id"])

    def impacted(self, *failed: str, degraded: str = "") -> dict[str, set[str]]:
        """The ids of CIs by state, without those that fail by themselves."""
        scenario = Scenario(failed=frozenset(failed), degraded=frozenset({degraded} - {""}))
        answer = self.engine.impact(scenario, limit=10_000)
        found: dict[str, set[str]] = {"down": set(), "degraded": set(), "at_risk": set()}
        for item in answer.items:
            found[item.state].add(item.id)
        return {state: ids - {*failed, degraded} for state, ids in found.items()}


@pytest.fixture
def estate(database: Database, catalogue: Catalogue, tmp_path: Path) -> Estate:
    return Estate(database, catalogue, tmp_path)


@pytest.mark.parametrize("one", [*PUBLISHED, *states()], ids=lambda one: one.path.rpartition("/")[2])
def test_a_published_file_becomes_what_its_importer_sees(estate: Estate, one: Published) -> None:
    report = estate.take_in(one)
    assert estate.counts("MATCH (ci:CI) RETURN ci.class AS what, count(*) AS count") == one.cis
    related = "MATCH (:CI)-[relationship]->(:CI) RETURN type(relationship) AS what, count(*) AS count"
    assert estate.counts(related) == one.relationships
    (grouped,) = estate.database.read(
        "MATCH (ci:CI)-[relationship]->(:CI) WHERE relationship.group IS NOT NULL "
        "RETURN count(DISTINCT [ci.id, relationship.group]) AS count"
    )
    assert grouped["count"] == one.groups
    assert report.cis["rejected"] + report.relationships["rejected"] == one.rejected
    assert (len(report.pending), len(report.gaps)) == (0, one.gaps)
    assert open_cases(estate.database, estate.catalogue) == []

    before = estate.content()
    again = estate.take_in(one)
    assert again.cis["unchanged"] == sum(one.cis.values())
    assert again.relationships["unchanged"] == sum(one.relationships.values())
    assert (again.first_revision, again.missing, again.retired) == (None, 0, 0)
    assert estate.content() == before
    assert estate.counts("MATCH (run:Run) RETURN 'runs' AS what, count(*) AS count") == {"runs": 2}


def test_all_published_files_that_are_read_are_here() -> None:
    told = {SHARED / one.path for one in PUBLISHED} | {SHARED / one.path for one in states()}
    kinds = ("netbox/*.gz", "kubernetes/*.yaml", "compose/*.yaml", "jaeger/*.json", "cyclonedx/*.gz")
    files = {file for kind in (*kinds, "terraform/*.tfstate") for file in SHARED.glob(kind)}
    assert files - told == {SHARED / "terraform" / INVALID}


def test_netbox_falls_as_it_is_wired(estate: Estate) -> None:
    estate.take_in(PUBLISHED[0])
    rows = estate.database.read(
        "MATCH (record:SourceRecord)-[:DESCRIBES]->(ci:CI) RETURN record.native_id AS key, ci.id AS id"
    )
    ids = {row["key"]: row["id"] for row in rows}
    a_rack_falls_with_both_feeds_and_not_with_one(estate, ids)
    a_switch_falls_with_both_uplinks_and_not_with_one(estate)


def a_rack_falls_with_both_feeds_and_not_with_one(estate: Estate, ids: dict[str, str]) -> None:
    feeds: dict[int, list[str]] = {}
    for number, feed in objects()["powerfeed"].items():
        feeds.setdefault(feed["rack"], []).append(ids[f"powerfeed:{number}"])
    assert Counter(map(len, feeds.values())) == {2: 24}
    inside: dict[int, set[str]] = {}
    for number, device in objects()["device"].items():
        inside.setdefault(device["rack"], set()).add(ids[f"device:{number}"])
    used = feeds.keys() & inside.keys()
    assert len(used) == 7  # eleven devices stand in them
    for number in used:
        rack = ids[f"rack:{number}"]
        first, second = feeds[number]
        one_lost = estate.impacted(first)
        assert rack in one_lost["at_risk"]
        assert not one_lost["down"] and not one_lost["degraded"]
        assert estate.impacted(first, second)["down"] >= {rack, *inside[number]}


def a_switch_falls_with_both_uplinks_and_not_with_one(estate: Estate) -> None:
    first, second = (estate.named("switch", f"ncsu-coreswitch{number}") for number in (1, 2))
    rows = estate.database.read(
        "MATCH (ci:Switch)-[:CONNECTS_TO {group: 'uplinks'}]->(:CI {id: $core}) RETURN DISTINCT ci.id AS id",
        core=first,
    )
    distribution = {row["id"] for row in rows}
    assert len(distribution) == 3
    assert not estate.impacted(first)["down"] & distribution
    assert estate.impacted(first, second)["down"] >= distribution


def test_a_version_of_a_service_stands_in_for_another(estate: Estate) -> None:
    bookinfo = next(one for one in PUBLISHED if "bookinfo" in one.path)
    estate.take_in(bookinfo)
    service = estate.named("kubernetes_service", "reviews")
    versions = [estate.named("kubernetes_workload", f"reviews-v{number}") for number in (1, 2, 3)]
    assert estate.impacted(*versions[:2]) == {"down": set(), "degraded": set(), "at_risk": {service}}
    assert estate.impacted(*versions) == {"down": {service}, "degraded": set(), "at_risk": set()}


def test_a_mesh_does_not_fall_with_one_of_its_services(estate: Estate) -> None:
    jaeger = next(one for one in PUBLISHED if one.importer == "traces")
    estate.take_in(jaeger)
    calls = json.loads((SHARED / jaeger.path).read_text())
    callers = {row["parent"] for row in calls if row["child"] == "Service43"} - {"Service43"}
    assert len(callers) == 231
    hub = estate.named("application_service", "Service43")
    expected = {estate.named("application_service", name) for name in callers}
    # Who calls what is down is degraded, and who calls those notices nothing, though 356 services call each
    # other in circles.
    assert estate.impacted(hub) == {"down": set(), "degraded": expected, "at_risk": set()}
    for slow in (hub, *sorted(expected)[:2]):
        assert estate.impacted(degraded=slow) == {"down": set(), "degraded": set(), "at_risk": set()}
