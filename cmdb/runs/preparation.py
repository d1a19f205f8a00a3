"""From rows to what is to be written: in batches, less what says nothing new, checked."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from cmdb.catalogue import Catalogue, check_attributes
from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.reconciliation.observation import Observation, Rejection
from cmdb.reconciliation.records import attributes_text, relations_text
from cmdb.reconciliation.settlement import ci_values
from cmdb.reconciliation.sighting import Sighting
from cmdb.reconciliation.view import View
from cmdb.runs.report import Report
from cmdb.runs.tally import Tally

BATCH = 2000
"""Attributes and relations a transaction: small enough that a person's own write never waits long."""

MAX_NATIVE_ID = 500
"""Characters of a native id: with source and scope, what an entry of a Neo4j index holds."""

Reject = Callable[[Rejection], None]
"""Called with every rejected row."""

Row = Observation | Rejection


class _Said(NamedTuple):
    """What a record says, as its node keeps it; `settled`: seen again, it would say nothing more."""

    number: int
    attributes: str | None
    relations: str | None
    within: str | None
    mentioned: bool | None
    settled: bool


class Preparation:
    """Checks rows, and counts in the report what need not or cannot be written."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        view: View,
        report: Report,
        tally: Tally,
        rejected: Reject,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._view = view
        self._report = report
        self._tally = tally
        self._rejected = rejected

    def sightings(self, batch: Iterable[Row]) -> list[Sighting]:
        """What is to be written of a batch; native ids must differ."""
        observations = []
        for row in batch:
            if isinstance(row, Rejection):
                self._reject(row)
            elif reason := unfit_native_id(row.native_id):
                self._reject_ci(row, f"native_id {reason}")
            else:
                observations.append(row)
        return [sighting for one in self._news(observations) if (sighting := self._checked(one))]

    def _news(self, batch: list[Observation]) -> list[Observation]:
        """Leave out what says nothing new, without a lock: only what is written must be certain."""
        (row,) = self._database.read(
            """
            UNWIND $keys AS key
            MATCH (record:SourceRecord {key: key})
            RETURN collect([record.native_id, [
                record.no, record.attributes, record.relations, record.within, record.mentioned,
                record.missing_since IS NULL AND record.stale IS NULL
                    AND (record.attributes IS NULL OR NOT record:Pending)]]) AS records
            """,
            keys=[self._view.key(observation.native_id) for observation in batch],
        )
        known = {native_id: _Said(*said) for native_id, said in row["records"]}
        news: list[Observation] = []
        old: list[Observation] = []
        for observation in batch:
            said = known.get(observation.native_id)
            if said is not None:
                self._tally.saw(said.number)
                self._tally.knew(observation, said.relations)
            (old if said and _says_nothing_new(observation, said) else news).append(observation)
        if old:
            self._report.unchanged(old)
        return news

    def _checked(self, observation: Observation) -> Sighting | None:
        if observation.attributes is None:
            return Sighting(observation, None)
        values = dict(observation.attributes)
        name = values.pop("class", "")
        try:
            checked = check_attributes(self._catalogue, name, values)
        except InvalidInput as error:
            self._reject_ci(observation, error.detail)
            return None
        if checked.problems:
            self._reject_ci(
                observation,
                "; ".join(f"{p.attribute} {p.value!r} {p.reason}" for p in checked.problems),
            )
            return None
        self._report.unknown_attributes.update(checked.unknown.keys())
        return Sighting(observation, ci_values(self._catalogue.ci_class(name), checked))

    def _reject_ci(self, observation: Observation, reason: str) -> None:
        row = {"native_id": observation.native_id, **(observation.attributes or {})}
        self._reject(Rejection("cis", observation.line, row, reason))

    def _reject(self, rejection: Rejection) -> None:
        self._report.reject(rejection)
        self._tally.rejected(rejection)
        self._rejected(rejection)


def unfit_native_id(native_id: str) -> str | None:
    """Tell why a text cannot be a native id."""
    if not native_id:
        return "is empty"
    if len(native_id) > MAX_NATIVE_ID:
        return f"has {len(native_id)} characters, at most {MAX_NATIVE_ID} fit"
    return None if native_id.isprintable() else f"{native_id!r} must be one line of printable characters"


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Group rows into batches of about BATCH attributes and relations, in which native ids differ."""
    batch: list[Row] = []
    seen: set[str] = set()
    room = BATCH
    for row in rows:
        native_id = row.native_id if isinstance(row, Observation) else None
        if room <= 0 or native_id in seen:
            yield batch
            batch, seen, room = [], set(), BATCH
        batch.append(row)
        room -= max(1, size(row))
        if native_id is not None:
            seen.add(native_id)
    if batch:
        yield batch


def size(row: Row) -> int:
    """How many rows of a table it stands for."""
    if isinstance(row, Rejection):
        return 1
    return (row.attributes is not None) + len(row.relations or ())


def _says_nothing_new(observation: Observation, said: _Said) -> bool:
    """Whether a record says all that the observation says."""
    if not said.settled:
        return False
    if observation.attributes is not None and (
        attributes_text(observation.attributes) != said.attributes
        or (observation.within or None) != said.within
        or (observation.mentioned or None) != said.mentioned
    ):
        return False
    if observation.relations is None or relations_text(observation.relations) == said.relations:
        return True
    if not observation.adds:
        return False
    known: list[Any] = orjson.loads(said.relations or "[]")
    return all(relation in known for relation in observation.relations)
