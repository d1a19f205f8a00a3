"""What tests of changes share: people, a plan, and what was found of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cmdb.access import Actor, Role
from cmdb.changes import (
    ChangePolicy,
    Findings,
    Hurt,
    Risk,
    keep_assessment,
    start,
)
from cmdb.records import By, Desk, Edit, Record, edit_record, get_record, open_record


def by(name: str, note: str = "", role: Role = Role.OPERATOR) -> By:
    return By(Actor(name, role), "test", note)


def plan_of(*cis: str, begins: timedelta = -timedelta(minutes=1), **changed: Any) -> dict[str, Any]:
    start = datetime.now(UTC) + begins
    step = {"name": "Restart", "cis": list(cis), "action": "restart", "duration": 300, "effect": "down"}
    return {
        "steps": [step],
        "window": {"start": start.isoformat(), "end": (start + timedelta(hours=2)).isoformat()},
        "back_out": {"text": "Start the old one", "duration": 60},
        **changed,
    }


def found(level: Any = "low", **told: Any) -> Findings:
    return Findings(risk=Risk(level=level, impact=1, likelihood=1, text=f"{level} risk"), **told)


SHOP = Hurt(id="s", name="shop", condition="down", seconds=300, criticality="critical", owner="Shop")


def open_change(desk: Desk, actor: By, *cis: str, **values: Any) -> Record:
    told = {"title": "Restart", "description": "It leaks", "team": "Servers", "plan": plan_of(*cis)}
    return open_record(
        desk, actor, "change", Edit(values={**told, **values}, links=dict.fromkeys(cis, "changed"))
    )


def assess(desk: Desk, policy: ChangePolicy, number: str, findings: Findings, who: str = "ann") -> Record:
    read = get_record(desk.database, number)
    return keep_assessment(desk, policy, by(who), read, findings, "2026-01-01T00:00:00Z", 1)


def begin(desk: Desk, actor: By, number: str, *differing: str) -> Record:
    return start(desk, actor, get_record(desk.database, number), "2026-01-01T00:00:00Z", differing)


def replan(desk: Desk, actor: By, number: str, *cis: str, **changed: Any) -> Record:
    linked = {link.ci for link in get_record(desk.database, number).links}
    edit = Edit(
        values={"plan": plan_of(*cis, **changed)},
        links=dict.fromkeys(cis, "changed"),
        unlinked=frozenset(linked - set(cis)),
    )
    return edit_record(desk, actor, number, edit)
