"""People who decide which CIs are one."""

import pytest

from cmdb.errors import Conflict, InvalidInput
from cmdb.history import latest
from cmdb.identity import open_cases
from cmdb.reconciliation import Observation
from cmdb.store import Link, Store, Target, find_ci, keep_apart, merge, relate, split, undo
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.discovery import depends, names, run, says, thing
from tests.cmdb.graphs import AUTHOR, created, graph, on


@pytest.fixture
def pair(store: Store) -> tuple[str, str]:
    """Two CIs that share a name in the network and differ in a stronger identifier, and what uses them."""
    run(store, [thing("a", class_="virtual_machine", cloud_id="i-1", fqdn="x.example")], source="aws")
    other = thing("b", on("disk"), class_="virtual_machine", cloud_id="i-2", fqdn="x.example")
    run(store, [other, thing("disk", class_="volume"), thing("app", on("b"))], source="vmware")
    return says(store, "a")["id"], says(store, "b")["id"]


def test_a_merged_ci_has_all_that_either_had(store: Store, pair: tuple[str, str]) -> None:
    keep, other = pair
    assert len(open_cases(store.database, store.catalogue)) == 1
    merge(store, AUTHOR, Target(keep), [Target(other)])
    assert open_cases(store.database, store.catalogue) == []
    assert depends(store) == {("b", "", "disk"), ("app", "", "b")}
    assert (says(store, "b")["id"], find_ci(store.database, other)) == (keep, keep)
    assert_follows_records(store)


def test_the_lost_id_names_the_ci_that_was_kept(store: Store, pair: tuple[str, str]) -> None:
    keep, other = pair
    (hand,) = created(store, "by hand")
    relate(store, AUTHOR, [Link(hand, "depends_on", other)])
    merge(store, AUTHOR, Target(keep), [Target(other)])
    assert ("by hand", "", "b") in depends(store)


def test_sources_go_on_describing_the_merged_ci(store: Store, pair: tuple[str, str]) -> None:
    keep, other = pair
    merge(store, AUTHOR, Target(keep), [Target(other)])
    run(store, [thing("b", class_="virtual_machine", cloud_id="i-2", os="unix")], source="vmware", day=1)
    assert names(store) == {"b", "disk", "app"}
    assert says(store, "b")["os"] == "unix"


def test_undo_of_a_merge_gives_both_back_and_reopens_the_case(store: Store, pair: tuple[str, str]) -> None:
    keep, other = pair
    before = graph(store.database)
    merge(store, AUTHOR, Target(keep), [Target(other)])
    undo(store, AUTHOR, latest(store.database).seq)
    after = graph(store.database)
    assert before.keys() == after.keys()
    assert {ci["name"] for ci in after.values() if "name" in ci} == {"a", "b", "disk", "app"}
    assert len(open_cases(store.database, store.catalogue)) == 1
    assert_follows_records(store)


def test_parts_of_one_name_are_merged_with_what_holds_them(store: Store) -> None:
    def device(native_id: str, serial: str) -> list[Observation]:
        port = {"class": "network_interface", "name": f"eth0 of {native_id}"[:4]}
        return [
            thing(native_id, class_="switch", manufacturer="Maker", serial_number=serial),
            Observation(f"{native_id}/eth0", port, (on(native_id, "belongs_to"),), within=native_id),
        ]

    run(store, device("one", "S1") + device("two", "S2"))
    before = says(store, "one")["id"], says(store, "two")["id"]
    merge(store, AUTHOR, Target(before[0]), [Target(before[1])])
    assert len(store.database.read("MATCH (ci:NetworkInterface) RETURN ci")) == 1
    assert open_cases(store.database, store.catalogue) == []
    assert_follows_records(store)
    undo(store, AUTHOR, latest(store.database).seq)
    assert len(store.database.read("MATCH (ci:NetworkInterface) RETURN ci")) == 2
    rows = store.database.read(
        "MATCH (i:Identifier)<-[:CLAIMS]-(r:SourceRecord) WHERE i.key CONTAINS 'container+name' "
        "RETURN split(i.key, '|')[1] AS container ORDER BY r.native_id"
    )
    assert tuple(row["container"] for row in rows) == before
    assert_follows_records(store)


def test_what_is_kept_apart_is_no_question_any_more(store: Store, pair: tuple[str, str]) -> None:
    keep_apart(store, AUTHOR, [Target(id_) for id_ in pair])
    assert open_cases(store.database, store.catalogue) == []
    assert names(store) == {"a", "b", "disk", "app"}
    undo(store, AUTHOR, latest(store.database).seq)
    assert len(open_cases(store.database, store.catalogue)) == 1


def test_a_split_gives_a_merged_ci_its_id_back(store: Store, pair: tuple[str, str]) -> None:
    keep, other = pair
    merge(store, AUTHOR, Target(keep), [Target(other)])
    id_, _ = split(store, AUTHOR, Target(keep), ["vmware::b", f"manual::{other}"])
    assert (id_, says(store, "b")["id"], says(store, "a")["id"]) == (other, other, keep)
    assert open_cases(store.database, store.catalogue) == []
    assert_follows_records(store)


def test_a_split_makes_a_new_ci_and_both_stay_apart(store: Store) -> None:
    run(store, [thing("a", fqdn="a.example")], source="vmware")
    run(store, [thing("b", fqdn="a.example")], source="nmap")
    id_, _ = split(store, AUTHOR, Target(says(store, "a")["id"]), ["nmap::b"])
    assert says(store, "b")["id"] == id_
    assert open_cases(store.database, store.catalogue) == []
    run(store, [thing("b", fqdn="a.example", os="unix")], source="nmap", day=1)
    assert says(store, "b")["os"] == "unix" and "os" not in says(store, "a")
    assert_follows_records(store)


def test_a_split_that_leaves_nothing_is_refused(store: Store, pair: tuple[str, str]) -> None:
    with pytest.raises(Conflict, match="alone would not say"):
        split(store, AUTHOR, Target(pair[0]), ["aws::a"])
    with pytest.raises(InvalidInput, match="does not describe"):
        split(store, AUTHOR, Target(pair[0]), ["vmware::b"])
