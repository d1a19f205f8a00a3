"""Writes what alerts say into incidents."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from textwrap import shorten
from typing import Any

from cmdb.alerts import kept
from cmdb.alerts.alert import Alert
from cmdb.alerts.grouping import Storm, worst
from cmdb.alerts.rules import AlertRules
from cmdb.history import Draft
from cmdb.priorities.declarations import LEVELS
from cmdb.records import By, Desk, Edit, Record, instant, locked, moved, noted, opened

SHOWN = 5
"""Names of alerts in a line of the log."""
WIDTH = 100
"""Characters of what an alert says there; the alert itself is kept whole."""
AGAIN = {"restored": "relapse", "resolved": "reopen"}
"""The step that an alert takes an incident that was thought to be over."""


def open_incident(draft: Draft, desk: Desk, by: By, rules: AlertRules, storm: Storm) -> str:
    """Open an incident for a storm of alerts; its number."""
    first = storm.alerts[0][0]
    ci = _ci(draft, storm)
    values = {
        "title": _title(first, len(storm.alerts), ci.get("name")),
        "description": _described(first),
        "channel": "alert",
        "onset": min(alert.starts_at for alert, _ in storm.alerts),
        "urgency": min((rules.said(alert).urgency for alert, _ in storm.alerts), key=LEVELS.index),
        "team": ci.get("supported_by"),
    }
    edit = Edit(values, dict(storm.conditions))
    record = opened(draft, desk, _saying(by, storm), "incident", edit, _counted(None, storm, by))
    kept.keep(draft, record.number, storm.alerts)
    return record.number


def told_again(draft: Draft, desk: Desk, by: By, number: str, storm: Storm) -> None:
    """Count a storm of alerts into an open incident; one that was thought to be over goes on."""
    record = locked(draft, number)
    links = {ci: worst(record.condition(ci), condition) for ci, condition in storm.conditions.items()}
    derived, said = _counted(record, storm, by), _saying(by, storm)
    kept.keep(draft, number, storm.alerts)
    if record.state in AGAIN and any(alert.ends_at is None for alert, _ in storm.alerts):
        moved(draft, desk, said, record, AGAIN[record.state], Edit(links=links), derived)
    else:
        noted(draft, desk, said, record, "alert", Edit(links=links), derived)


def quieten(draft: Draft, desk: Desk, by: By, number: str) -> bool:
    """Note how many alerts still fire; where none does, and alerts opened it, it is restored."""
    record, still = locked(draft, number), kept.firing(draft, number)
    said = replace(by, note=f"{still} alerts still fire." if still else "No alert fires any longer.")
    derived = {"alerts_firing": still}
    steps = desk.kind(record.kind).life_cycle.transitions
    if not still and record.values.get("channel") == "alert" and record.state in steps["restore"].from_:
        moved(draft, desk, said, record, "restore", derived=derived)
        return True
    if record.values.get("alerts_firing") != still:
        noted(draft, desk, said, record, "alert", derived=derived)
    return False


def _counted(record: Record | None, storm: Storm, by: By) -> dict[str, Any]:
    before: Mapping[str, Any] = record.values if record else {}
    firing = sum(alert.ends_at is None for alert, _ in storm.alerts)
    return {
        "events": before.get("events", 0) + len(storm.alerts),
        "alerts_firing": before.get("alerts_firing", 0) + firing,
        "alert_group": before.get("alert_group", storm.group),
        "last_alert_at": instant(by.at or datetime.now(UTC)),
    }


def _saying(by: By, storm: Storm) -> By:
    """In a line: the names with how many there are of each, or of a single alert what it says."""
    first = storm.alerts[0][0]
    if len(storm.alerts) == 1 and first.summary:
        return replace(by, note=f"Alert: {first.name} ({shorten(first.summary, WIDTH, placeholder='…')}).")
    counts = Counter(alert.name for alert, _ in storm.alerts).most_common()
    told = [f"{name} ({count})" if count > 1 else name for name, count in counts[:SHOWN]]
    more = f" and {len(counts) - SHOWN} other names" if len(counts) > SHOWN else ""
    return replace(by, note=f"Alerts: {', '.join(told)}{more}.")


def _ci(draft: Draft, storm: Storm) -> Mapping[str, Any]:
    """The CI that names it, if there is one."""
    rows = draft.run(
        "MATCH (ci:CI {id: $id}) RETURN ci.name AS name, ci.supported_by AS supported_by",
        id=storm.group.removeprefix("ci "),
    )
    return rows[0].data() if rows else {}


def _title(first: Alert, count: int, name: str | None) -> str:
    more = f" and {count - 1} more alerts" if count > 1 else ""
    return f"{first.name}{more}{f' on {name}' if name else ' on what the CMDB does not know'}"


def _described(first: Alert) -> str:
    labels = ", ".join(f"{name}={value}" for name, value in sorted(first.labels.items()))
    return "\n".join(filter(None, [first.summary, labels, first.url]))
