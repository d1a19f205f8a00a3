"""A dry run is the run itself, of which nothing remains but the report."""

from cmdb.store import Store
from tests.cmdb.discovery import revisions, run, thing
from tests.cmdb.graphs import graph, on

BEFORE = [thing("a", on("b"), os="old"), thing("b"), *(thing(f"n{number}") for number in range(8))]
AFTER = [thing("a", on("c"), os="new"), thing("c"), *(thing(f"n{number}") for number in range(8))]
COUNTS = ("cis", "relationships", "missing", "retired", "held", "rejected", "unknown_attributes")


def test_a_dry_run_reports_what_the_run_does_and_writes_nothing(store: Store) -> None:
    run(store, BEFORE)
    before, count = graph(store.database), revisions(store)
    dry = run(store, AFTER, day=1, complete=True, dry_run=True)
    assert (graph(store.database), revisions(store)) == (before, count)
    assert len(store.database.read("MATCH (run:Run) RETURN run")) == 1
    real = run(store, AFTER, day=1, complete=True)
    assert [getattr(dry, name) for name in COUNTS] == [getattr(real, name) for name in COUNTS]


def test_a_dry_run_tells_what_would_change_in_words(store: Store) -> None:
    run(store, BEFORE)
    changes = run(store, AFTER, day=1, dry_run=True).changes
    assert [(c.outcome, c.name) for c in changes] == [
        ("changed", "server a"),
        ("created", "server c"),
        ("created", "a DEPENDS_ON c"),
        ("removed", "a DEPENDS_ON b"),
    ]
    assert changes[0].fields == {"os": ("old", "new")}


def test_a_dry_run_of_what_is_there_says_so(store: Store) -> None:
    run(store, BEFORE)
    assert run(store, BEFORE, day=1, dry_run=True).changes == []
