"""Imports: what is new is written, what is not is left alone, and the report tells which was which."""

import pytest

from cmdb.errors import InvalidInput
from cmdb.history import latest, revisions
from cmdb.reconciliation import Observation, Rejection
from cmdb.runs import Run
from cmdb.store import Store, get_ci
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import AUTHOR, graph, id_of, imported, on, relationships_of, see

ROWS = [see("a", on("b"), on("c", "uses")), see("b"), see("c", os="Linux")]


def test_a_first_import_creates_and_its_report_says_so(store: Store) -> None:
    report = imported(store, ROWS)
    assert (dict(report.cis), dict(report.relationships)) == ({"created": 3}, {"created": 2})
    assert (report.first_revision, report.last_revision) == (1, 1)
    assert revisions(store.database)[0].run == report.run
    assert_follows_records(store)


def test_unchanged_rows_write_nothing(store: Store) -> None:
    imported(store, ROWS)
    before = graph(store.database)
    report = imported(store, [see("a", on("c", "uses"), on("b")), *ROWS[1:]])
    assert (dict(report.cis), dict(report.relationships)) == ({"unchanged": 3}, {"unchanged": 2})
    assert report.first_revision is None
    assert latest(store.database).seq == 1
    assert graph(store.database) == before


def test_what_changed_is_written_and_withdrawn_attributes_go(store: Store) -> None:
    imported(store, ROWS)
    report = imported(store, [see("c", fqdn="c.example"), see("a", on("b", weight=2))])
    assert (dict(report.cis), dict(report.relationships)) == ({"changed": 1, "unchanged": 1}, {"changed": 1})
    ci = get_ci(store.database, id_of(store.database, "name of c"))
    assert (ci.get("os"), ci["fqdn"]) == (None, "c.example")


def test_things_may_come_before_what_describes_them(store: Store) -> None:
    report = imported(
        store,
        [Observation(one, None, (on(other),)) for one, other in ("ab", "za")],
    )
    assert [(p.dependent, p.provider) for p in report.pending] == [("a", "b"), ("z", "a")]
    assert graph(store.database) == {}
    assert [(p.dependent, p.provider) for p in imported(store, [see("a")]).pending] == [
        ("a", "b"),
        ("z", "a"),
    ]
    assert [(p.dependent, p.provider) for p in imported(store, [see("b")]).pending] == [("z", "a")]
    assert imported(store, [see("z")]).pending == []
    assert relationships_of(store.database) == {
        ("name of a", "DEPENDS_ON", "name of b"),
        ("name of z", "DEPENDS_ON", "name of a"),
    }
    assert_follows_records(store)


def test_rows_that_do_not_fit_are_handed_back_and_the_rest_is_taken_in(store: Store) -> None:
    rows: list[Observation | Rejection] = [
        see("a", cpu_count="many", memory_mb=-1),
        see("b", class_="sever"),
        see("c"),
        Rejection("relationships", 7, {"to": "?"}, "unreadable"),
    ]
    rejected: list[Rejection] = []
    report = Run(store.database, store.catalogue, AUTHOR, "scanner").take_in(rows, rejected=rejected.append)
    assert (dict(report.cis), dict(report.relationships)) == ({"created": 1, "rejected": 2}, {"rejected": 1})
    reasons = {row.row.get("native_id", "?"): row.reason for row in rejected}
    assert "cpu_count 'many'" in reasons["a"]
    assert "memory_mb -1" in reasons["a"]
    assert "did you mean 'server'" in reasons["b"]
    assert reasons["?"] == "unreadable"


def test_attributes_beyond_the_class_are_kept_and_counted(store: Store) -> None:
    report = imported(store, [see("a", colour="red"), see("b", colour="blue")])
    assert dict(report.unknown_attributes) == {"colour": 2}
    assert get_ci(store.database, id_of(store.database, "name of a"))["colour"] == "red"


def test_one_thing_seen_twice_is_one_ci_that_says_what_was_seen_last(store: Store) -> None:
    imported(store, [see("a", os="one"), see("b"), see("a", on("b"), os="two")])
    assert get_ci(store.database, id_of(store.database, "name of a"))["os"] == "two"
    assert relationships_of(store.database) == {("name of a", "DEPENDS_ON", "name of b")}


def test_batches_are_revisions_in_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmdb.runs.preparation.BATCH", 10)
    progress: list[int] = []
    run = Run(store.database, store.catalogue, AUTHOR, "scanner")
    report = run.take_in((see(f"n{n}", on(f"n{n + 1}")) for n in range(20)), progress.append)
    assert progress == [10, 20, 30, 40]
    assert [(r.seq, r.run) for r in revisions(store.database)] == [(n, report.run) for n in (1, 2, 3, 4)]
    assert [(p.dependent, p.provider) for p in report.pending] == [("n19", "n20")]
    assert_follows_records(store)


def test_sources_do_not_see_each_others_keys(store: Store) -> None:
    imported(store, [see("a", name="one")], "first")
    imported(store, [see("a", name="two")], "second")
    assert id_of(store.database, "one") != id_of(store.database, "two")
    with pytest.raises(InvalidInput, match="colon"):
        Run(store.database, store.catalogue, AUTHOR, "first:a")


def test_nothing_depends_on_itself(store: Store) -> None:
    imported(store, [see("a", on("a"))])
    assert relationships_of(store.database) == set()


@pytest.mark.parametrize("native_id", ["", "two\nlines", "x" * 501])
def test_what_cannot_be_a_native_id_is_handed_back(store: Store, native_id: str) -> None:
    report = imported(store, [Observation(native_id, {"class": "server", "name": "n"}, ()), see("sound")])
    assert report.cis == {"created": 1, "rejected": 1}
    assert report.rejected[0].reason.startswith("native_id ")
