from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.practices.change import (
    Bureau,
    agenda,
    assess,
    brief,
    change_calendar,
    collisions_of,
    decide_on,
    freezes_of,
    html,
    markdown,
    minute,
    open_bureau,
    outdated,
    plan_by_template,
    plan_change,
    read_plan,
    windows_for,
)
from api.practices.change.collisions import planned
from cmdb.access import Actor, Role
from cmdb.changes import Window, assessment_of, submit
from cmdb.errors import Conflict, InvalidInput
from cmdb.history import Author
from cmdb.people import Team, save_teams
from cmdb.policy import Policies
from cmdb.records import By, Edit, Record, open_record, transition
from cmdb.store import Link, Store, relate
from impact import ImpactEngine
from tests.api.practices.conftest import ANN, Shop

NOW = datetime.now(UTC).replace(microsecond=0)
MIA = By(Actor("mia", Role.OPERATOR), "test", "So be it")
TEAMS = ("Change management", "Change advisory board", "trading", "unix", "network")


@pytest.fixture
def bureau(store: Store, shop: Shop) -> Bureau:
    assert shop
    save_teams(store.database, ANN.author, [Team(name, members=("mia", "bob")) for name in TEAMS])
    return open_bureau(store, ImpactEngine(store.database, store.catalogue))


def plan(*cis: str, begins: timedelta = timedelta(days=2), **changed: Any) -> dict[str, Any]:
    start = NOW + begins
    step = {"name": "Restart", "cis": cis, "action": "restart", "duration": 900, "effect": "down"}
    return {
        "steps": [step],
        "window": {"start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat()},
        "back_out": {"text": "Start the old one", "duration": 300},
        **changed,
    }


def opened(bureau: Bureau, *cis: str, title: str = "Restart", team: str = "unix", **changed: Any) -> Record:
    values = {"title": title, "description": "It leaks", "team": team}
    number = open_record(bureau.desk, ANN, "change", Edit(values=values)).number
    return plan_change(bureau, ANN, number, read_plan(plan(*cis, **changed)))


def test_a_plan_is_told_in_names_and_linked_to_its_cis(bureau: Bureau, shop: Shop) -> None:
    record = opened(bureau, "web1", "server:web2")
    assert {link.ci: link.condition for link in record.links} == {
        shop["web1"]: "changed",
        shop["web2"]: "changed",
    }
    moved = plan_change(bureau, ANN, record.number, read_plan(plan("sw1")))
    assert [link.ci for link in moved.links] == [shop["sw1"]]
    with pytest.raises(InvalidInput, match=r"steps\.0\.effect.*window: Field required"):
        read_plan({"steps": [{"name": "x", "cis": ["web1"], "action": "restart", "duration": 1}]})


def test_the_assessment_tells_what_the_plan_does_as_planned_and_at_the_worst(
    bureau: Bureau, shop: Shop
) -> None:
    told = assessment_of(assess(bureau, ANN, opened(bureau, "sw1").number))
    assert told
    (planned,) = told.findings.planned
    assert (planned.id, planned.condition, planned.seconds) == (shop["Shop"], "down", 900)
    (worst,) = told.findings.worst_case
    assert (worst.condition, worst.seconds) == ("down", 1200)
    assert {"network", "trading", "sales"} <= {*told.findings.contacts}
    assert told.findings.risk.level in ("high", "very high")
    assert {one.team for one in told.approvals} == {
        *("Change management", "Change advisory board", "trading", "network")
    }


def test_a_short_absence_is_an_interruption_and_lost_redundancy_is_exposure(bureau: Bureau) -> None:
    step = {"name": "Blip", "cis": ["sw1"], "action": "restart", "duration": 60, "effect": "down"}
    short = assessment_of(assess(bureau, ANN, opened(bureau, steps=[step]).number))
    assert short and [one.condition for one in short.findings.planned] == ["interrupted"]
    one = assessment_of(assess(bureau, ANN, opened(bureau, "web1").number))
    assert one and [(hurt.condition, hurt.seconds) for hurt in one.findings.planned] == [("exposed", 900)]


def test_what_a_hurry_does_is_told_where_it_differs(bureau: Bureau) -> None:
    one, other = (
        {"name": ci, "cis": [ci], "action": "restart", "duration": 400, "recovery": 400, "effect": "down"}
        for ci in ("web1", "web2")
    )
    told = assessment_of(assess(bureau, ANN, opened(bureau, steps=[one, other]).number))
    assert told and [hurt.condition for hurt in told.findings.planned] == ["exposed"]
    assert [(hurt.condition, hurt.seconds) for hurt in told.findings.hurried] == [("down", 400)]


def test_an_assessment_outlives_what_does_not_change_it(bureau: Bureau, store: Store, shop: Shop) -> None:
    record = assess(bureau, ANN, opened(bureau, "web1").number)
    submit(bureau.desk, ANN, record.number)
    opened(bureau, "sw1", begins=timedelta(days=5))
    assert outdated(bureau, bureau.change(record.number)) == []
    relate(store, Author("test", "test"), [Link(shop["Shop"], "depends_on", shop["web1"])])
    told = outdated(bureau, bureau.change(record.number))
    assert "Shop down for 900 s, which was found Shop exposed for 900 s" in told
    with pytest.raises(Conflict, match=r"no longer holds: .*Shop down for 900 s") as error:
        decide_on(bureau, MIA, record.number, "approved")
    assert error.value.extensions["differences"] == told
    assess(bureau, ANN, record.number)
    submit(bureau.desk, ANN, record.number)
    assert decide_on(bureau, MIA, record.number, "approved").values["approvals"]


def test_time_alone_does_not_outdate_an_assessment(bureau: Bureau) -> None:
    long_ago = replace(ANN, at=NOW - timedelta(days=30))
    values = {"title": "Restart", "description": "It leaks", "team": "unix"}
    number = open_record(bureau.desk, long_ago, "change", Edit(values=values)).number
    plan_change(bureau, long_ago, number, read_plan(plan("web1")))
    assert outdated(bureau, assess(bureau, long_ago, number)) == []


def test_every_overlapping_change_that_matters_is_a_collision(bureau: Bureau) -> None:
    second = opened(bureau, "web2", title="Other", team="network")
    later = opened(bureau, "web1", begins=timedelta(days=9))
    first = opened(bureau, "web1")
    found = collisions_of(bureau, first)
    assert found.collisions == []
    (loss,) = found.joint_losses
    assert (loss.changes, [ci.name for ci in loss.down.first]) == ([second.number, first.number], ["Shop"])
    told = assessment_of(assess(bureau, ANN, first.number))
    assert told and [one.kind for one in told.findings.collisions] == ["joint loss"]
    assert told.findings.risk.raised == ("At least high: with other changes it takes down Shop",)
    same = opened(bureau, "web1", title="Same")
    (collision,) = collisions_of(bureau, same).collisions
    assert (collision.number, collision.same_team) == (first.number, True)
    assert later.number not in collision.number
    transition(bureau.desk, replace(ANN, note="No need"), second.number, "cancel")
    assert collisions_of(bureau, bureau.change(first.number)).joint_losses == []


def test_a_template_needs_only_cis_and_a_window(bureau: Bureau) -> None:
    values = {"title": "Restart", "description": "Routine", "team": "unix", "model": "restart"}
    number = open_record(bureau.desk, ANN, "change", Edit(values=values)).number
    window = Window(start=NOW + timedelta(days=1), end=NOW + timedelta(days=1, hours=1))
    record = plan_by_template(bureau, ANN, number, ["web1"], window)
    template = bureau.policy.models.models["restart"].template
    assert template and [step["name"] for step in record.values["plan"]["steps"]] == ["Restart"]
    normal = opened(bureau, "web1")
    with pytest.raises(InvalidInput, match="model normal of CHG-000002 has no template"):
        plan_by_template(bureau, ANN, normal.number, ["web1"], window)


def test_the_brief_is_one_page_with_all_that_the_board_needs(bureau: Bureau) -> None:
    opened(bureau, "web2", title="Other")
    record = assess(bureau, ANN, opened(bureau, "web1", title="Restart <now>").number)
    page = markdown(brief(bureau, record.number))
    for needed in (
        "# CHG-000002: Restart <now>",
        "It leaks",
        "it still holds",
        "Restart: restart web1; down, at worst down",
        "Exposed (1): Shop (15 min, critical)",
        "with CHG-000001 it harms Shop",
        "Start the old one (5 min, not tested, fits into the window)",
        "Test evidence: none",
        "Missing: Change advisory board, 2 to approve",
        "unix",
    ):
        assert needed in page
    assert len(page.splitlines()) <= 75
    document = html(brief(bureau, record.number))
    assert "Restart &lt;now&gt;" in document and "<now>" not in document and "@page{size:A4" in document


def test_the_page_stays_one_page_whatever_the_change(bureau: Bureau) -> None:
    step = {"cis": ["web1", "web2", "sw1"], "action": "restart", "duration": 60, "effect": "down"}
    steps = [{"name": f"Step {number}", **step} for number in range(40)]
    for number in range(12):
        opened(bureau, "sw1", title=f"Other {number}")
    record = assess(bureau, ANN, opened(bureau, steps=steps).number)
    page = markdown(brief(bureau, record.number))
    assert len(page.splitlines()) <= 75
    assert "and 36 more" in page


def test_the_agenda_has_the_riskiest_first_with_decisions_and_minutes(bureau: Bureau) -> None:
    harmless = assess(bureau, ANN, opened(bureau, "web1", test_evidence="lab").number)
    risky = assess(bureau, ANN, opened(bureau, "sw1", begins=timedelta(days=3)).number)
    opened(bureau, "web2", begins=timedelta(days=60))
    submit(bureau.desk, ANN, risky.number)
    decide_on(bureau, MIA, risky.number, "approved", "Only with two people on site")
    minute(bureau, ANN, risky.number, "Postponed once already")
    found = agenda(bureau, NOW, NOW + timedelta(days=14))
    first, second = found.points
    assert (first.number, second.number) == (risky.number, harmless.number)
    assert first.decisions[0].conditions == "Only with two people on site"
    assert [one.text for one in first.minutes] == ["Postponed once already"]


def test_the_calendar_has_no_drafts_and_keeps_what_was_cancelled(bureau: Bureau, store: Store) -> None:
    opened(bureau, "web1")
    cancelled = assess(bureau, ANN, opened(bureau, "web2", title="Other").number)
    transition(bureau.desk, replace(ANN, note="No need"), cancelled.number, "cancel")
    feed = change_calendar(store, Window(start=NOW, end=NOW + timedelta(days=14)))
    assert feed.count("BEGIN:VEVENT") == 1
    assert "UID:CHG-000002@linchpin" in feed and "STATUS:CANCELLED" in feed


def test_a_freeze_of_a_service_binds_what_it_stands_on(bureau: Bureau, tmp_path: Path) -> None:
    begin, end = NOW, NOW + timedelta(days=10)
    text = f'name = "Year end"\nbegin = {begin.isoformat()}\nend = {end.isoformat()}\ncis = ["Shop"]\n'
    (tmp_path / "windows.toml").write_text(f"[[freezes]]\n{text}")
    frozen = replace(bureau, store=replace(bureau.store, policies=Policies(tmp_path)))
    record = opened(bureau, "sw1")
    assert freezes_of(bureau, planned(record).plan) == ()
    assert freezes_of(frozen, planned(record).plan) == ("Year end (freeze of Shop)",)
    told = assessment_of(assess(frozen, ANN, record.number))
    assert told and "At least high: it breaches Year end (freeze of Shop)" in told.findings.risk.raised
    free = windows_for(frozen, record, NOW, 2)
    assert [one.begin for one in free] == [end, free[0].end]


def test_free_windows_avoid_what_others_do(bureau: Bureau) -> None:
    other = opened(bureau, "web2", begins=timedelta(0))
    (first,) = windows_for(bureau, opened(bureau, "web1", team="network"), NOW, 1)
    steps = other.values["plan"]["steps"]
    assert first.begin >= NOW + timedelta(seconds=steps[0]["duration"])
