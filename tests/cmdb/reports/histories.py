"""Incidents that happened at random, and a plain account of each to compare reports with."""

from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st

from cmdb.policy import Policies
from cmdb.records import instant
from cmdb.reports.incidents import Incidents, Move, Told, incidents_of
from cmdb.reports.rules import load_rules

RULES = load_rules(Policies())
BEGIN = datetime(2026, 1, 30, 21, tzinfo=UTC)
STATES = ["new", "assigned", "in_progress", "on_hold", "restored", "resolved", "closed", "cancelled"]
DONE = {"restored": "resolved", "resolved": "resolved", "closed": "resolved", "cancelled": "cancelled"}
GROUPS = [["a"], ["b"], ["a", "b"], []]
NAMES = ("ci", "priority")


def at(hours: int) -> datetime:
    return BEGIN + timedelta(hours=hours)


@st.composite
def told(draw: st.DrawFn) -> Told:
    hours = sorted(draw(st.lists(st.integers(0, 24 * 70), min_size=1, max_size=7)))
    states = [
        "new",
        *draw(st.lists(st.sampled_from(STATES), min_size=len(hours) - 1, max_size=len(hours) - 1)),
    ]
    return Told(
        number="",
        moves=[Move(instant(at(hour)), state) for hour, state in zip(hours, states, strict=True)],
        reassigned=draw(st.integers(0, 3)),
        escalated=draw(st.integers(0, 2)),
        promise_kept=draw(st.sampled_from([True, False, None])),
        groups={"ci": draw(st.sampled_from(GROUPS)), "priority": draw(st.sampled_from([["1"], []]))},
    )


histories = st.lists(told(), max_size=12)


def columns(incidents: list[Told]) -> Incidents:
    return incidents_of(incidents, RULES.incident, NAMES)


def turns(one: Told) -> list[tuple[datetime, str]]:
    """When it was opened, resolved, cancelled and reopened: walked through move by move."""
    found = [(datetime.fromisoformat(one.moves[0].at), "opened")]
    for text, state in one.moves:
        now, done = datetime.fromisoformat(text), DONE.get(state)
        was_done = found[-1][1] in DONE.values()
        if done and not was_done:
            found.append((now, done))
        elif not done and was_done:
            found.append((now, "reopened"))
    return found
