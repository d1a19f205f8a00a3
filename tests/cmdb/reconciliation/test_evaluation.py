"""What a CI says, from its records alone; no database."""

from itertools import permutations
from typing import Any

from cmdb.catalogue import load_catalogue
from cmdb.reconciliation import MANUAL, Relation
from cmdb.reconciliation.evaluation import Record, evaluate_attributes, evaluate_relations
from tests.cmdb.graphs import on

CATALOGUE = load_catalogue()
CI = {"class": "server", "name": "web-1"}


def record(source: str, *relations: Relation, at: str = "", **attributes: Any) -> Record:
    return Record(f"{source}::x", source, "", "x", at, attributes or None, relations)


def test_nothing_is_said_without_class_and_name() -> None:
    assert evaluate_attributes(CATALOGUE, []) is None
    assert evaluate_attributes(CATALOGUE, [record("netbox")]) is None
    assert evaluate_attributes(CATALOGUE, [record(MANUAL, description="only a correction")]) is None


def test_each_attribute_comes_from_the_strongest_record_in_any_order() -> None:
    records = [
        record("netbox", at="2026-01-02", **CI, os="new", owner="netbox"),
        record("csv", at="2026-01-01", **CI, os="old", site="lon1", owner="csv"),
        record(MANUAL, at="2025-01-01", owner="person"),
    ]
    for order in permutations(records):
        assert evaluate_attributes(CATALOGUE, order) == {**CI, "os": "new", "site": "lon1", "owner": "person"}


def test_ties_are_broken_by_the_key() -> None:
    records = [record("a", **CI, os="one"), record("b", **CI, os="two")]
    assert evaluate_attributes(CATALOGUE, records) == evaluate_attributes(CATALOGUE, records[::-1])


def test_a_cleared_attribute_is_absent_and_hides_what_sources_say() -> None:
    records = [record("netbox", **CI, os="Linux"), record(MANUAL, os=None)]
    assert evaluate_attributes(CATALOGUE, records) == CI


PROVIDERS = {("netbox::x", "db"): "id-db", ("csv::x", "DB"): "id-db", ("manual::x", "id-db"): "id-db"}


def test_what_sources_say_of_one_relationship_is_merged_and_the_strongest_states_its_terms() -> None:
    records = [
        record("netbox", on("db", weight=2), at="2026-01-02"),
        record("csv", on("DB", weight=3, tolerates=5), at="2026-01-01"),
    ]
    for order in permutations(records):
        (dependency,) = evaluate_relations(CATALOGUE, order, PROVIDERS)
        assert (dependency.provider, dependency.sources) == ("id-db", ("csv", "netbox"))
        assert dependency.terms == {"weight": 2}


def test_relations_to_what_is_not_there_are_left_out() -> None:
    assert evaluate_relations(CATALOGUE, [record("netbox", on("unknown"))], PROVIDERS) == []


def test_all_members_of_a_group_agree_on_what_the_strongest_says_of_it() -> None:
    providers = {(f"{source}::x", name): name for source in ("netbox", "csv") for name in "abc"}
    records = [
        record("netbox", on("a", group="g", need=1, weight=2), on("b", group="g", need=1)),
        record("csv", on("b", group="g", need=2), on("c", group="g", need=2, strength="soft")),
    ]
    for order in permutations(records):
        dependencies = evaluate_relations(CATALOGUE, order, providers)
        found = {(d.provider, d.terms.get("group")): d.terms for d in dependencies}
        assert found == {
            ("a", "g"): {"group": "g", "need": 1, "weight": 2},
            ("b", "g"): {"group": "g", "need": 1},
            ("c", "g"): {"group": "g", "need": 1},
        }


def test_groups_of_two_sources_that_share_a_name_and_no_member_are_two() -> None:
    """One cluster that two sources see as one group of two each must not look like a group of four."""
    providers = {(f"{source}::x", name): name for source in ("netbox", "csv", MANUAL) for name in "abcde"}
    records = [
        record("netbox", on("a", group="g", need=1), on("b", group="g", need=1)),
        record("csv", on("c", group="g", need=1), on("d", group="g", need=1)),
        record(MANUAL, on("e", group="g", need=1)),
    ]
    for order in permutations(records):
        found = evaluate_relations(CATALOGUE, order, providers)
        assert {(one.provider, one.terms["group"], one.terms["need"]) for one in found} == {
            *(("a", "g", 1), ("b", "g", 1), ("e", "g", 1)),
            *(("c", "g (csv)", 1), ("d", "g (csv)", 1)),
        }


def test_a_denied_relationship_is_left_out_whatever_sources_say() -> None:
    denied = record(MANUAL, on("id-db", denied=True))
    assert evaluate_relations(CATALOGUE, [record("netbox", on("db")), denied], PROVIDERS) == []
    (kept,) = evaluate_relations(CATALOGUE, [record("netbox", on("db", group="g")), denied], PROVIDERS)
    assert kept.terms["group"] == "g"
