"""Manual values that every current source contradicts, and has for long. They are listed, not overruled."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from cmdb.catalogue import MANUAL, check_attributes
from cmdb.health.check import Found
from cmdb.health.correctness import DISCOVERED
from cmdb.health.models import Detail
from cmdb.health.survey import Survey
from cmdb.history import Kind, State

UNSPOKEN = frozenset({"class", "verified_at"})
"""A class may refine another, which is a check of its own; no source attests a CI."""


class Said(NamedTuple):
    """What a record says of an attribute, typed; None: a person cleared it."""

    record: State
    value: Any


@dataclass(frozen=True, slots=True)
class Contradicted:
    """An attribute of a CI; what the person says of it, and what all current sources that say anything."""

    ci: str
    class_name: str
    attribute: str
    manual: Said
    others: Sequence[Said]


def contradicted(survey: Survey) -> Found:
    """CIs with a manual value that every source which is not stale has denied for long."""
    found = list(_contradicted_now(survey))
    before = _earlier(survey, {said.record["key"] for one in found for said in (one.manual, *one.others)})
    latest = survey.before(survey.terms.contradicted_days)
    failing: dict[str, list[Detail]] = {}
    for one in found:
        since = _Past(survey, one, before).contradicted_since()
        if since <= latest:
            failing.setdefault(one.ci, []).append(_detail(one, since, survey.now))
    return Found(failing)


def _contradicted_now(survey: Survey) -> Iterator[Contradicted]:
    rows = survey.database.read(
        f"""
        MATCH (manual:SourceRecord)
        WHERE manual.key STARTS WITH 'manual::' AND manual.attributes IS NOT NULL
        MATCH (manual)-[:DESCRIBES]->(ci:CI)
        MATCH (record:SourceRecord)-[:DESCRIBES]->(ci)
        WHERE record.missing_since IS NULL AND {DISCOVERED}
        RETURN ci.id AS id, ci.class AS class, properties(manual) AS manual,
               collect(properties(record)) AS others
        ORDER BY id, manual.key
        """
    )
    for row in rows:
        current = [other for other in row["others"] if not _is_stale(survey, row["class"], other)]
        mine = _values(survey, row["class"], row["manual"])
        theirs = [(other, _values(survey, row["class"], other)) for other in current]
        for attribute in sorted(mine.keys() - UNSPOKEN):
            manual = Said(row["manual"], mine[attribute])
            others = [Said(other, values[attribute]) for other, values in theirs if attribute in values]
            if others and all(other.value != manual.value for other in others):
                yield Contradicted(row["id"], row["class"], attribute, manual, others)


def _is_stale(survey: Survey, class_name: str, record: State) -> bool:
    seen = survey.seen_at(record["no"], record["observed_at"])
    return seen < survey.stale_before.get(class_name, "")


def _values(survey: Survey, class_name: str, record: State) -> dict[str, Any]:
    """What a record says, typed; None for what a person cleared."""
    said = orjson.loads(record.get("attributes") or "{}")
    said.pop("class", None)
    checked = check_attributes(survey.catalogue, class_name, said)
    cleared = dict.fromkeys(name for name, value in said.items() if value is None)
    return {**cleared, **checked.unknown, **checked.values}


def _earlier(survey: Survey, keys: set[str]) -> Mapping[str, list[State]]:
    """What records (by key) were before each of their changes, oldest first."""
    rows = survey.database.read(
        """
        UNWIND $keys AS key
        MATCH (change:Change {subject: key, kind: $kind})
        MATCH (revision:Revision {id: change.revision})
        WITH key, change ORDER BY revision.seq
        RETURN key, collect(change.before) AS before
        """,
        keys=sorted(keys),
        kind=Kind.SOURCE_RECORD.value,
    )
    return {row["key"]: [orjson.loads(text) for text in row["before"]] for row in rows}


class _Past:
    """How a contradiction came to be, from all states of the records, oldest first."""

    def __init__(self, survey: Survey, one: Contradicted, before: Mapping[str, list[State]]) -> None:
        self._survey = survey
        self._one = one
        self._before = before

    def contradicted_since(self) -> str:
        """Since when a person says this, some source something else, and none the same."""
        manual = self._one.manual
        person, _ = self._run(manual.record, lambda value: value == manual.value)
        runs = [self._run(other.record, lambda value: value != manual.value) for other in self._one.others]
        turned = [since for since, agreed in runs if agreed]
        return max(person, min(since for since, _ in runs), *turned)

    def _run(self, record: State, holds: Callable[[Any], bool]) -> tuple[str, bool]:
        """Since when a record without a break says what it does, and whether it said otherwise before."""
        since = record["observed_at"]
        for state in reversed(self._before.get(record["key"], [])):
            values = _values(self._survey, self._one.class_name, state)
            if self._one.attribute not in values:
                return since, False
            if not holds(values[self._one.attribute]):
                return since, True
            since = state["observed_at"]
        return since, False


def _detail(one: Contradicted, since: str, now: datetime) -> Detail:
    return {
        "attribute": one.attribute,
        MANUAL: one.manual.value,
        "sources": [{"source": record["source"], "value": value} for record, value in one.others],
        "since": since,
        "days": (now - datetime.fromisoformat(since)).days,
    }
