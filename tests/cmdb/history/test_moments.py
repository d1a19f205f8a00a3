"""How moments are named, and what is between two of them."""

from datetime import timedelta, timezone

import pytest

from cmdb.errors import Conflict, NotFound
from cmdb.history import (
    BEGINNING,
    Author,
    baselines,
    difference,
    latest,
    moment,
    recent,
    revisions,
    set_baseline,
)
from cmdb.store import Store, Target, create_cis, update_cis
from tests.cmdb.graphs import AUTHOR, created


def test_before_the_first_revision_there_is_a_beginning(store: Store) -> None:
    assert latest(store.database) == moment(store.database, "0") == BEGINNING
    assert moment(store.database, "2026-01-01") == BEGINNING


def test_a_revision_tells_who_wrote_by_which_way_and_why(store: Store) -> None:
    author = Author("ada", "api", "new rack")
    _, revision = create_cis(store, author, [{"class": "server", "name": "a"}])
    assert revision == latest(store.database)
    assert revision is not None
    assert (revision.seq, revision.actor, revision.origin, revision.reason) == (1, "ada", "api", "new rack")


def test_a_moment_is_named_by_number_time_or_baseline(store: Store) -> None:
    created(store, "a")
    created(store, "b")
    first, second = revisions(store.database)
    set_baseline(store.database, "go-live", "before the move", seq=1)
    elsewhere = first.at.astimezone(timezone(timedelta(hours=-5)))
    for text in ("1", "go-live", first.at.isoformat(), elsewhere.isoformat()):
        assert moment(store.database, text) == first
    assert moment(store.database, (second.at - timedelta(microseconds=1)).isoformat()) == first
    assert moment(store.database, (second.at + timedelta(days=1)).date().isoformat()) == second
    assert moment(store.database, second.at.replace(tzinfo=None).isoformat()) == second


@pytest.mark.parametrize("text", ["3", "yesterday", "", "-1", "9" * 30, "2026-13-01", "²"])
def test_what_names_no_moment_is_told(store: Store, text: str) -> None:
    created(store, "a")
    with pytest.raises(NotFound):
        moment(store.database, text)


def test_the_feed_goes_both_ways_in_pages(store: Store) -> None:
    for name in "abcde":
        created(store, name)
    assert [r.seq for r in revisions(store.database, after=1, limit=3)] == [2, 3, 4]
    assert [r.seq for r in recent(store.database, limit=2)] == [5, 4]
    assert [r.seq for r in recent(store.database, before=4)] == [3, 2, 1]


def test_a_baseline_is_given_once_and_not_for_a_time_that_never_was(store: Store) -> None:
    created(store, "a")
    baseline = set_baseline(store.database, "first")
    assert baseline.seq == 1
    for name in ("first", "42", "2026-11-21"):
        with pytest.raises(Conflict):
            set_baseline(store.database, name)
    with pytest.raises(NotFound):
        set_baseline(store.database, "never", seq=99)
    assert [(b.name, b.seq) for b in baselines(store.database)] == [("first", 1)]


def test_what_drifted_from_a_baseline(store: Store) -> None:
    (changed,) = created(store, "changed")
    baseline = set_baseline(store.database, "go-live")
    update_cis(store, AUTHOR, [(Target(changed), {"os": "Linux"})])
    (new,) = created(store, "new")
    drift = difference(store.database, baseline.seq, latest(store.database).seq)
    assert [(d.subject, d.before is None, d.fields) for d in drift if d.subject != new] == [
        (changed, False, ["os"])
    ]
    assert {d.subject for d in drift} == {changed, new}
