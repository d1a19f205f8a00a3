from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from cmdb.errors import Invalid
from cmdb.history import Author, revise
from cmdb.records import (
    Arrival,
    Arrived,
    Desk,
    Edit,
    Entry,
    Happening,
    Outcome,
    Preparation,
    Record,
    Wanted,
    broken,
    edit_record,
    get_record,
    list_records,
    open_record,
    read_log,
    records_of_cis,
    search_records,
    spans,
    take_in,
)
from tests.cmdb.records.conftest import ANN

MONDAY = datetime(2016, 2, 29, 1, 16, tzinfo=UTC)
RUN = Author("ann", "test", run="run-1")
ROUTE = {"route": {"stops": ["a"]}}


def at(hours: int) -> datetime:
    return MONDAY + timedelta(hours=hours)


def happening(hours: int, state: str, values: dict[str, object], **theirs: str) -> Happening:
    return Happening(at(hours), f"user {hours}", state, {"title": "Fetch it", **values}, theirs)


OPEN = happening(0, "new", {"size": "3"}, site="Home", colour="red")
START = happening(1, "under_way", {"size": "3"}, site="Home", colour="blue")
GROW = happening(2, "under_way", {"size": 4}, site="Home", colour="blue")
DONE = happening(3, "done", {"size": 4, "answer": "yes"}, site="Home", colour="blue")
AGAIN = happening(5, "new", {"size": 4}, site="Home", colour="blue")
LIFE = (OPEN, START, GROW, DONE)


def arrival(*history: Happening, key: str = "E7", is_log: bool = True, links: Sequence[str] = ()) -> Arrival:
    return Arrival("errand", "desk", key, history, f"THEIRS-{key}", is_log, frozenset(links))


def arrive(desk: Desk, *arrivals: Arrival) -> list[Arrived]:
    prepared = [Preparation(desk).prepare(one) for one in arrivals]
    return revise(desk.database, RUN, lambda draft: take_in(draft, desk, prepared))[0]


def everything(desk: Desk) -> list[tuple[Record, list[object]]]:
    records = list_records(desk.database).items
    return [(record, [*read_log(desk.database, record.number)]) for record in records]


def test_a_record_comes_with_its_number_its_log_and_its_links(desk: Desk, ci: str) -> None:
    (arrived,) = arrive(desk, arrival(*LIFE, links=[ci]))
    assert arrived == (Outcome.CREATED, "ERR-000001", 4, "")
    record = get_record(desk.database, "ERR-000001")
    assert record.origin == "desk/E7"
    assert (record.state, record.open, record.opened_by) == ("done", False, "user 0")
    assert (record.opened_at, record.closed_at) == ("2016-02-29T01:16:00Z", "2016-02-29T04:16:00Z")
    assert record.values == {
        "title": "Fetch it",
        "size": 4,
        "double": 8,
        "answer": "yes",
        "external_number": "THEIRS-E7",
        "imported": {"site": "Home", "colour": "blue"},
    }
    assert record.condition(ci) == "concerned"
    assert records_of_cis(desk.database, [ci], "errand", open_only=False) == [record]
    assert search_records(desk.database, "theirs E7") == [record]


def test_the_log_tells_what_changed_when_and_by_whom(desk: Desk) -> None:
    arrive(desk, arrival(*LIFE))
    record, log = get_record(desk.database, "ERR-000001"), read_log(desk.database, "ERR-000001")
    assert [(one.entry.what, one.entry.by) for one in log] == [
        ("open", "user 0"),
        ("start", "user 1"),
        ("edit", "user 2"),
        ("finish", "user 3"),
    ]
    assert log[1].entry.changes == {"imported.colour": ["red", "blue"]}
    assert log[2].entry.changes == {"double": [6, 8], "size": [3, 4]}
    assert broken(log, record.entries, record.seal) is None
    assert [(span.state, span.since[11:13]) for span in spans(one.entry for one in log)] == [
        ("new", "01"),
        ("under_way", "02"),
        ("done", "04"),
    ]


def test_what_no_step_leads_to_is_logged_as_imported(desk: Desk) -> None:
    arrive(desk, arrival(*LIFE, AGAIN))
    last = read_log(desk.database, "ERR-000001")[-1].entry
    assert (last.what, last.from_state, last.to_state) == ("import", "done", "new")
    record = get_record(desk.database, "ERR-000001")
    assert (record.open, record.closed_at) == (True, None)


def test_the_same_again_writes_nothing(desk: Desk) -> None:
    arrive(desk, arrival(*LIFE), arrival(OPEN, key="E8"))
    before = everything(desk)
    assert {one.outcome for one in arrive(desk, arrival(*LIFE), arrival(OPEN, key="E8"))} == {
        Outcome.UNCHANGED
    }
    assert arrive(desk, arrival(*LIFE[:2]))[0].outcome is Outcome.UNCHANGED  # an older export
    assert everything(desk) == before
    assert len(desk.database.read("MATCH (revision:Revision) RETURN revision")) == 1


def test_a_longer_log_goes_on_as_if_it_had_come_whole(desk: Desk) -> None:
    for length in (1, 3, 4, 5):
        arrive(desk, arrival(*[*LIFE, AGAIN][:length]))
    arrive(desk, arrival(*LIFE, AGAIN, key="whole"))
    (whole, its_log), (grown, log) = everything(desk)
    assert log == its_log
    assert (grown.values["size"], grown.state, grown.seal) == (4, "new", whole.seal)


@pytest.mark.parametrize(
    "history",
    [
        (OPEN, happening(1, "done", {"size": 3, "answer": "no"}), GROW, DONE, AGAIN),
        (OPEN, START, happening(2, "under_way", {"size": 5}), DONE, AGAIN),
        (happening(0, "new", {"title": "Take it", "size": 3}),),
        (happening(-1, "new", {"size": 3}), *LIFE[1:]),
    ],
)
def test_what_contradicts_the_past_is_rejected(desk: Desk, history: tuple[Happening, ...]) -> None:
    arrive(desk, arrival(*LIFE[:3] if len(history) > 1 else LIFE[:1]))
    before = everything(desk)
    (one, other) = arrive(desk, arrival(*history), arrival(OPEN, key="E8"))
    assert (one.outcome, other.outcome) == (Outcome.REJECTED, Outcome.CREATED)
    assert one.reason.startswith("ERR-000001 came with another past")
    assert before[0] in everything(desk)


def test_what_was_changed_here_is_not_written_over(desk: Desk) -> None:
    arrive(desk, arrival(OPEN, START))
    edit_record(desk, ANN, "ERR-000001", Edit(values={"answer": "mine"}))
    before = everything(desk)
    assert arrive(desk, arrival(OPEN, START))[0].outcome is Outcome.UNCHANGED
    (longer,) = arrive(desk, arrival(*LIFE))
    assert longer.reason == "ERR-000001 has been changed here since it came; enter what is new there by hand"
    assert everything(desk) == before


def test_of_tables_without_a_log_the_last_word_counts(desk: Desk) -> None:
    told = happening(2, "under_way", {"size": 4})
    arrive(desk, arrival(OPEN, told, is_log=False))
    arrive(desk, arrival(OPEN, happening(4, "under_way", {"size": 4}), is_log=False))
    assert get_record(desk.database, "ERR-000001").entries == 2
    finished = happening(6, "done", {"size": 5})
    seen = arrive(desk, arrival(OPEN, happening(5, "done", {"size": 5}), finished, is_log=False))
    assert seen[0].outcome is Outcome.EXTENDED
    last = read_log(desk.database, "ERR-000001")[-1].entry
    assert (last.at, last.what) == ("2016-02-29T06:16:00Z", "finish")
    assert last.changes["size"] == [4, 5]
    reopened = happening(9, "new", {"size": 5})
    arrive(desk, arrival(OPEN, reopened, is_log=False))
    record, log = get_record(desk.database, "ERR-000001"), read_log(desk.database, "ERR-000001")
    assert [one.entry for one in log][-1] == Entry(
        "2016-02-29T10:16:00Z", "user 9", "import", "", "done", "new"
    )
    assert record.open
    assert broken(log, record.entries, record.seal) is None


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        ((), "nothing happened"),
        ((START, OPEN), "what happened at 2016-02-29T01:16:00Z comes after"),
        ((happening(0, "finished", {}),), "errand has no state 'finished'"),
        ((happening(0, "new", {"size": 12}),), "size 12 must be from 1 to 9"),
        ((happening(0, "new", {"titel": "x"}),), "there is no field titel"),
        ((Happening(MONDAY, "a", "new", {}),), "title: None is required"),
        ((Happening(datetime(2999, 1, 1, tzinfo=UTC), "a", "new", {"title": "x"}),), "is in the future"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_written(
    desk: Desk, history: tuple[Happening, ...], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        Preparation(desk).prepare(arrival(*history))


def test_numbers_go_on_from_those_of_our_own(desk: Desk) -> None:
    assert open_record(desk, ANN, "errand", Edit(values={"title": "x"})).number == "ERR-000001"
    assert [one.number for one in arrive(desk, arrival(OPEN), arrival(OPEN, key="E8"))] == [
        "ERR-000002",
        "ERR-000003",
    ]
    with pytest.raises(Invalid):
        open_record(desk, ANN, "errand", Edit())
    assert list_records(desk.database, Wanted(kind="errand")).items[0].number == "ERR-000001"


def test_two_imports_at_once_make_each_record_once(desk: Desk) -> None:
    arrivals = [arrival(*LIFE, key=f"E{number}") for number in range(20)]
    with ThreadPoolExecutor(2) as workers:
        both = list(workers.map(lambda _: arrive(desk, *arrivals), range(2)))
    for one, other in zip(*both, strict=True):
        assert {one.outcome, other.outcome} == {Outcome.CREATED, Outcome.UNCHANGED}
        assert one.number == other.number
    assert len(everything(desk)) == 20


def test_an_import_that_waits_for_an_edit_leaves_the_version_that_the_edit_made(desk: Desk) -> None:
    for turn in range(10):
        history = arrival(OPEN, START, key=f"E{turn}")
        (arrived,) = arrive(desk, history)
        with ThreadPoolExecutor(2) as pool:
            edit = pool.submit(edit_record, desk, ANN, arrived.number, Edit(values={"size": 7}))
            pool.submit(arrive, desk, history).result()
        assert get_record(desk.database, arrived.number).revision == edit.result().revision
