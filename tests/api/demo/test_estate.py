"""The demo estate is valid and tells the story of its README; the states come from a fixed point
of its own, so that the story does not rest on the analysis it is to show."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

import pytest

from cmdb.catalogue import check_attributes, load_catalogue

ESTATE = Path(__file__).parents[3] / "api" / "demo" / "estate"
CATALOGUE = load_catalogue()
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (ESTATE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CIS = {row["native_id"]: row for row in rows("cis.csv")}
RELATIONSHIPS = rows("relationships.csv")
TEAMS = {row["name"] for row in rows("teams.csv")}
CURRENT = {ci for ci, row in CIS.items() if row["status"] not in ("planned", "in_stock")}


# ── failure semantics, as the documentation words them ──────────────────────────────────────────


@dataclass
class Group:
    """One dependent's providers with their weights, and how much of it must be up."""

    dependent: str
    strength: str
    need: str
    members: dict[str, int] = field(default_factory=dict)

    @property
    def needed(self) -> int:
        total = sum(self.members.values())
        if self.need.endswith("%"):
            return ceil(total * int(self.need[:-1]) / 100)
        return min(int(self.need or total), total)

    def falls_short(self, without: set[str]) -> bool:
        return sum(w for ci, w in self.members.items() if ci not in without) < self.needed


def groups() -> list[Group]:
    found: dict[tuple[str, ...], Group] = {}
    for row in RELATIONSHIPS:
        if not {row["from"], row["to"]} <= CURRENT:
            continue
        identity = (row["from"], row["group"]) if row["group"] else tuple(row.values())
        strength = row["strength"] or CATALOGUE.relationship(row["type"]).strength
        group = found.setdefault(identity, Group(row["from"], strength, row["need"]))
        group.members[row["to"]] = int(row["weight"] or 1)
    return list(found.values())


GROUPS = groups()


def after(*failed: str) -> dict[str, str]:
    """State of every CI that is not up when the given ones fail."""
    down, degraded = set(failed), set[str]()
    before = -1
    while before != len(down) + len(degraded):
        before = len(down) + len(degraded)
        for group in GROUPS:
            lost = group.falls_short(down)
            if group.strength == "hard" and lost:
                down.add(group.dependent)
            elif (group.strength == "soft" and lost) or (
                group.strength == "hard" and group.falls_short(down | degraded)
            ):
                degraded.add(group.dependent)
    at_risk = {g.dependent for g in GROUPS if loses_redundancy(g, down)}
    states = [(at_risk, "at risk"), (degraded, "degraded"), (down, "down")]
    return {ci: state for members, state in states for ci in members}


def loses_redundancy(group: Group, down: set[str]) -> bool:
    if group.strength == "guard":
        return group.falls_short(down)
    return group.strength in ("hard", "soft") and not down.isdisjoint(group.members)


def of_class(ci_class: str, states: dict[str, str], state: str) -> set[str]:
    return {ci for ci, s in states.items() if s == state and CIS[ci]["class"] == ci_class}


def services_down(*failed: str) -> set[str]:
    return of_class("business_service", after(*failed), "down")


# ── the data can be imported without a reject ───────────────────────────────────────────────────


def test_is_of_a_size_that_a_person_can_grasp() -> None:
    assert 300 <= len(rows("cis.csv")) <= 600
    assert len(CIS) == len(rows("cis.csv")), "a native id is used twice"


def test_fits_the_catalogue() -> None:
    problems = []
    for row in CIS.values():
        given = {k: v for k, v in row.items() if k not in ("native_id", "class")}
        problems += check_attributes(CATALOGUE, row["class"], given).problems
    assert problems == []


def test_teams_named_by_cis_exist() -> None:
    named = {row[role] for row in CIS.values() for role in ("owner", "supported_by", "used_by")}
    assert named - {""} == TEAMS


def test_relationships_have_known_ends_and_types_and_are_listed_once() -> None:
    identities = [(row["from"], row["type"], row["to"], row["group"]) for row in RELATIONSHIPS]
    members = [(dependent, group, to) for dependent, _, to, group in identities if group]
    assert len(set(identities)) == len(identities)
    assert len(set(members)) == len(members), "a provider is in a group twice"
    for dependent, relationship, provider, _ in identities:
        assert {dependent, provider} <= CIS.keys()
        assert relationship in CATALOGUE.relationships
        assert dependent != provider


def test_rows_of_a_group_agree() -> None:
    said: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for row in filter(lambda row: row["group"], RELATIONSHIPS):
        said[row["from"], row["group"]].add((row["need"], row["strength"], row["assumed"]))
    assert [group for group, terms in said.items() if len(terms) > 1] == []


# ── the story of README.md ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("switch", "at_risk"),
    [
        ("lds-core-a", {"bs-contact", "bs-tills", "as-edi", "as-wms", "as-pay-lds", "as-pay-brs"}),
        ("lds-core-b", {"bs-contact", "as-edi", "as-wms"}),
    ],
)
def test_one_core_switch_takes_no_service_down(switch: str, at_risk: set[str]) -> None:
    states = after(switch)
    services = {ci: s for ci, s in states.items() if CATALOGUE.ci_class(CIS[ci]["class"]).is_service}
    infrastructure = {"svc-inet-lds", "svc-interconnect"}
    assert services == dict.fromkeys(at_risk | infrastructure, "at risk")
    assert len(of_class("switch", states, "at risk")) == 13


def test_both_core_switches_take_three_business_services_down() -> None:
    states = after("lds-core-a", "lds-core-b")
    assert of_class("business_service", states, "down") == {
        "bs-warehouse",
        "bs-delivery",
        "bs-contact",
    }
    assert of_class("business_service", states, "degraded") == {
        "bs-shop",
        "bs-tills",
        "bs-finance",
        "bs-purchasing",
        "bs-reporting",
        "bs-workplace",
    }
    assert of_class("business_service", states, "at risk") == {"bs-payments", "bs-accounts"}


@pytest.mark.parametrize(
    ("failed", "counts"),
    [
        (["lds-core-a"], {"down": 11, "at risk": 23}),
        (["lds-core-b"], {"down": 9, "at risk": 20}),
        (["lds-core-a", "lds-core-b"], {"down": 176, "degraded": 13, "at risk": 13}),
    ],
)
def test_counts_of_the_change(failed: list[str], counts: dict[str, int]) -> None:
    assert Counter(after(*failed).values()) == counts


def test_whoever_loses_a_service_can_be_told() -> None:
    for service in services_down("lds-core-a", "lds-core-b"):
        assert {CIS[service][role] for role in ("owner", "supported_by", "used_by")} <= TEAMS


def test_payments_survives_because_bristol_carries_it() -> None:
    states = after("lds-core-a", "lds-core-b")
    assert states["as-pay-lds"] == "down"
    assert states["as-pay-brs"] == "at risk"
    assert "bs-payments" in services_down("lds-core-a", "lds-core-b", "as-pay-brs")


def test_tills_hang_on_one_distribution_switch() -> None:
    states = after("brs-dist-b")
    assert states["brs-tillgw-01"] == states["brs-tillgw-02"] == "down"
    assert of_class("business_service", states, "down") == {"bs-tills"}
    for one in ("brs-dist-a", "brs-acc-till-a", "brs-acc-till-b", "brs-tillgw-01", "brs-tillgw-02"):
        assert services_down(one) == set()


def test_contact_centre_counts_on_an_instance_that_is_only_planned() -> None:
    assert CIS["as-contact-brs"]["status"] == "planned"
    assert services_down("as-contact-lds") == {"bs-contact"}


def test_some_cis_are_not_mapped() -> None:
    mapped = {row[end] for row in RELATIONSHIPS for end in ("from", "to")}
    assert CURRENT - mapped == {
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
    assert "app-forecast" not in {row["to"] for row in RELATIONSHIPS}


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
def test_no_single_one_takes_a_business_service_down(ci_class: str) -> None:
    singles = [ci for ci in CURRENT if CIS[ci]["class"] == ci_class]
    assert singles
    assert {ci: services_down(ci) for ci in singles if services_down(ci)} == {}


def test_a_site_lost_leaves_what_runs_at_both() -> None:
    assert services_down("lds") == services_down("lds-core-a", "lds-core-b")
    assert services_down("brs") == {
        "bs-tills",
        "bs-finance",
        "bs-purchasing",
        "bs-product",
        "bs-reporting",
    }


def test_the_only_switch_that_takes_a_service_down_is_the_hidden_one() -> None:
    switches = [ci for ci in CURRENT if CIS[ci]["class"] == "switch"]
    assert [ci for ci in switches if services_down(ci)] == ["brs-dist-b"]
