"""Two people at one record, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from cmdb.errors import Conflict, LinchpinError, Outdated
from cmdb.records import Desk, Edit, broken, edit_record, get_record, open_record, read_log, transition
from tests.cmdb.records.conftest import ANN, BOB


def at_once(*works: Callable[[], object]) -> list[LinchpinError | None]:
    """What each piece of work ended with, all begun at one moment."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> LinchpinError | None:
        barrier.wait()
        try:
            work()
        except LinchpinError as error:
            return error
        return None

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_only_one_of_two_takes_a_step(desk: Desk, ci: str) -> None:
    for _ in range(10):
        number = open_record(desk, ANN, "errand", Edit(values={"title": "x"}, links={ci: None})).number
        ended = at_once(*(partial(transition, desk, by, number, "start") for by in (ANN, BOB)))
        assert [type(error) for error in ended if error] == [Conflict]
        assert [one.entry.what for one in read_log(desk.database, number)] == ["open", "start"]


def test_of_two_who_read_the_same_only_one_writes(desk: Desk) -> None:
    for _ in range(10):
        record = open_record(desk, ANN, "errand", Edit(values={"title": "x"}))
        edits = [Edit(values={"size": size}) for size in (2, 3)]
        write = partial(edit_record, desk, ANN, record.number, revision=record.revision)
        ended = at_once(*(partial(write, edit) for edit in edits))
        assert [type(error) for error in ended if error] == [Outdated]


def test_edits_of_different_fields_are_both_kept(desk: Desk) -> None:
    for _ in range(10):
        number = open_record(desk, ANN, "errand", Edit(values={"title": "x"})).number
        edits = ({"size": 5}, {"answer": "no"}, {"title": "y"})
        ended = at_once(*(partial(edit_record, desk, ANN, number, Edit(values=told)) for told in edits))
        record = get_record(desk.database, number)
        assert ended == [None, None, None]
        assert record.values == {"size": 5, "double": 10, "answer": "no", "title": "y"}
        assert broken(read_log(desk.database, number), record.entries, record.seal) is None


def test_numbers_are_given_once(desk: Desk) -> None:
    open_one = partial(open_record, desk, ANN, "errand", Edit(values={"title": "x"}))
    ended = at_once(*[open_one] * 12)
    assert ended == [None] * 12
    for place in range(1, 13):
        assert get_record(desk.database, f"ERR-{place:06d}")
