"""The tables that say what ServiceNow's classes and relation types mean."""

import pytest

from cmdb.catalogue import load_catalogue
from importers.servicenow.classes import CLASSES, LEFT_OUT, PREFIXES, SUFFIXES, TABLES, class_of, table_of
from importers.servicenow.links import Links
from importers.servicenow.record import Cell, Record
from importers.servicenow.relation_types import WAYS, ways_of
from importers.servicenow.things import Thing, thing_of

CATALOGUE = load_catalogue()
KINDS = frozenset().union(*(ci_class.kinds for ci_class in CATALOGUE.classes.values()))


def test_all_classes_and_types_are_in_the_catalogue() -> None:
    for name in {*CLASSES.values(), *PREFIXES.values(), *SUFFIXES.values()}:
        CATALOGUE.ci_class(name)
    for ways in WAYS.values():
        for way in ways:
            CATALOGUE.relationship(way.type)
            assert {way.parent, way.child} <= KINDS
        assert (ways[-1].parent, ways[-1].child) == ("any", "any"), "every pair of ends has a way"


def test_no_table_has_two_meanings() -> None:
    assert len(CLASSES) == sum(len(tables.split()) for tables in TABLES.values())
    assert CLASSES.keys().isdisjoint(LEFT_OUT)


@pytest.mark.parametrize(
    ("table", "ours"),
    [
        ("cmdb_ci_linux_server", "server"),
        ("cmdb_ci_db_ora_rac_instance", "database"),
        ("cmdb_ci_appl_something_new", "application"),
        ("cmdb_ci_huawei_switch", "switch"),
        ("cmdb_ci_iot", None),
        ("incident", None),
    ],
)
def test_unknown_tables_are_told_by_their_family(table: str, ours: str | None) -> None:
    assert class_of(table, {}) == ours


@pytest.mark.parametrize(
    ("label", "table"),
    [
        ("Linux Server", "cmdb_ci_linux_server"),
        ("ESX Server", "cmdb_ci_esx_server"),
        ("Business Application", "cmdb_ci_business_app"),
        ("cmdb_ci_rack", "cmdb_ci_rack"),
        ("u_till", "u_till"),
    ],
)
def test_labels_name_tables(label: str, table: str) -> None:
    assert table_of(label) == table


@pytest.mark.parametrize(
    ("parent", "type_", "child", "dependent", "ours"),
    [
        # Examples in "CI relationships in the CMDB", "Key relationships".
        ("app_server_tomcat", "Runs on::Runs", "linux_server", "parent", "runs_on"),
        ("service_auto", "Depends on::Used by", "appl", "parent", "depends_on"),
        ("vcenter_cluster", "Members::Member of", "esx_server", "parent", "composed_of"),
        ("kubernetes_deployment", "Hosted on::Hosts", "kubernetes_cluster", "parent", "runs_on"),
        ("app_server_tomcat", "Contains::Contained by", "app_server_tomcat_war", "child", "runs_on"),
        ("workstation", "Connects to::Connected by", "ip_switch", "parent", "connects_to"),
        ("ip_switch", "Connects to::Connected by", "ip_switch", "parent", "linked_to"),
        ("kubernetes_deployment", "Connects to::Connected by", "kubernetes_service", "parent", "calls"),
        # Tables of relations in the chapters on Discovery; nodes and clusters stand both ways round there.
        ("kubernetes_cluster", "Cluster of::Cluster", "kubernetes_node", "parent", "composed_of"),
        ("unix_cluster_node", "Cluster of::Cluster", "unix_cluster", "child", "composed_of"),
        ("vcenter_datastore", "Provides storage for::Stored on", "vmware_instance", "child", "stored_on"),
        ("vmware_instance", "Registered on::Has registered", "esx_server", "parent", "runs_on"),
        ("linux_server", "Virtualized by::Virtualizes", "esx_server", "parent", "runs_on"),
        ("linux_server", "Instantiates::Instantiated by", "vm_instance", "parent", "runs_on"),
        ("lb_pool", "Owns::Owned by", "lb_pool_member", "parent", "composed_of"),
        ("lb_service", "Contains::Contained by", "lb_pool", "parent", "depends_on"),
        ("lb_pool", "Used by::Uses", "lb_service", "child", "depends_on"),
        ("availability_zone", "Contains::Contained by", "vm_instance", "child", "located_in"),
        ("vm_instance", "Hosted on::Hosts", "aws_datacenter", "parent", "located_in"),
        ("aws_datacenter", "Hosted on::Hosts", "cloud_service_account", "parent", "belongs_to"),
        ("storage_server", "Contains::Contained by", "storage_pool", "child", "stored_on"),
        ("storage_fileshare", "Provided by::Provides", "storage_server", "parent", "stored_on"),
        ("vm_instance", "Managed by::Manages", "instance_scale_set", "parent", "belongs_to"),
        ("cloud_database", "Replicates to::Replicated by", "cloud_database", "parent", "replicates_to"),
        ("vm_instance", "Protected by::Protects", "rubrik_sla_domain", "parent", "backed_up_to"),
        # The same the other way round, and in other spellings.
        ("rack", "Powered by::Powers", "pdu", "parent", "powered_by"),
        ("linux_server", "Runs::Runs on", "appl", "child", "runs_on"),
        ("linux_server", "Virtualised by :: Virtualises", "esx_server", "parent", "runs_on"),
        ("appl", "Depends on::Supports", "appl", "parent", "depends_on"),
        ("appl", "Used by::Depended on by", "appl", "child", "depends_on"),
    ],
)  # fmt: skip
def test_published_relations_point_from_dependent_to_provider(
    parent: str, type_: str, child: str, dependent: str, ours: str
) -> None:
    things = {end: _thing(end, f"cmdb_ci_{table}") for end, table in (("parent", parent), ("child", child))}
    links = Links(CATALOGUE, things, set(), {})
    cells = {"parent": Cell("parent", "parent"), "child": Cell("child", "child"), "type": Cell(type_, type_)}
    links.add(Record("cmdb_rel_ci", 2, cells))
    assert not links.rejected
    provider = "child" if dependent == "parent" else "parent"
    assert [(r["type"], r["to"]) for r in links.of(dependent)] == [(ours, provider)]
    assert links.of(provider) == ()


@pytest.mark.parametrize(
    ("table", "members", "need"),
    [
        ("vcenter_cluster", 4, 3),
        ("mssql_ag", 4, 3),
        ("mssql_ag", 5, 3),
        ("win_cluster", 2, 1),  # one node stands by for the other
        ("kubernetes_cluster", 5, 3),
        ("lb_pool", 5, 1),
    ],
)
def test_a_cluster_outlives_some_of_its_members(table: str, members: int, need: int) -> None:
    keys = [f"m{number}" for number in range(members)]
    things = {"c": _thing("c", f"cmdb_ci_{table}")} | {key: _thing(key, "cmdb_ci_server") for key in keys}
    links = Links(CATALOGUE, things, set(), {})
    for key in keys:
        row = {"parent": "c", "type": "Members::Member of", "child": key}
        links.add(Record("cmdb_rel_ci", 2, {name: Cell(text, text) for name, text in row.items()}))
    assert {(r.get("need"), r.get("assumed")) for r in links.of("c")} == {(need, True)}
    assert len(links.of("c")) == members


def test_types_without_a_meaning_for_failure_are_left_out() -> None:
    assert ways_of("Provisioned from::Provisioned") == ((), False)
    assert ways_of("Hums at::Hummed at by") is None


def _thing(key: str, table: str) -> Thing:
    cells = {"sys_id": Cell(key, key), "sys_class_name": Cell(table, table), "name": Cell(key, key)}
    thing = thing_of(CATALOGUE, {}, {}, Record(table, 2, cells))
    assert thing is not None
    return thing
