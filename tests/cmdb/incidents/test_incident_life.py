from dataclasses import replace

import pytest

from cmdb.errors import Conflict, Invalid
from cmdb.incidents import flags
from cmdb.records import Desk, Edit, edit_record, open_record, transition
from tests.cmdb.incidents.conftest import ANN, MAX

TRIAGED = {"team": "unix", "assignee": "ann", "category": "hardware"}
SOLVED = {**TRIAGED, "resolution_code": "fixed", "resolution": "Disk replaced."}


def opened(desk: Desk, **values: object) -> str:
    return open_record(desk, ANN, "incident", Edit(values={"title": "The shop is down", **values})).number


def test_the_priority_follows_from_a_persons_word_else_from_the_graphs(desk: Desk) -> None:
    number = opened(desk)
    assert edit_record(desk, ANN, number, Edit(values={"urgency": "high"})).values["priority"] == 2
    proposed = {"proposed_impact": "high"}
    assert edit_record(desk, ANN, number, Edit(), derived=proposed).values["priority"] == 1
    record = edit_record(desk, ANN, number, Edit(values={"impact": "low"}))
    assert (record.values["priority"], record.values["proposed_impact"]) == (3, "high")
    assert edit_record(desk, ANN, number, Edit(values={"impact": None})).values["priority"] == 1
    with pytest.raises(Invalid, match="is filled in by Linchpin"):
        edit_record(desk, ANN, number, Edit(values={"priority": 5}))


def test_an_incident_goes_all_the_way_and_back(desk: Desk) -> None:
    number = opened(desk)
    with pytest.raises(Conflict, match="team is missing; assignee is missing"):
        transition(desk, ANN, number, "start")
    transition(desk, ANN, number, "start", Edit(values=TRIAGED))
    with pytest.raises(Conflict, match="hold_reason is missing; note is missing"):
        transition(desk, ANN, number, "hold")
    waits = replace(ANN, note="They look for a disk.")
    transition(desk, waits, number, "hold", Edit(values={"hold_reason": "supplier"}))
    transition(desk, ANN, number, "resume")
    assert transition(desk, ANN, number, "restore").open
    transition(desk, ANN, number, "relapse")
    with pytest.raises(Conflict, match="resolution_code is missing; resolution is missing"):
        transition(desk, ANN, number, "resolve")
    transition(desk, ANN, number, "resolve", Edit(values=SOLVED))
    with pytest.raises(Conflict, match="cause is missing"):
        transition(desk, ANN, number, "close")
    closed = transition(desk, ANN, number, "close", Edit(values={"cause": "hardware"}))
    assert not closed.open
    with pytest.raises(Conflict, match="note is missing"):
        transition(desk, ANN, number, "reopen")
    again = transition(desk, replace(ANN, note="It is down again."), number, "reopen")
    assert (again.state, again.open) == ("assigned", True)


def test_a_major_incident_is_declared_by_a_manager_and_reviewed(desk: Desk) -> None:
    number = opened(desk)
    led = Edit(values={"major_manager": "max"})
    with pytest.raises(Conflict, match="cmdb incident major"):
        transition(desk, MAX, number, "declare_major", led)
    major = transition(desk, MAX, number, "declare_major", led, flags(True))
    assert major.values["major"]
    transition(desk, MAX, number, "resolve", Edit(values=SOLVED))
    with pytest.raises(Conflict, match="review is missing"):
        transition(desk, MAX, number, "close", Edit(values={"cause": "hardware"}))
    reviewed = Edit(values={"cause": "hardware", "review": "Keep a disk in stock."})
    assert transition(desk, MAX, number, "close", reviewed).state == "closed"
