from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cmdb.changes import Away, ChangePolicy, Hurt, decide, submit
from cmdb.database import Database
from cmdb.history import latest
from cmdb.records import Desk, Edit, Record, Related, Wanted, edit_record, instant, list_records, open_record
from cmdb.records import transition as take
from tests.cmdb.changes.changing import assess, begin, by, found, open_change, plan_of
from tests.now import now

MINUTE = timedelta(minutes=1)


def away(ci: str, *spans: tuple[int, int | None], since: datetime | None = None) -> Hurt:
    """A service that is away from one minute to another, as often as is told."""
    zero = since or now()
    told = [(zero + start * MINUTE, None if end is None else zero + end * MINUTE) for start, end in spans]
    stretches = tuple(Away(begin=instant(start), end=instant(end) if end else None) for start, end in told)
    return Hurt(id=ci, name="Shop", condition="down", away=stretches)


def scheduled(desk: Desk, policy: ChangePolicy, ci: str, hurt: Hurt, begins: timedelta = -MINUTE) -> str:
    number = open_change(desk, by("ann"), ci, plan=plan_of(ci, begins=begins)).number
    schedule(desk, policy, number, hurt)
    return number


def schedule(desk: Desk, policy: ChangePolicy, number: str, hurt: Hurt) -> None:
    findings = found(planned=(hurt,))
    assess(desk, policy, number, findings)
    submit(desk, by("ann"), number)
    decide(desk, policy, by("mia"), number, "approved", findings)
    take(desk, by("ann"), number, "schedule")


def outages(database: Database) -> list[Record]:
    return sorted(list_records(database, Wanted(kind="outage"), 100).items, key=lambda one: one.number)


def states(database: Database) -> list[str]:
    return [one.state for one in outages(database)]


def test_each_time_that_a_service_is_away_is_a_planned_outage(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = scheduled(desk, policy, cis[0], away(cis[1], (0, 5), (10, 15)))
    first, second = outages(desk.database)
    assert (first.state, first.values["type"], first.links[0].ci) == ("planned", "planned", cis[1])
    assert first.related == (Related("caused_by", number),)
    assert (first.values["began"], first.values["ended"]) == (instant(now()), instant(now() + 5 * MINUTE))
    assert second.values["began"] == instant(now() + 10 * MINUTE)
    assert {first.revision, second.revision} == {latest(desk.database).seq}


def test_away_for_good_is_away_until_the_window_ends(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    scheduled(desk, policy, cis[0], away(cis[1], (0, None)), begins=timedelta(hours=1))
    (outage,) = outages(desk.database)
    ended = datetime.fromisoformat(outage.values["ended"])
    assert abs(ended - (datetime.now(UTC) + timedelta(hours=3))) < 5 * MINUTE


@pytest.mark.parametrize("step", ["revise", "cancel"])
def test_what_does_not_come_is_rejected_and_planned_anew(
    desk: Desk, policy: ChangePolicy, cis: list[str], step: str
) -> None:
    number = scheduled(desk, policy, cis[0], away(cis[1], (0, 5)))
    take(desk, by("ann", "Not today"), number, step)
    assert states(desk.database) == ["rejected"]
    if step == "revise":
        schedule(desk, policy, number, away(cis[1], (0, 9)))
        assert states(desk.database) == ["rejected", "planned"]


def test_they_begin_with_the_change_and_end_with_it(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = scheduled(desk, policy, cis[0], away(cis[1], (-1, 60), (90, 95)))
    begin(desk, by("ann"), number)
    first, second = outages(desk.database)
    assert (first.state, second.state) == ("ongoing", "planned")
    late = datetime.fromisoformat(first.values["began"]) - (now() - MINUTE)
    assert datetime.fromisoformat(second.values["began"]) - (now() + 90 * MINUTE) == late
    assert late >= timedelta(seconds=59)
    change = take(desk, by("ann"), number, "implement")
    first, second = outages(desk.database)
    assert (first.state, first.values["ended"]) == ("over", change.changed_at)
    assert second.state == "rejected"


def test_an_outage_that_was_to_end_before_the_change_did_ends_as_planned(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    since = now() - timedelta(minutes=1)
    number = scheduled(desk, policy, cis[0], away(cis[1], (0, 0), since=since))
    begin(desk, by("ann"), number)
    take(desk, by("ann"), number, "implement")
    (outage,) = outages(desk.database)
    assert outage.state == "over" and outage.values["ended"] == outage.values["began"]


def test_after_a_failure_they_last_until_it_is_backed_out(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = scheduled(desk, policy, cis[0], away(cis[1], (-1, 0)))
    begin(desk, by("ann"), number)
    take(desk, by("ann", "It does not come up"), number, "fail")
    assert states(desk.database) == ["ongoing"]
    change = take(desk, by("ann", "The old one again"), number, "back_out")
    (outage,) = outages(desk.database)
    assert (outage.state, outage.values["ended"]) == ("over", change.changed_at)


def test_an_emergency_has_them_from_its_start(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = open_change(desk, by("ann"), cis[0], model="emergency").number
    assess(desk, policy, number, found(planned=(away(cis[1], (-1, 30)),)))
    begin(desk, by("ann", "The shop is down"), number)
    assert states(desk.database) == ["ongoing"]


def test_other_outages_of_the_change_are_let_alone(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = scheduled(desk, policy, cis[0], away(cis[1], (-1, 5)))
    values = {"title": "Mail down", "type": "down", "began": instant(now())}
    related = frozenset({Related("caused_by", number)})
    open_record(desk, by("ann"), "outage", Edit(values=values, links={cis[0]: None}, related=related))
    take(desk, by("ann", "Not today"), number, "cancel")
    assert states(desk.database) == ["rejected", "proposed"]


def test_what_a_person_has_said_of_one_stays(desk: Desk, policy: ChangePolicy, cis: list[str]) -> None:
    number = scheduled(desk, policy, cis[0], away(cis[1], (-1, 5)))
    (outage,) = outages(desk.database)
    take(desk, by("sue", "We have a second shop"), outage.number, "reject")
    begin(desk, by("ann"), number)
    take(desk, by("ann"), number, "implement")
    assert states(desk.database) == ["rejected"]


def test_an_outage_that_was_noted_on_after_the_step_happened_does_not_stop_the_step(
    desk: Desk, policy: ChangePolicy, cis: list[str]
) -> None:
    number = scheduled(desk, policy, cis[0], away(cis[1], (-1, 5)))
    then = datetime.now(UTC)
    (outage,) = outages(desk.database)
    edit_record(desk, by("sue", "Told the branches"), outage.number, Edit())
    begin(desk, replace(by("ann"), at=then), number)
    assert states(desk.database) == ["ongoing"]
