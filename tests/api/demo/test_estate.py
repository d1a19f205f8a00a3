"""The demo estate, imported from its sources, tells the story of its README."""

from collections import Counter
from collections.abc import Iterator

import pytest

from api.demo.sources import Imported, import_estate
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.embedded import Address
from cmdb.history import Author
from cmdb.identity import open_cases
from tests.api.demo.estate import Estate, estate_in
from tests.conftest import empty


@pytest.fixture(scope="module")
def discovered(prepared_address: Address, catalogue: Catalogue) -> Iterator[tuple[Database, list[Imported]]]:
    address = prepared_address
    with Database(address.uri, address.user, address.password) as database:
        empty(database)
        yield database, list(import_estate(database, catalogue, Author("tester", "test")))


@pytest.fixture(scope="module")
def estate(discovered: tuple[Database, list[Imported]], catalogue: Catalogue) -> Estate:
    return estate_in(discovered[0], catalogue)


# ── the sources fit together ────────────────────────────────────────────────────────────────────


def test_all_that_the_sources_say_is_taken_in(discovered: tuple[Database, list[Imported]]) -> None:
    for one in discovered[1]:
        report = one.report
        assert not (report.rejected or report.pending or report.gaps or report.held), one.saved


def test_sources_that_see_one_thing_make_one_ci(discovered: tuple[Database, list[Imported]]) -> None:
    counts = {one.saved.place: (one.seen, one.new, one.joined) for one in discovered[1]}
    assert counts == {
        "netbox": (451, 451, 0),
        # the virtual machines behind seven nodes, and the one that a service names outside
        "kubernetes/lds-k8s-prod.json": (66, 58, 7 + 1),
        "kubernetes/brs-k8s-prod.json": (62, 54, 7 + 1),
        "terraform": (8, 8, 0),
        "register": (379, 182, 197),
    }
    assert sum(new for _, new, _ in counts.values()) == 753
    assert sum(seen for seen, _, _ in counts.values()) == 966


def test_one_thing_is_in_doubt(discovered: tuple[Database, list[Imported]], catalogue: Catalogue) -> None:
    (case,) = open_cases(discovered[0], catalogue)
    assert {record.source for record in case.records} == {"netbox", "csv"}
    assert case.reason == "manufacturer+serial_number differs"
    assert len(case.cis) == 2


def test_a_node_runs_on_the_machine_that_netbox_and_the_register_describe(
    discovered: tuple[Database, list[Imported]],
) -> None:
    rows = discovered[0].read(
        """
        MATCH (node:KubernetesNode)-[:RUNS_ON]->(machine:VirtualMachine)
        RETURN node.name AS node, [(machine)<-[:DESCRIBES]-(record) | record.source] AS sources
        """
    )
    assert len(rows) == 14
    assert all(sorted(row["sources"]) == ["csv", "kubernetes", "netbox"] for row in rows)


def test_is_of_a_size_that_a_person_can_grasp(estate: Estate) -> None:
    classes = Counter(row["class"] for row in estate.cis.values())
    assert classes["network_interface"] == 212
    assert 300 <= classes.total() - 212 <= 600


def test_teams_named_by_cis_exist(estate: Estate) -> None:
    named = {row.get(role) for row in estate.cis.values() for role in ("owner", "supported_by", "used_by")}
    assert named - {None} == estate.teams


# ── the story of README.md ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("switch", "at_risk"),
    [
        ("lds-core-a", {"bs-contact", "bs-tills", "as-edi", "as-wms", "as-pay-lds", "as-pay-brs"}),
        ("lds-core-b", {"bs-contact", "as-edi", "as-wms"}),
    ],
)
def test_one_core_switch_takes_no_service_down(estate: Estate, switch: str, at_risk: set[str]) -> None:
    states = estate.after(switch)
    services = {
        ci: s for ci, s in states.items() if estate.catalogue.ci_class(estate.cis[ci]["class"]).is_service
    }
    infrastructure = {"svc-inet-lds", "svc-interconnect"}
    assert services == dict.fromkeys(at_risk | infrastructure, "at risk")
    assert len(estate.of_class("switch", states, "at risk")) == 13


def test_both_core_switches_take_three_business_services_down(estate: Estate) -> None:
    states = estate.after("lds-core-a", "lds-core-b")
    assert estate.of_class("business_service", states, "down") == {
        "bs-warehouse",
        "bs-delivery",
        "bs-contact",
    }
    assert estate.of_class("business_service", states, "degraded") == {
        "bs-shop",
        "bs-tills",
        "bs-finance",
        "bs-purchasing",
        "bs-reporting",
        "bs-workplace",
    }
    assert estate.of_class("business_service", states, "at risk") == {"bs-payments", "bs-accounts"}


@pytest.mark.parametrize(
    ("failed", "counts"),
    [
        (["lds-core-a"], {"down": 11, "at risk": 23}),
        (["lds-core-b"], {"down": 9, "at risk": 20}),
        (["lds-core-a", "lds-core-b"], {"down": 177, "degraded": 13, "at risk": 13}),
    ],
)
def test_counts_of_the_change(estate: Estate, failed: list[str], counts: dict[str, int]) -> None:
    assert Counter(estate.after(*failed).values()) == counts


def test_whoever_loses_a_service_can_be_told(estate: Estate) -> None:
    for service in estate.services_down("lds-core-a", "lds-core-b"):
        assert {estate.cis[service][role] for role in ("owner", "supported_by", "used_by")} <= estate.teams


def test_payments_survives_because_bristol_carries_it(estate: Estate) -> None:
    states = estate.after("lds-core-a", "lds-core-b")
    assert states["as-pay-lds"] == "down"
    assert states["as-pay-brs"] == "at risk"
    assert "bs-payments" in estate.services_down("lds-core-a", "lds-core-b", "as-pay-brs")


def test_tills_hang_on_one_distribution_switch(estate: Estate) -> None:
    states = estate.after("brs-dist-b")
    assert states["brs-tillgw-01"] == states["brs-tillgw-02"] == "down"
    assert estate.of_class("business_service", states, "down") == {"bs-tills"}
    for one in ("brs-dist-a", "brs-acc-till-a", "brs-acc-till-b", "brs-tillgw-01", "brs-tillgw-02"):
        assert estate.services_down(one) == set()


def test_contact_centre_counts_on_an_instance_that_is_only_planned(estate: Estate) -> None:
    assert estate.cis["as-contact-brs"]["status"] == "planned"
    assert estate.services_down("as-contact-lds") == {"bs-contact"}


def test_some_cis_are_not_mapped(estate: Estate) -> None:
    mapped = {row[end] for row in estate.relationships for end in ("from", "to")}
    assert estate.current - mapped == {
        "LDS-OLDFS1",
        "brs-badge-01",
        "brs-jump-02",
        "brs-kiosk-01",
        "brs-nas-old",
        "dns-old-shop",
        "lds-conveyor-01",
        "lds-fax-01",
        "lds-srv-0417",
    }
    assert "app-forecast" not in {row["to"] for row in estate.relationships}


# ── it is built as real estates are ─────────────────────────────────────────────────────────────

BUILT_TO_LOSE_ONE = (
    "hypervisor",
    "kubernetes_node",
    "kubernetes_pod",
    "router",
    "firewall",
    "load_balancer",
    "circuit",
    "storage_path",
    "cooling_unit",
    "power_feed",
    "power_unit",
    "access_point",
)


@pytest.mark.parametrize("ci_class", BUILT_TO_LOSE_ONE)
def test_no_single_one_takes_a_business_service_down(estate: Estate, ci_class: str) -> None:
    singles = [ci for ci in estate.current if estate.cis[ci]["class"] == ci_class]
    assert singles
    assert {ci: estate.services_down(ci) for ci in singles if estate.services_down(ci)} == {}


def test_a_site_lost_leaves_what_runs_at_both(estate: Estate) -> None:
    assert estate.services_down("Leeds") == estate.services_down("lds-core-a", "lds-core-b")
    assert estate.services_down("Bristol") == {
        "bs-tills",
        "bs-finance",
        "bs-purchasing",
        "bs-product",
        "bs-reporting",
    }


def test_the_only_switch_that_takes_a_service_down_is_the_hidden_one(estate: Estate) -> None:
    switches = [ci for ci in estate.current if estate.cis[ci]["class"] == "switch"]
    assert [ci for ci in switches if estate.services_down(ci)] == ["brs-dist-b"]
