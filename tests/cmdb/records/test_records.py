import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from neo4j import ManagedTransaction
from pydantic import ValidationError

from cmdb.access import Actor, Role
from cmdb.errors import Conflict, Invalid, InvalidInput, NotFound, Outdated, Refused
from cmdb.history import latest
from cmdb.records import (
    Attachment,
    By,
    Desk,
    Edit,
    LifeCycle,
    Related,
    Wanted,
    broken,
    edit_record,
    get_record,
    list_records,
    open_record,
    read_log,
    records_of_cis,
    related_to,
    search_records,
    spans,
    transition,
)
from cmdb.store import Store, Target, create_cis, purge, retire, undo
from tests.cmdb.records.conftest import ANN, BOB, ERRAND, EVE


def opened(desk: Desk, **values: object) -> str:
    return open_record(desk, ANN, "errand", Edit(values={"title": "Fetch it", **values})).number


def test_a_record_is_read_as_it_was_written(desk: Desk, ci: str) -> None:
    first = opened(desk)
    record = open_record(
        desk,
        ANN,
        "errand",
        Edit(
            values={"title": "Bring it", "size": "4", "route": {"stops": ["a", "b"]}, "answer": "json:{"},
            links={ci: "down"},
            related=frozenset({Related("after", first)}),
            attached=(Attachment("map", "https://example.org/map"),),
        ),
    )
    assert get_record(desk.database, record.number.lower()) == record
    assert (first, record.number) == ("ERR-000001", "ERR-000002")
    assert record.values == {
        "title": "Bring it",
        "size": 4,
        "double": 8,
        "route": {"stops": ["a", "b"]},
        "answer": "json:{",
    }
    assert (record.state, record.open, record.opened_by, record.condition(ci)) == ("new", True, "ann", "down")
    assert records_of_cis(desk.database, [ci], "errand", open_only=True) == [record]
    assert related_to(desk.database, first) == [("after", record)]


def test_numbers_have_no_gaps_also_after_a_refusal(desk: Desk) -> None:
    opened(desk)
    with pytest.raises(NotFound):
        open_record(desk, ANN, "errand", Edit(values={"title": "x"}, links={"nobody": None}))
    assert opened(desk) == "ERR-000002"


def test_all_problems_of_the_values_are_told_at_once(desk: Desk) -> None:
    with pytest.raises(Invalid) as error:
        open_record(
            desk, ANN, "errand", Edit(values={"size": 12, "titel": "x", "double": 3, "route": {"stop": []}})
        )
    told = {one["attribute"]: one["reason"] for one in error.value.extensions["errors"]}
    assert told.keys() == {"size", "titel", "double", "route"}
    assert told["titel"] == "errand has no such field; did you mean 'title'?"
    assert told["size"] == "must be from 1 to 9"
    with pytest.raises(Invalid, match="title: None is required"):
        open_record(desk, ANN, "errand", Edit())


def test_a_refused_step_says_why_and_what_is_missing(desk: Desk, ci: str) -> None:
    number = opened(desk)
    with pytest.raises(Conflict, match=r"ERR-000001 is new\. From here it can: start"):
        transition(desk, BOB, number, "finish")
    with pytest.raises(Conflict, match="ERR-000001 knows no 'begin'"):
        transition(desk, BOB, number, "begin")
    with pytest.raises(Conflict, match="cis is missing"):
        transition(desk, BOB, number, "start")
    transition(desk, BOB, number, "start", Edit(links={ci: None}))
    with pytest.raises(Conflict) as error:
        transition(desk, ANN, number, "finish")
    assert error.value.extensions["missing"] == [
        "answer is missing",
        "note is missing",
        "ann opened it, so somebody else finishes it",
    ]
    with pytest.raises(Refused, match="takes the role manager"):
        transition(desk, By(Actor("cid", Role.OPERATOR), "test"), number, "finish")
    with pytest.raises(Refused):
        opened_by_eve = Edit(values={"title": "x"})
        open_record(desk, EVE, "errand", opened_by_eve)
    done = transition(desk, BOB, number, "finish", Edit(values={"answer": "yes"}))
    assert (done.state, done.open, done.closed_at) == ("done", False, done.changed_at)
    assert transition(desk, ANN, number, "resume").closed_at is None


def test_what_is_closed_or_past_its_state_cannot_be_edited(desk: Desk, ci: str) -> None:
    number = opened(desk)
    transition(desk, ANN, number, "start", Edit(links={ci: None}))
    with pytest.raises(Invalid, match="cannot be changed while ERR-000001 is under_way"):
        edit_record(desk, ANN, number, Edit(values={"route": {"stops": []}}))
    transition(desk, BOB, number, "finish", Edit(values={"answer": "yes"}))
    with pytest.raises(Invalid, match="cannot be changed while ERR-000001 is done"):
        edit_record(desk, ANN, number, Edit(values={"answer": "no"}))
    assert edit_record(desk, BOB, number, Edit()).entries == 4


def test_links_are_changed_only_where_the_life_cycle_says_so(desk: Desk, ci: str) -> None:
    kind = desk.kinds["errand"]
    frozen = replace(kind, life_cycle=kind.life_cycle.model_copy(update={"linked_in": ("new",)}))
    desk = replace(desk, kinds={"errand": frozen})
    number = opened(desk)
    transition(desk, ANN, number, "start", Edit(links={ci: None}))
    for edit in (Edit(links={ci: "down"}), Edit(unlinked=frozenset({ci}))):
        with pytest.raises(InvalidInput, match="CIs of ERR-000001 cannot be changed while it is under_way"):
            edit_record(desk, ANN, number, edit)


def test_the_log_tells_all_and_cannot_be_altered(desk: Desk, ci: str) -> None:
    number = opened(desk)
    edit_record(desk, BOB, number, Edit(values={"size": 3}, links={ci: None}))
    edit_record(desk, BOB, number, Edit())
    edit_record(desk, ANN, number, Edit())  # says nothing, so nothing is written
    record = transition(desk, ANN, number, "start")
    log = read_log(desk.database, number)
    assert [(one.entry.what, one.entry.by) for one in log] == [
        ("open", "ann"),
        ("edit", "bob"),
        ("note", "bob"),
        ("start", "ann"),
    ]
    assert log[1].entry.changes == {"size": [1, 3], "double": [2, 6], "links": [{}, {ci: "concerned"}]}
    assert broken(log, record.entries, record.seal) is None
    assert broken(log[:-1], record.entries, record.seal) == 4
    assert broken([log[0], *log[2:]], record.entries, record.seal) == 2
    altered = log[1]._replace(entry=replace(log[1].entry, by="ann"))
    assert broken([log[0], altered, *log[2:]], record.entries, record.seal) == 2
    assert [span.state for span in spans(one.entry for one in log)] == ["new", "under_way"]


def test_what_happened_earlier_is_told_with_its_time(desk: Desk, ci: str) -> None:
    now = datetime.now(UTC)
    earlier = replace(ANN, at=now - timedelta(hours=2))
    record = open_record(desk, earlier, "errand", Edit(values={"title": "x"}, links={ci: None}))
    with pytest.raises(InvalidInput, match="is before the last entry"):
        transition(desk, replace(ANN, at=now - timedelta(hours=3)), record.number, "start")
    with pytest.raises(InvalidInput, match="in the future"):
        transition(desk, replace(ANN, at=now + timedelta(hours=1)), record.number, "start")
    started = transition(desk, replace(ANN, at=now - timedelta(hours=1)), record.number, "start")
    first, second = spans(one.entry for one in read_log(desk.database, record.number))
    assert (first.since, first.until, second.since) == (
        record.opened_at,
        started.changed_at,
        started.changed_at,
    )
    assert second.until is None


def test_no_update_is_lost(desk: Desk) -> None:
    number = opened(desk)
    read = get_record(desk.database, number).revision
    edit_record(desk, ANN, number, Edit(values={"size": 2}), revision=read)
    with pytest.raises(Outdated, match="has been changed since you read it"):
        edit_record(desk, BOB, number, Edit(values={"size": 3}), revision=read)
    assert get_record(desk.database, number).values["size"] == 2


def test_lists_are_paged_filtered_and_searched(desk: Desk, ci: str) -> None:
    numbers = [opened(desk, size=size) for size in (1, 2, 3)]
    open_record(desk, ANN, "errand", Edit(values={"title": "Carry coal"}, links={ci: None}))
    page = list_records(desk.database, limit=2)
    rest = list_records(desk.database, limit=2, cursor=page.next)
    assert [one.number for one in (*page.items, *rest.items)] == ["ERR-000004", *reversed(numbers)]
    assert rest.next is None
    (found,) = list_records(desk.database, Wanted(kind="errand", fields={"size": 2})).items
    assert found.number == numbers[1]
    assert [one.number for one in list_records(desk.database, Wanted(ci=ci)).items] == ["ERR-000004"]
    assert list_records(desk.database, Wanted(open=False)).items == []
    assert [one.number for one in search_records(desk.database, "coal")] == ["ERR-000004"]
    assert len(search_records(desk.database, "fetch", "errand")) == 3
    assert search_records(desk.database, "fetch", "incident") == []


def test_links_outlive_the_retirement_of_their_ci(desk: Desk, ci: str, store: Store) -> None:
    number = open_record(desk, ANN, "errand", Edit(values={"title": "x"}, links={ci: None})).number
    retire(store, ANN.author, [Target(ci)])
    (found,) = records_of_cis(desk.database, [ci], "errand", open_only=False)
    assert found.number == number


def test_a_record_goes_on_after_one_of_its_cis_was_purged(desk: Desk, ci: str, store: Store) -> None:
    (other,), _ = create_cis(store, ANN.author, [{"class": "server", "name": "two"}])
    number = open_record(desk, ANN, "errand", Edit(values={"title": "x"}, links={ci: None})).number
    retire(store, ANN.author, [Target(ci)])
    purge(store, ANN.author, [Target(ci)])
    linked = edit_record(desk, ANN, number, Edit(links={other: "down"}))
    assert linked.conditions == {ci: "concerned", other: "down"}
    gone = edit_record(desk, ANN, number, Edit(unlinked=frozenset({ci})))
    assert gone.conditions == {other: "down"}
    (found,) = records_of_cis(desk.database, [other], "errand", open_only=True)
    assert found == gone


@pytest.mark.parametrize("value", [None, ""])
def test_what_is_required_cannot_be_cleared(desk: Desk, value: str | None) -> None:
    number = opened(desk)
    with pytest.raises(Invalid, match=r"title: .* is required"):
        edit_record(desk, ANN, number, Edit(values={"title": value}))


def test_of_relations_only_those_that_end_are_ended(desk: Desk) -> None:
    first, second, third = opened(desk), opened(desk), opened(desk)
    after = {number: Related("after", number) for number in (first, second)}
    edit_record(desk, ANN, third, Edit(related=frozenset(after.values())))
    edit_record(desk, ANN, third, Edit(unrelated=frozenset({after[first]})))
    assert related_to(desk.database, first) == []
    assert [one.number for _, one in related_to(desk.database, second)] == [third]


def test_logs_are_not_undone(desk: Desk, store: Store) -> None:
    opened(desk)
    with pytest.raises(Conflict, match="Logs are not undone"):
        undo(store, ANN.author, latest(desk.database).seq)


def test_a_change_of_links_replaces_those_in_the_graph(desk: Desk, ci: str) -> None:
    number = open_record(desk, ANN, "errand", Edit(values={"title": "x"}, links={ci: "down"})).number
    with pytest.raises(InvalidInput, match="says concerned, down, not 'donw'; did you mean 'down'"):
        edit_record(desk, ANN, number, Edit(links={ci: "donw"}))
    edit_record(desk, ANN, number, Edit(links={ci: "concerned"}))

    def conditions(tx: ManagedTransaction) -> list[str]:
        return [row["c"] for row in tx.run("MATCH (:Record)-[l:CONCERNS]->() RETURN l.condition AS c")]

    assert desk.database.snapshot(conditions) == ["concerned"]
    edit_record(desk, ANN, number, Edit(unlinked=frozenset({ci})))
    assert desk.database.snapshot(conditions) == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (('initial = "new"', 'initial = "nwe"'), "initial: 'nwe' is not declared"),
        (('from = ["done"]', 'from = ["dnoe"]'), "transitions.resume: 'dnoe' is not declared"),
        (('requires = ["cis"]', 'requires = ["ci"]'), "transitions.start.requires: 'ci' is not declared"),
        (("answer = {}", "answer = {}\nnumber = {}"), "number: kept by Linchpin itself"),
        (("done = {", "lost = {}\ndone = {"), "no transition leads to 'lost'"),
    ],
)
def test_a_life_cycle_that_does_not_hold_together_is_refused(wrong: tuple[str, str], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        LifeCycle.model_validate(tomllib.loads(ERRAND.replace(*wrong)))
