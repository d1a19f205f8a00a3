"""What discovery has seen since a baseline, apart from what people have done."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cmdb.errors import InvalidInput, NotFound
from cmdb.health import Deviation, Selection, audit
from cmdb.history import Author, latest, set_baseline
from cmdb.reconciliation import Observation
from cmdb.runs import Run, sweep
from cmdb.store import (
    Link,
    Page,
    Store,
    Target,
    create_cis,
    merge,
    purge,
    relate,
    restore,
    retire,
    undo,
    unrelate,
    update_cis,
)
from tests.cmdb.graphs import created, id_of, on, see

START = datetime.now(UTC)
ADA = Author("ada", "cli", "by hand")
ROBOT = Author("robot", "sync")


def seen(
    store: Store,
    observations: Iterable[Observation],
    days: float = 0,
    source: str = "scanner",
    **options: Any,
) -> None:
    at = START + timedelta(days=days)
    run = Run(store.database, store.catalogue, ROBOT, source, observed_at=at, **options)
    run.take_in(observations)


def target(store: Store, name: str) -> Target:
    return Target(id_of(store.database, name))


def listed(store: Store, **options: Any) -> list[Deviation]:
    answer = audit(store, "golden", **options)
    assert answer.missing + answer.changed + answer.new == len(answer.items)
    return answer.items


def told(store: Store, **options: Any) -> list[tuple[str, str, str | None, list[str]]]:
    """What was found of which CI, of which relationship, in which fields."""
    return [
        (one.found, one.ci.name, one.relationship, [field.name for field in one.fields])
        for one in listed(store, **options)
    ]


@pytest.fixture
def golden(store: Store) -> Store:
    """Four machines of which one depends on another, as they were approved."""
    seen(store, [see("a", on("b"), name="a", os="Linux"), *(see(one, name=one) for one in "bcd")])
    set_baseline(store.database, "golden")
    return store


def test_nothing_has_happened(golden: Store) -> None:
    answer = audit(golden, "golden")
    assert (answer.items, answer.by_people, answer.next) == ([], 0, None)
    assert answer.revision == answer.baseline_revision == 1


def test_what_changed_tells_by_which_import(golden: Store) -> None:
    seen(golden, [see("a", name="a", os="BSD", memory_mb=1)], 1)
    (one,) = listed(golden)
    newest = latest(golden.database)
    assert (one.found, one.ci.name, one.source) == ("changed", "a", "scanner")
    assert [(field.name, field.before, field.after) for field in one.fields] == [
        ("memory_mb", None, 1),
        ("os", "Linux", "BSD"),
    ]
    assert (one.revision, one.at, one.origin, one.actor) == (newest.seq, newest.at, "sync", "robot")


def test_each_field_is_of_the_revision_that_gave_it_its_value(golden: Store) -> None:
    seen(golden, [see("a", name="a", os="BSD", memory_mb=1)], 1)
    update_cis(golden, ADA, [(target(golden, "a"), {"description": "mine", "memory_mb": 2})])
    seen(golden, [see("a", name="a", os="Plan 9", memory_mb=1)], 2)
    (one,) = listed(golden)
    assert [(field.name, field.after) for field in one.fields] == [("os", "Plan 9")]
    assert one.revision == latest(golden.database).seq
    assert audit(golden, "golden").by_people == 1


def test_what_was_put_right_again_is_no_deviation(golden: Store) -> None:
    seen(golden, [see("a", name="a", os="BSD")], 1)
    seen(golden, [see("a", name="a", os="Linux")], 2)
    assert listed(golden) == []


def test_what_is_new_is_listed_with_its_relationships(golden: Store) -> None:
    seen(golden, [see("e", on("c"), name="e"), see("e2", name="e2")], 1)
    seen(golden, [see("e", name="e", os="Linux")], 2)
    assert told(golden) == [("new", "e", None, []), ("new", "e", "depends_on", []), ("new", "e2", None, [])]
    first, relationship, _ = listed(golden)
    assert first.revision == relationship.revision == 2
    assert relationship.provider is not None
    assert relationship.provider.name == "c"


def test_what_is_missed_and_what_has_retired(golden: Store) -> None:
    rest = [see("a", on("b"), name="a", os="Linux"), see("b", name="b"), see("c", name="c")]
    seen(golden, rest, 10, complete=True, retire_at_most=0.5)
    (one,) = listed(golden)
    assert (one.found, one.ci.name, one.source) == ("missing", "d", "scanner")
    assert one.since == START + timedelta(days=10)
    assert one.revision == latest(golden.database).seq

    sweep(golden.database, golden.catalogue, ROBOT, START + timedelta(days=50))
    (one,) = listed(golden)
    assert (one.found, one.ci.name, one.since, one.source) == ("missing", "d", None, None)
    assert one.revision == latest(golden.database).seq
    assert audit(golden, "golden").by_people == 0


def test_a_relationship_that_is_gone(golden: Store) -> None:
    thing = Observation("a", {"class": "server", "name": "a", "os": "Linux"}, ())
    seen(golden, [thing, *(see(one, name=one) for one in "bcd")], 1, complete=True, retire_at_most=1.0)
    assert told(golden) == [("missing", "a", "depends_on", [])]


def test_terms_of_a_relationship(golden: Store) -> None:
    seen(golden, [see("a", on("b", strength="soft"), name="a", os="Linux")], 1)
    assert told(golden) == [("changed", "a", "depends_on", ["strength"])]


def test_that_another_source_says_the_same_is_no_deviation(golden: Store) -> None:
    fqdn = [see(one, name=one, fqdn=f"{one}.example.org") for one in "ab"]
    seen(golden, fqdn, 1)
    set_baseline(golden.database, "with names")
    relation = [see("a", on("b"), name="a", fqdn="a.example.org"), see("b", name="b", fqdn="b.example.org")]
    seen(golden, relation, 2, "other")
    assert audit(golden, "with names").items == []


def test_people_are_counted_and_not_listed(golden: Store) -> None:
    store = golden
    create_cis(store, ADA, [{"class": "server", "name": "mine"}])
    update_cis(store, ADA, [(target(store, "c"), {"os": "Linux"})])
    relate(store, ADA, [Link(target(store, "c").id, "uses", target(store, "d").id)])
    unrelate(store, ADA, [Link(target(store, "a").id, "depends_on", target(store, "b").id)])
    retire(store, ADA, [target(store, "b")])
    answer = audit(store, "golden")
    assert answer.items == []
    assert answer.by_people == 5


def test_undo_and_merge_are_done_by_people(golden: Store) -> None:
    seen(golden, [see("a", name="a", os="BSD")], 1)
    set_baseline(golden.database, "changed")
    undo(golden, ADA, latest(golden.database).seq)
    merge(golden, ADA, target(golden, "c"), [target(golden, "d")])
    answer = audit(golden, "changed")
    assert (answer.items, answer.by_people) == ([], 2)


def test_what_came_back_was_not_in_the_baseline(golden: Store) -> None:
    retire(golden, ADA, [target(golden, "d")])
    set_baseline(golden.database, "without d")
    restore(golden, ADA, [target(golden, "d")])
    answer = audit(golden, "without d")
    assert (answer.items, answer.by_people) == ([], 1)


def test_what_has_been_purged_is_not_there_at_all(golden: Store) -> None:
    retire(golden, ADA, [target(golden, "b")])
    purge(golden, ADA, [target(golden, "b")])
    assert listed(golden) == []


def test_audits_are_cut_and_paged(golden: Store) -> None:
    new = [see(f"n{number}", name=f"n{number}", class_="rack", owner="Site") for number in range(5)]
    seen(golden, [see("a", name="a", os="BSD")], 1)
    seen(golden, new, 1, "other")
    assert [one.ci.name for one in listed(golden, selection=Selection("server"))] == ["a"]
    assert len(listed(golden, selection=Selection(owner="Site"))) == 5
    assert len(listed(golden, selection=Selection(source="other"))) == 5
    names, cursor = [], None
    for _ in range(3):
        answer = audit(golden, "golden", page=Page(2, cursor))
        assert (answer.changed, answer.new) == (1, 5)
        names += [one.ci.name for one in answer.items]
        cursor = answer.next
        created(golden, f"meanwhile {len(names)}")  # pages are of the revision of the first one
    assert cursor is None
    assert names == ["a", "n0", "n1", "n2", "n3", "n4"]


@pytest.mark.parametrize("cursor", ["", "1", "1 2 3", "a b", "² 1", "-1 0"])
def test_a_wrong_cursor_is_told(golden: Store, cursor: str) -> None:
    with pytest.raises(InvalidInput):
        audit(golden, "golden", page=Page(2, cursor))


def test_a_baseline_that_is_not_there(golden: Store) -> None:
    with pytest.raises(NotFound):
        audit(golden, "silver")
