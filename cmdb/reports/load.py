"""Reads the columns of reports from records and their logs, in few rows of long lists."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from cmdb.database import Database
from cmdb.records.record import DOCUMENT
from cmdb.reports.incidents import Incidents, Move, Told, grouping, incidents_of
from cmdb.reports.outages import Outage
from cmdb.reports.outcomes import Closed
from cmdb.reports.periods import seconds
from cmdb.reports.rules import IncidentRules, OutageRules, OutcomeRules

DIVIDING = ("priority", "team", "category", "ci", "service")
"""What reports on incidents can be divided by."""
OUTCOME_DIVIDING = ("team", "model", "risk")
"""What reports on changes and releases can be divided by."""


class _Logged(NamedTuple):
    """What the log of an incident tells."""

    moves: list[Move]
    reassigned: int
    escalated: int


def load_incidents(
    database: Database, prefix: str, rules: IncidentRules, services: Collection[str]
) -> Incidents:
    """All incidents; `prefix` is that of their numbers, `services` names the classes of services."""
    logs = _logs(database, prefix, rules)
    links = _links(database, services)
    told = (
        _told(row, logs[row[0]], links.get(row[0], {}), rules)
        for rows in database.read(
            """
            MATCH (record:Record {kind: 'incident'})
            WITH record.number AS number, record
            ORDER BY number
            RETURN left(number, size(number) - 3) AS part, collect([
                number, record.priority, record.team, record.category, record.marks, record.imported
            ]) AS records
            ORDER BY part
            """
        )
        for row in rows["records"]
    )
    return incidents_of(list(told), rules, DIVIDING)


def _told(row: list[Any], logged: _Logged, links: Mapping[str, list[str]], rules: IncidentRules) -> Told:
    number, priority, team, category, marks, imported = row
    theirs = orjson.loads(imported.removeprefix(DOCUMENT)) if imported else {}
    named = {"priority": priority, "team": team, "category": category or theirs.get("category")}
    kept = {"true": True, "false": False}.get(str(theirs.get(rules.kept_promise)))
    if kept is None and not theirs:
        kept = rules.breached.isdisjoint(marks or ())
    groups = {name: [str(value)] for name, value in named.items() if value is not None}
    return Told(number, logged.moves, logged.reassigned, logged.escalated, kept, {**groups, **links})


def _logs(database: Database, prefix: str, rules: IncidentRules) -> dict[str, _Logged]:
    """States, handing over from one team to another, and escalations, by number."""
    rows = database.read(
        """
        MATCH (entry:LogEntry)
        WHERE entry.record STARTS WITH $prefix AND (
            (entry.to_state IS NOT NULL AND entry.to_state <> coalesce(entry.from_state, ''))
            OR entry.what IN $escalated OR entry.changes CONTAINS '"team":[')
        RETURN left(entry.record, size(entry.record) - 3) AS part, collect([
            entry.record, entry.no, entry.at, entry.to_state, entry.what,
            CASE WHEN entry.changes CONTAINS '"team":[' THEN entry.changes END
        ]) AS entries
        """,
        prefix=f"{prefix}-",
        escalated=list(rules.escalated),
    )
    entries: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        for entry in row["entries"]:
            entries[entry[0]].append(entry)
    return {
        number: _logged(sorted(of_one, key=lambda entry: entry[1]), rules)
        for number, of_one in entries.items()
    }


def _logged(entries: list[Any], rules: IncidentRules) -> _Logged:
    entries.sort(key=lambda entry: entry[1])
    changes = [orjson.loads(changes)["team"] for *_, changes in entries if changes]
    return _Logged(
        [Move(at, state) for _, _, at, state, _, _ in entries if state],
        sum(before is not None and after is not None for before, after in changes),
        sum(what in rules.escalated for _, _, _, _, what, _ in entries),
    )


def _links(database: Database, services: Collection[str]) -> dict[str, dict[str, list[str]]]:
    """The names of the CIs and of the services that each incident is about, by number."""
    rows = database.read(
        """
        MATCH (record:Record {kind: 'incident'})-[link:CONCERNS]->(ci)
        WHERE link.condition <> 'not_impacted'
        RETURN record.number AS number, ci.name AS name, ci.class IN $services AS is_service ORDER BY name
        """,
        services=list(services),
    )
    links: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        of_one = links.setdefault(row["number"], {"ci": [], "service": []})
        of_one["ci"].append(row["name"])
        if row["is_service"]:
            of_one["service"].append(row["name"])
    return links


def load_outages(
    database: Database, rules: OutageRules, classes: Collection[str] | None, now: datetime
) -> list[Outage]:
    """The outages that took place, of CIs of some classes (None: of all), one for each CI."""
    rows = database.read(
        """
        MATCH (record:Record {kind: 'outage'})-[:CONCERNS]->(ci)
        WHERE record.state IN $states AND ($classes IS NULL OR ci.class IN $classes)
        RETURN ci.name AS ci, record.type AS type, record.began AS began, record.ended AS ended
        """,
        states=list(rules.counted),
        classes=None if classes is None else list(classes),
    )
    return [Outage(row["ci"], row["type"], _second(row["began"]), _ended(row["ended"], now)) for row in rows]


def _ended(text: str | None, now: datetime) -> int:
    return min(_second(text), int(now.timestamp())) if text else int(now.timestamp())


def _second(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def load_closed(database: Database, kind: str, rules: OutcomeRules) -> Closed:
    """The records of a kind that are closed."""
    rows = database.read(
        """
        MATCH (record:Record {kind: $kind}) WHERE record.state IN $states
        RETURN record.closed_at AS at, coalesce(record.outcome, '') AS outcome,
               record.team AS team, record.model AS model, record.risk AS risk
        ORDER BY record.number
        """,
        kind=kind,
        states=list(rules.closed),
    )
    return Closed(
        at=seconds(row["at"] for row in rows),
        outcomes=[row["outcome"] for row in rows],
        groups={
            name: grouping([[str(row[name])] if row[name] is not None else [] for row in rows])
            for name in OUTCOME_DIVIDING
        },
    )
