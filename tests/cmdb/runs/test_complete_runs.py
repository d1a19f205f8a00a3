"""What a complete run tells by what it does not see, and what no other run may tell."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from cmdb.reconciliation import Gap, Observation, Rejection
from cmdb.runs import Row, sweep
from cmdb.store import Store, undo_run
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.discovery import START, depends, names, revisions, run, says, thing
from tests.cmdb.graphs import AUTHOR, graph, on

TEN = [thing(f"n{number}") for number in range(10)]


def test_a_partial_run_deletes_nothing(store: Store) -> None:
    run(store, [thing("a", on("b"), on("c")), thing("b"), thing("c")])
    before = graph(store.database)
    report = run(store, [thing("a")], day=400)
    assert graph(store.database) == before
    assert (report.missing, report.retired, report.relationships["withdrawn"]) == (0, 0, 0)


def test_a_failed_run_deletes_nothing(store: Store) -> None:
    run(store, TEN)
    before = graph(store.database)

    def breaking_off() -> Iterator[Row]:
        yield from TEN[:9]
        raise ConnectionError("the source went away")

    with pytest.raises(ConnectionError):
        run(store, breaking_off(), day=400, complete=True)
    sweep(store.database, store.catalogue, AUTHOR)
    assert graph(store.database) == before


def test_what_is_missing_retires_after_the_grace_of_its_class(store: Store) -> None:
    """A server has 30 days."""
    run(store, TEN)
    assert run(store, TEN[1:], day=1, complete=True).missing == 1
    assert "n0" in names(store)
    assert run(store, TEN[1:], day=30, complete=True).retired == 0
    report = run(store, TEN[1:], day=32, complete=True)
    assert (report.missing, report.retired) == (0, 1)
    assert names(store) == {f"n{number}" for number in range(1, 10)}
    assert says(store, "n0")["status"] == "retired"
    assert_follows_records(store)


def test_a_sweep_retires_when_no_run_comes(store: Store) -> None:
    run(store, TEN)
    run(store, TEN[1:], day=1, complete=True)

    assert sweep(store.database, store.catalogue, AUTHOR, START + timedelta(days=20)).withdrawn == 0
    assert sweep(store.database, store.catalogue, AUTHOR, START + timedelta(days=40)).withdrawn == 1
    assert "n0" not in names(store)


def test_what_comes_back_is_the_same_ci(store: Store) -> None:
    run(store, [*TEN, thing("app", on("n0"), class_="application")])
    id_ = says(store, "n0")["id"]
    rest = [*TEN[1:], thing("app", on("n0"), class_="application")]
    run(store, rest, day=1, complete=True)
    run(store, rest, day=40, complete=True)
    assert depends(store) == set()
    run(store, [TEN[0]], day=41)
    assert says(store, "n0")["id"] == id_
    assert depends(store) == {("app", "", "n0")}
    assert_follows_records(store)


def test_another_source_that_still_sees_it_keeps_it(store: Store) -> None:
    shared = thing("shared", fqdn="shared.example", os="unix")
    run(store, [*TEN, shared])
    run(store, [thing("other", fqdn="shared.example")], source="nmap")
    run(store, TEN, day=1, complete=True)
    run(store, TEN, day=40, complete=True)
    assert "os" not in says(store, "other")
    assert "other" in names(store)


def test_only_what_was_observed_before_the_run_began_can_be_missing(store: Store) -> None:
    run(store, TEN, day=5)
    assert run(store, TEN[1:], day=4, complete=True).missing == 0


def test_another_scope_is_not_concerned(store: Store) -> None:
    run(store, TEN)
    run(store, [thing("x")], scope="elsewhere")
    report = run(store, [thing("x")], day=1, complete=True, scope="elsewhere")
    assert (report.missing, report.held) == (0, None)


def test_a_run_that_misses_much_asks(store: Store) -> None:
    run(store, TEN)
    before = graph(store.database)
    report = run(store, TEN[:7], day=1, complete=True)
    assert report.held == (
        "The run misses 3 of 10 CIs (30%), more than 20%: nothing was retired. "
        "If that is right, run it again and allow a greater share to be missing."
    )
    assert graph(store.database) == before
    assert run(store, TEN[:7], day=2, complete=True, retire_at_most=0.3).missing == 3


def test_a_run_that_sees_nothing_asks(store: Store) -> None:
    run(store, TEN)
    held = run(store, [], day=1, complete=True).held
    assert held is not None and "10 of 10" in held


PROVIDERS = [thing(f"p{number}") for number in range(10)]


def star(count: int) -> Observation:
    return thing("hub", *(on(f"p{number}") for number in range(count)))


def test_lost_relationships_go_with_the_end_of_a_complete_run(store: Store) -> None:
    run(store, [*PROVIDERS, star(10)])
    report = run(store, [*PROVIDERS, star(8)], day=1, complete=True)
    assert report.relationships["withdrawn"] == 2
    assert depends(store) == {("hub", "", f"p{number}") for number in range(8)}
    assert_follows_records(store)


def test_a_run_that_loses_many_relationships_asks(store: Store) -> None:
    run(store, [*PROVIDERS, star(10)])
    held = run(store, [*PROVIDERS, star(7)], day=1, complete=True).held
    assert held is not None and "3 of 10 relationships (30%)" in held
    assert len(depends(store)) == 10


def test_a_run_that_loses_many_members_of_groups_asks(store: Store) -> None:
    """Ten plain relationships and four in a group: two lost are few of all, and many of the group."""
    others = tuple(on(f"p{number}", "uses") for number in range(10))
    members = tuple(on(f"p{number}", group="pool", need=1) for number in range(4))
    run(store, [*PROVIDERS, thing("hub", *others, *members)])
    held = run(store, [*PROVIDERS, thing("hub", *others, *members[:2])], day=1, complete=True).held
    assert held is not None and "2 of 4 group members (50%)" in held and "relationships" not in held


def test_a_gap_leaves_everything(store: Store) -> None:
    run(store, TEN)
    report = run(store, [*TEN[:9], Gap("volumes may not be listed")], day=1, complete=True)
    assert report.missing == 0
    assert report.held is not None and "volumes may not be listed" in report.held


def test_a_thing_whose_row_does_not_fit_is_not_missing(store: Store) -> None:
    run(store, TEN)
    unfit = thing("n0", cpu_count="many")
    assert run(store, [unfit, *TEN[1:]], day=1, complete=True).missing == 0
    unreadable = Rejection("cis", 1, {"native_id": "n0"}, "unreadable")
    assert run(store, [unreadable, *TEN[1:]], day=2, complete=True).missing == 0
    nameless = Rejection("cis", 1, {"?": "?"}, "unreadable")
    held = run(store, [nameless, *TEN[1:]], day=3, complete=True).held
    assert held is not None and "name no native id" in held


def test_undoing_a_run_brings_back_what_it_retired(store: Store) -> None:
    run(store, TEN)
    run(store, TEN[1:], day=1, complete=True)
    report = run(store, TEN[1:], day=40, complete=True)
    assert "n0" not in names(store)
    undo_run(store, AUTHOR, report.run)
    assert "n0" in names(store)
    assert_follows_records(store)


def test_a_run_that_changes_nothing_writes_only_its_own_record(store: Store) -> None:
    rows = [thing(f"m{number}", *([on(f"m{number - 1}")] if number else [])) for number in range(3000)]
    run(store, rows)
    before, count = _everything(store), revisions(store)
    report = run(store, rows, day=1, complete=True)
    assert (report.cis["unchanged"], report.relationships["unchanged"]) == (3000, 2999)
    assert revisions(store) == count
    assert _everything(store) == {**before, "Run": before["Run"] + 1}


def _everything(store: Store) -> dict[str, int]:
    """How many nodes of each first label there are, and relationships in all."""
    rows = store.database.read("MATCH (n) RETURN labels(n)[0] AS label, count(*) AS count")
    (links,) = store.database.read("MATCH ()-[r]->() RETURN count(r) AS count")
    return {row["label"]: row["count"] for row in rows} | {"relationships": links["count"]}
