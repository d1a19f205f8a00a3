from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cmdb.clocks import Clock, Escalation, EscalationsFile, read_clock
from cmdb.incidents import PromisedClock, ServiceLevels, flags, sweep, timed, worked
from cmdb.records import Desk, Edit, get_record, open_record, read_log, transition
from tests.cmdb.incidents.conftest import ANN, MAX

NOW = datetime.now(UTC).replace(microsecond=0)


def opened(desk: Desk, age: timedelta, **values: object) -> str:
    told = Edit(values={"title": "The shop is down", "impact": "high", "urgency": "high", **values})
    return open_record(desk, replace(ANN, at=NOW - age), "incident", told).number


def escalations(desk: Desk, number: str) -> list[tuple[str, str]]:
    log = [one.entry for one in read_log(desk.database, number)]
    return [(entry.what, entry.note.partition(".")[0]) for entry in log if entry.what != "open"]


def test_each_mark_is_told_once(desk: Desk, levels: ServiceLevels) -> None:
    number = opened(desk, timedelta(minutes=8), team="unix")
    (swept,) = sweep(desk, levels, ANN, NOW)
    assert [one.key for one in swept.happened] == ["respond 50"]
    assert sweep(desk, levels, ANN, NOW) == []
    (swept,) = sweep(desk, levels, ANN, NOW + timedelta(minutes=7))
    assert [one.key for one in swept.happened] == [
        *("respond 75", "respond_soon", "respond 100", "no_response"),
    ]
    assert sweep(desk, levels, ANN, NOW + timedelta(minutes=7)) == []
    assert escalations(desk, number) == [
        ("warn", "50 % of the time to respond (15 min, general) was used up at " + at(number, desk, 7.5)),
        ("warn", "75 % of the time to respond (15 min, general) was used up at " + at(number, desk, 11.25)),
        (
            "inform",
            "75 % of the time to respond (15 min, general) was used up at " + at(number, desk, 11.25),
        ),
        ("breach", "100 % of the time to respond (15 min, general) was used up at " + at(number, desk, 15)),
        (
            "escalate",
            "Escalated (hierarchical) to team lead: 100 % of the time to respond (15 min, general) was used "
            "up at " + at(number, desk, 15),
        ),
    ]


def at(number: str, desk: Desk, minutes: float) -> str:
    began = datetime.fromisoformat(get_record(desk.database, number).opened_at)
    told = (began + timedelta(minutes=minutes)).replace(tzinfo=None).isoformat(timespec="seconds")
    return told + "Z"


def test_sweeps_at_once_write_nothing_twice(desk: Desk, levels: ServiceLevels) -> None:
    numbers = [opened(desk, timedelta(hours=5)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: sweep(desk, levels, ANN, NOW), range(4)))
    for number in numbers:
        marks = get_record(desk.database, number).values["marks"]
        assert len(marks) == len(set(marks)) == len(escalations(desk, number))


def test_an_incident_on_hold_breaches_nothing_and_a_reopened_one_goes_on(
    desk: Desk, levels: ServiceLevels
) -> None:
    number = opened(desk, timedelta(hours=10), team="unix", assignee="ann", hold_reason="supplier")

    def step(name: str, hours: float, **values: object) -> None:
        told = replace(ANN, at=NOW - timedelta(hours=hours), note="so")
        transition(desk, told, number, name, Edit(values=values))

    step("start", 10)
    step("hold", 9)
    assert [one.kind for one in clocks(desk, levels, number)] == ["respond", "restore"]
    _, restore = (one.clock for one in clocks(desk, levels, number))
    assert elapsed(restore) == timedelta(hours=1)
    step("resume", 2)
    step("restore", 1)
    _, restore = (one.clock for one in clocks(desk, levels, number))
    assert elapsed(restore) == timedelta(hours=2)
    step("relapse", 0.5)
    respond, restore = (one.clock for one in clocks(desk, levels, number))
    assert (elapsed(respond), elapsed(restore)) == (timedelta(), timedelta(hours=2.5))


def elapsed(clock: Clock) -> timedelta:
    return read_clock(clock, NOW).elapsed


def clocks(desk: Desk, levels: ServiceLevels, number: str) -> list[PromisedClock]:
    return list(levels.clocks(timed(desk.database.read, number)))


def test_a_major_incident_without_news_is_told_of_once(desk: Desk, levels: ServiceLevels) -> None:
    number = opened(desk, timedelta(), major_manager="max")
    late = (NOW - timedelta(minutes=1)).isoformat()
    transition(desk, MAX, number, "declare_major", derived={**flags(True), "next_update": late})
    (swept,) = sweep(desk, levels, ANN, NOW)
    assert "were to hear by" in swept.happened[0].note
    assert sweep(desk, levels, ANN, NOW) == []


def test_a_linked_ci_of_a_critical_service_goes_by_its_agreement(desk: Desk, levels: ServiceLevels) -> None:
    row = {
        "id": "x",
        "name": "Shop",
        "class_name": "business_service",
        "criticality": "critical",
        "users": None,
        "state": "down",
        "points": 100,
    }
    proposal = {"impact": "high", "points": 100, "reason": "", "services": [row], "revision": 1}
    told = Edit(values={"title": "x", "urgency": "high"})
    derived = {"proposed_impact": "high", "proposal": proposal}
    number = open_record(desk, ANN, "incident", told, derived).number
    assert {one.promise.agreement for one in clocks(desk, levels, number)} == {"critical_services"}


def test_a_functional_escalation_hands_the_incident_over(desk: Desk, levels: ServiceLevels) -> None:
    to_experts = Escalation(clock="respond", percent=60, kind="functional", to="experts", teams=("board",))
    escalations = EscalationsFile(escalations={"experts": to_experts})
    number = opened(desk, timedelta(minutes=10), team="unix", assignee="ann")
    (swept,) = sweep(desk, replace(levels, escalations=escalations), ANN, NOW)
    assert [one.key for one in swept.happened] == ["respond 50", "experts"]
    assert swept.happened[1].recipients == ("board",)
    record = get_record(desk.database, number)
    assert (record.state, record.values["team"], record.values.get("assignee")) == (
        *("assigned", "experts"),
        None,
    )
    assert sweep(desk, replace(levels, escalations=escalations), ANN, NOW) == []


def test_working_time_is_told_as_people_say_it() -> None:
    told = {minutes: worked(timedelta(minutes=minutes)) for minutes in (0, 0.5, 10, 90, 2400)}
    assert told == {0: "0 min", 0.5: "30 s", 10: "10 min", 90: "1 h 30 min", 2400: "40 h"}
