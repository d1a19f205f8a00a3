"""Whatever is written, in any order: every past moment can be told, and the graph follows its records."""

from contextlib import suppress
from itertools import pairwise

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cmdb.database import Database
from cmdb.errors import LinchpinError
from cmdb.history import Kind, State, difference, events, latest, revisions, timeline
from cmdb.store import Store
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.graphs import Graph, as_of, differing, graph
from tests.cmdb.steps import STEPS, Step, perform
from tests.conftest import empty

WRITTEN = (Kind.CI, Kind.RELATIONSHIP)


RUNS = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # what fails here is short enough to read, and long to shrink
    suppress_health_check=[HealthCheck.too_slow],
)


def test_past_is_what_was_seen_then(store: Store) -> None:
    database = store.database

    @RUNS
    @given(steps=st.lists(STEPS, min_size=6, max_size=14))
    def check(steps: list[Step]) -> None:
        empty(database)
        seen: list[Graph] = [{}]
        for step in steps:
            take(store, step, seen)
        assert_follows_records(store)
        assert_past(database, seen)
        assert_differences(database, seen)
        assert_timelines(database, seen)

    check()


def take(store: Store, step: Step, seen: list[Graph]) -> None:
    """Do one step and look at the graph; forget in all that was seen what has been purged."""
    with suppress(LinchpinError):
        perform(store, step)
    now = graph(store.database)
    before = seen[-1]
    gone = {subject for kind, subject in before.keys() - now.keys() if kind is Kind.CI}
    if gone:
        seen[:] = [without(then, gone) for then in seen]
        before = seen[-1]
    if latest(store.database).seq < len(seen):
        assert differing(before, now) == set()
        return
    seen.append(now)
    assert latest(store.database).seq == len(seen) - 1
    told = {(e.kind, e.subject) for e in events(store.database, len(seen) - 1) if e.kind in WRITTEN}
    assert told == differing(before, now)


def without(then: Graph, gone: set[str]) -> Graph:
    return {key: state for key, state in then.items() if gone.isdisjoint(key[1].split(" "))}


def assert_past(database: Database, seen: list[Graph]) -> None:
    for seq, then in enumerate(seen):
        assert differing(as_of(database, seq, seen[-1]), then) == set()


def assert_differences(database: Database, seen: list[Graph]) -> None:
    last = len(seen) - 1
    for earlier, later in {*pairwise(range(len(seen))), (0, last), (last // 2, last), (last // 3, last // 2)}:
        told = {(d.kind, d.subject): d for d in difference(database, earlier, later)}
        before, after = seen[earlier], seen[later]
        assert told.keys() == differing(meaning(before), meaning(after))
        for key, one in told.items():
            assert (one.before, one.after) == (before.get(key), after.get(key))


def meaning(then: Graph) -> Graph:
    """Without what tells only who wrote last."""
    return {key: {**state, "created": 0, "revision": 0} for key, state in then.items()}


def assert_timelines(database: Database, seen: list[Graph]) -> None:
    seqs = {r.seq for r in revisions(database, limit=1000)}
    assert seqs == set(range(1, len(seen)))
    for kind, id_ in seen[-1]:
        if kind is not Kind.CI:
            continue
        told: dict[tuple[Kind, str], State | None] = {}
        entries = {entry.revision.seq: entry for entry in timeline(database, id_)}
        for seq, then in enumerate(seen):
            for one in entries[seq].differences if seq in entries else ():
                key = one.kind, one.subject
                assert told.get(key) == one.before
                told[key] = one.after
            about = {key: state for key, state in then.items() if id_ in key[1].split(" ")}
            assert {key: state for key, state in told.items() if state} == about
