"""Reads observations ahead of the writer: in batches, less what says nothing new, checked."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import orjson

from cmdb.catalogue import Catalogue, check_attributes
from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.reconciliation.observation import Observation
from cmdb.reconciliation.records import attributes_text, relations_text
from cmdb.reconciliation.report import Rejection, Report
from cmdb.reconciliation.sighting import Sighting
from cmdb.reconciliation.view import View

BATCH = 2000
"""Attributes and relations a transaction: small enough that a person's own write never waits long."""

Reject = Callable[[Rejection], None]
"""Called with every rejected row."""


class Batch(NamedTuple):
    """A number of rows, and what of them is to be written."""

    rows: int
    sightings: list[Sighting]


class Preparation:
    """Turns observations into batches for the writer, and counts in the report what need not be written."""

    def __init__(
        self, database: Database, catalogue: Catalogue, view: View, report: Report, rejected: Reject
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._view = view
        self._report = report
        self._rejected = rejected

    def batches(self, observations: Iterable[Observation | Rejection]) -> Iterator[Batch]:
        """Read ahead: what says something new, checked. The batch before may still be being written."""
        unwritten: set[str] = set()
        for batch in _batches(observations, self._reject):
            news = self._news(batch, unwritten)
            sightings = [sighting for one in news if (sighting := self._checked(one))]
            unwritten = {observation.native_id for observation in batch}
            yield Batch(sum(map(_size, batch)), sightings)

    def _news(self, batch: list[Observation], unwritten: set[str]) -> Iterator[Observation]:
        """Leave out what says nothing new, without a lock: only what is written must be certain."""
        (row,) = self._database.read(
            """
            UNWIND $keys AS key
            MATCH (record:SourceRecord {key: key})
            RETURN collect([record.native_id, record.attributes, record.relations]) AS records
            """,
            keys=[self._view.key(observation.native_id) for observation in batch],
        )
        known = {native_id: texts for native_id, *texts in row["records"] if native_id not in unwritten}
        for observation in batch:
            if _says_nothing_new(observation, *known.get(observation.native_id, (None, None))):
                self._report.unchanged(observation)
            else:
                yield observation

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
        defaults = self._catalogue.ci_class(name).defaults
        return Sighting(observation, {"class": name, **defaults, **checked.unknown, **checked.values})

    def _reject_ci(self, observation: Observation, reason: str) -> None:
        row = {"native_id": observation.native_id, **(observation.attributes or {})}
        self._reject(Rejection("cis", observation.line, row, reason))

    def _reject(self, rejection: Rejection) -> None:
        self._report.reject(rejection)
        self._rejected(rejection)


def _size(observation: Observation) -> int:
    return (observation.attributes is not None) + len(observation.relations)


def _batches(observations: Iterable[Observation | Rejection], reject: Reject) -> Iterator[list[Observation]]:
    """Group observations into batches of about BATCH rows with distinct native ids."""
    batch: dict[str, Observation] = {}
    size = 0
    for observation in observations:
        if isinstance(observation, Rejection):
            reject(observation)
            continue
        if size >= BATCH or observation.native_id in batch:
            yield list(batch.values())
            batch, size = {}, 0
        batch[observation.native_id] = observation
        size += _size(observation)
    if batch:
        yield list(batch.values())


def _says_nothing_new(observation: Observation, attributes: str | None, relations: str | None) -> bool:
    """Whether a record, as it keeps attributes and relations, says all that the observation says."""
    if observation.attributes is not None and attributes_text(observation.attributes) != attributes:
        return False
    if not observation.relations or relations_text(observation.relations) == relations:
        return True
    said = orjson.loads(relations or "[]")
    return all(relation in said for relation in observation.relations)
