"""From rows to what is to be written: in batches, less what says nothing new, checked."""

from collections.abc import Callable, Iterable, Iterator

import orjson

from cmdb.catalogue import Catalogue, check_attributes
from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.reconciliation.observation import Observation
from cmdb.reconciliation.records import attributes_text, relations_text
from cmdb.reconciliation.report import Rejection, Report
from cmdb.reconciliation.settlement import ci_values
from cmdb.reconciliation.sighting import Sighting
from cmdb.reconciliation.view import View

BATCH = 2000
"""Attributes and relations a transaction: small enough that a person's own write never waits long."""

Reject = Callable[[Rejection], None]
"""Called with every rejected row."""


Row = Observation | Rejection


class Preparation:
    """Checks rows, and counts in the report what need not or cannot be written."""

    def __init__(
        self, database: Database, catalogue: Catalogue, view: View, report: Report, rejected: Reject
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._view = view
        self._report = report
        self._rejected = rejected

    def sightings(self, batch: Iterable[Row]) -> list[Sighting]:
        """What is to be written of a batch; native ids must differ."""
        observations = []
        for row in batch:
            if isinstance(row, Rejection):
                self._reject(row)
            else:
                observations.append(row)
        return [sighting for one in self._news(observations) if (sighting := self._checked(one))]

    def _news(self, batch: list[Observation]) -> list[Observation]:
        """Leave out what says nothing new, without a lock: only what is written must be certain."""
        (row,) = self._database.read(
            """
            UNWIND $keys AS key
            MATCH (record:SourceRecord {key: key})
            RETURN collect([record.native_id, [record.attributes, record.relations]]) AS records
            """,
            keys=[self._view.key(observation.native_id) for observation in batch],
        )
        known = dict(row["records"])
        news: list[Observation] = []
        old: list[Observation] = []
        for observation in batch:
            said = known.get(observation.native_id, (None, None))
            (old if _says_nothing_new(observation, *said) else news).append(observation)
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
        self._rejected(rejection)


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
        room -= size(row)
        if native_id is not None:
            seen.add(native_id)
    if batch:
        yield batch


def size(row: Row) -> int:
    """How many rows of a table it stands for."""
    if isinstance(row, Rejection):
        return 1
    return (row.attributes is not None) + len(row.relations)


def _says_nothing_new(observation: Observation, attributes: str | None, relations: str | None) -> bool:
    """Whether a record, as it keeps attributes and relations, says all that the observation says."""
    if observation.attributes is not None and attributes_text(observation.attributes) != attributes:
        return False
    if not observation.relations or relations_text(observation.relations) == relations:
        return True
    said = orjson.loads(relations or "[]")
    return all(relation in said for relation in observation.relations)
