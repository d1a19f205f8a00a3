"""Revisions are numbered without gaps, in the order in which they become visible."""

from itertools import pairwise

from cmdb.history import moment, revisions
from cmdb.store import Store
from tests.cmdb.graphs import created, imported, see
from tests.cmdb.processes import COUNT, Processes

EACH = 15


def _write_or_watch(store: Store, process: int) -> list[int]:
    """One process polls the feed and returns what it saw, in order; the others write."""
    if process:
        for number in range(EACH):
            if number % 5:
                created(store, f"{process} {number}")
            else:
                imported(store, [see(f"{process} {number} {i}") for i in range(100)])
        return []
    seen: list[int] = []
    while len(seen) < EACH * (COUNT - 1):
        seen += [revision.seq for revision in revisions(store.database, after=seen[-1] if seen else 0)]
    return seen


def test_a_reader_of_the_feed_never_misses_a_revision(store: Store, crowd: Processes) -> None:
    seen = crowd.together(_write_or_watch, [(number,) for number in range(COUNT)])[0]
    assert seen == list(range(1, EACH * (COUNT - 1) + 1))
    told = revisions(store.database, limit=1000)
    assert [revision.seq for revision in told] == seen
    assert all(earlier.at < later.at for earlier, later in pairwise(told))
    for revision in told:
        assert moment(store.database, revision.at.isoformat()) == revision
