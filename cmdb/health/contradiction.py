"""Manual values that every current source contradicts, and has for long. They are listed, not overruled."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from cmdb.catalogue import MANUAL, check_attributes
from cmdb.health.check import Found
from cmdb.health.correctness import DISCOVERED
from cmdb.health.models import Detail
from cmdb.health.survey import Survey
from cmdb.history import Kind, State

UNSPOKEN = frozenset({"class", "verified_at"})
"""A class may refine another, which is a check of its own; no source attests a CI."""


@dataclass(frozen=True, slots=True)
class Contradicted:
    """An attribute of a CI; the record of the person, and those of all current sources that say anything."""

    ci: str
    class_name: str
    attribute: str
    manual: State
    others: Sequence[State]


def contradicted(survey: Survey) -> Found:
    """CIs with a manual value that every source which is not stale has denied for long."""
    found = list(_contradicted_now(survey))
    before = _earlier(survey, {record["key"] for one in found for record in (one.manual, *one.others)})
    latest = survey.before(survey.terms.contradicted_days)
    failing: dict[str, list[Detail]] = {}
    for one in found:
        since = _Past(survey, one, before).contradicted_since()
        if since <= latest:
            failing.setdefault(one.ci, []).append(_detail(survey, one, since))
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
        others = [other for other in row["others"] if not _is_stale(survey, row["class"], other)]
        mine = _values(survey, row["class"], row["manual"])
        theirs = [(other, _values(survey, row["class"], other)) for other in others]
        for attribute in sorted(mine.keys() - UNSPOKEN):
            said = [(other, values[attribute]) for other, values in theirs if attribute in values]
            if said and all(value != mine[attribute] for _, value in said):
                speakers = [other for other, _ in said]
                yield Contradicted(row["id"], row["class"], attribute, row["manual"], speakers)


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
        kind=Kind.RECORD.value,
    )
    return {row["key"]: [orjson.loads(text) for text in row["before"]] for row in rows}


class _Past:
    """How a contradiction came to be, from all states of the records, oldest first."""

    def __init__(self, survey: Survey, one: Contradicted, before: Mapping[str, list[State]]) -> None:
        self._survey = survey
        self._one = one
        self._before = before
        self._mine = _values(survey, one.class_name, one.manual)[one.attribute]

    def contradicted_since(self) -> str:
        """Since when a person says this, some source something else, and none the same."""
        person, _ = self._run(self._one.manual, lambda value: value == self._mine)
        runs = [self._run(other, lambda value: value != self._mine) for other in self._one.others]
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


def _detail(survey: Survey, one: Contradicted, since: str) -> Detail:
    def said(record: State) -> Any:
        return _values(survey, one.class_name, record)[one.attribute]

    return {
        "attribute": one.attribute,
        MANUAL: said(one.manual),
        "sources": [{"source": other["source"], "value": said(other)} for other in one.others],
        "since": since,
        "days": (survey.now - datetime.fromisoformat(since)).days,
    }
