"""All incidents, in memory: what fails now by the open ones, and earlier ones like a new one.

It follows the feed of revisions: each that wrote records is read once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

import impact.similarity
from cmdb.database import Database
from cmdb.incidents import load_rules, onset
from cmdb.policy import Policies
from cmdb.records import Record
from cmdb.records.record import record_of
from impact.causes import Prior
from impact.projection import Projection
from impact.scenario.current import Condition, Failing
from impact.similarity import Described, Similar, SimilarIncidents, SimilarityRules

PAGE = 2_000
SIMILARITY = Path(impact.similarity.__file__).with_name("similarity.toml")
HEALTHY = "not_impacted"
CONDITIONS: Mapping[str, Condition] = {"down": "down", "degraded": "degraded"}


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An open incident: when it was opened, since when what, and which CIs (by id) it says fail."""

    number: str
    opened_at: datetime
    onset: datetime
    failing: Failing


class Incidents:
    """The incidents of a database; safe to share between threads."""

    def __init__(self, database: Database, policies: Policies) -> None:
        self._database, self._restored = database, load_rules(policies).clocks.restore
        self._lock = Lock()
        self._seq: int | None = None
        self._failing: dict[str, OpenIncident] = {}
        self._described: dict[str, Described] = {}
        self._similar = SimilarIncidents(policies.read(SimilarityRules, SIMILARITY))

    def follow(self, graph: Projection) -> None:
        """Take in what was written since the last time; the first time, all there is."""
        with self._lock:
            if self._seq is None:
                self._seq = _latest(self._database)
                after = ""
                while page := _page(self._database, after):
                    self._take(page, graph)
                    after = page[-1].number
            last, numbers = _written(self._database, self._seq)
            if numbers:
                self._take(_read(self._database, numbers), graph)
            self._seq = last

    def failing(self, but: str) -> list[tuple[str, Condition]]:
        """The CIs that open incidents but one say are down or degraded."""
        with self._lock:
            return [one for other in self._others({but}) for one in other.failing.items()]

    def suspects(self, but: Collection[str]) -> list[Prior]:
        """What open incidents but some say, each as an event that makes the CI suspect."""
        with self._lock:
            return [
                Prior(ci, "open_incident", other.opened_at, f"{other.number}: {condition}")
                for other in self._others(but)
                for ci, condition in other.failing.items()
            ]

    def opened_around(self, at: datetime, window: timedelta, but: str) -> list[OpenIncident]:
        """The open incidents but one that say that CIs fail, opened around a time; the nearest first."""
        with self._lock:
            near = [other for other in self._others({but}) if abs(other.opened_at - at) <= window]
        return sorted(near, key=lambda other: (abs(other.opened_at - at), other.number))

    def similar(self, record: Record, graph: Projection, most: int = 5) -> list[Similar]:
        """The earlier incidents most like one, best first."""
        return self._similar.similar(described(record), graph, most)

    def _others(self, but: Collection[str]) -> list[OpenIncident]:
        return [other for number, other in self._failing.items() if number not in but]

    def _take(self, records: Sequence[Record], graph: Projection) -> None:
        fresh = []
        for record in records:
            told = described(record)
            if self._described.get(record.number) != told:
                self._described[record.number] = told
                fresh.append(told)
            self._failing.pop(record.number, None)
            failing = dict(_failing(record)) if record.open and record.state not in self._restored else {}
            if failing:
                self._failing[record.number] = OpenIncident(record.number, told.at, onset(record), failing)
        self._similar.add(fresh, graph)


def described(record: Record) -> Described:
    """An incident as similarity sees it."""
    values = record.values
    words = (values["title"], values.get("description", ""))
    labels = {name: str(values[name]) for name in ("category", "subcategory", "team") if values.get(name)}
    return Described(
        number=record.number,
        at=datetime.fromisoformat(record.opened_at),
        cis=tuple(link.ci for link in record.links if link.condition != HEALTHY),
        text=" ".join(words),
        labels=labels,
    )


def _failing(record: Record) -> Iterable[tuple[str, Condition]]:
    for link in record.links:
        if condition := CONDITIONS.get(link.condition):
            yield link.ci, condition


def _latest(database: Database) -> int:
    (row,) = database.read("OPTIONAL MATCH (head:Head {name: 'revision'}) RETURN head.value AS seq")
    return int(row["seq"] or 0)


def _page(database: Database, after: str) -> list[Record]:
    rows = database.read(
        """
        MATCH (record:Record) WHERE record.number > $after AND record.kind = 'incident'
        RETURN properties(record) AS record ORDER BY record.number LIMIT $limit
        """,
        after=after,
        limit=PAGE,
    )
    return _records(rows)


def _written(database: Database, after: int) -> tuple[int, list[str]]:
    """The newest revision, and the numbers of the records that those after one wrote."""
    (row,) = database.read(
        """
        OPTIONAL MATCH (revision:Revision) WHERE revision.seq > $after
        WITH max(revision.seq) AS last, collect(revision.id) AS ids
        RETURN last, COLLECT {
            UNWIND ids AS id MATCH (entry:LogEntry {created: id}) RETURN entry.record AS number
            UNION
            UNWIND ids AS id MATCH (change:Change {revision: id}) WHERE change.kind = 'record'
            RETURN change.subject AS number
        } AS numbers
        """,
        after=after,
    )
    return row["last"] or after, row["numbers"]


def _read(database: Database, numbers: Sequence[str]) -> list[Record]:
    rows = database.read(
        """
        UNWIND $numbers AS number MATCH (record:Record {number: number}) WHERE record.kind = 'incident'
        RETURN properties(record) AS record ORDER BY record.number
        """,
        numbers=numbers,
    )
    return _records(rows)


def _records(rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    return [record_of(row["record"]) for row in rows]
