"""An import run: observations in, batches of revisions out, and a report."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import orjson
from uuid_utils import uuid7

from cmdb.catalogue import Catalogue, check_attributes
from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.history import Author, Draft, revise
from cmdb.reconciliation.merging import Effect, Outcome
from cmdb.reconciliation.observation import Observation
from cmdb.reconciliation.pending import pending_relations
from cmdb.reconciliation.records import attributes_text, relations_text
from cmdb.reconciliation.report import Rejection, Report
from cmdb.reconciliation.sighting import Sighting, take_in
from cmdb.reconciliation.view import View

BATCH = 2000
"""Attributes and relations a transaction: small enough that a person's own write never waits long."""

Progress = Callable[[int], None]
"""Called with the number of rows done so far."""

Reject = Callable[[Rejection], None]
"""Called with every rejected row."""


class Run:
    """One import of one source's scope. A killed run is simply run again."""

    def __init__(
        self, database: Database, catalogue: Catalogue, author: Author, source: str, scope: str = ""
    ) -> None:
        if ":" in source + scope:
            raise InvalidInput(f"source {source!r} and scope {scope!r} must not contain a colon")
        self._database = database
        self._catalogue = catalogue
        self.id = str(uuid7())
        self._author = replace(author, run=self.id)
        self._view = View(source, scope, datetime.now(UTC).isoformat())
        self.report = Report(self.id, source, scope)
        self._rejected: Reject = lambda _: None

    def take_in(
        self,
        observations: Iterable[Observation | Rejection],
        progress: Progress = lambda _: None,
        rejected: Reject = lambda _: None,
    ) -> Report:
        """Write what the observations say that is new; and report it."""
        self._rejected = rejected
        self._note("running")
        done = 0
        small = self._known() < BATCH
        for number, batch in enumerate(_batches(observations, self._reject)):
            self._take_in_batch(batch)
            if number == 0 and small and self._created() >= BATCH // 2:
                # Plans made while the database was empty scan labels, and would stay. In a larger one
                # plans are good, and whoever writes meanwhile would wait for new ones.
                self._database.define("CALL db.clearQueryCaches()")
            done += sum(map(_size, batch))
            progress(done)
        self.report.pending = pending_relations(self._database, self._view.source, self._view.scope)
        self._note("done")
        return self.report

    def _known(self) -> int:
        (row,) = self._database.read("MATCH (record:SourceRecord) RETURN count(record) AS count")
        return int(row["count"])

    def _created(self) -> int:
        return sum(table[Outcome.CREATED.value] for table in (self.report.cis, self.report.relationships))

    def _take_in_batch(self, batch: list[Observation]) -> None:
        sightings = [s for o in self._news(batch) if (s := self._checked(o))]
        if not sightings:
            return

        def work(draft: Draft) -> list[Effect]:
            return take_in(draft, self._catalogue, self._view, sightings)

        effects, revision = revise(self._database, self._author, work)
        for effect in effects:
            self.report.add(effect)
        if revision:
            self.report.revised(revision.seq)

    def _news(self, batch: list[Observation]) -> Iterator[Observation]:
        """Leave out what says nothing new, without a lock: only what is written must be certain."""
        (row,) = self._database.read(
            """
            UNWIND $keys AS key
            MATCH (record:SourceRecord {key: key})
            RETURN collect([record.native_id, record.attributes, record.relations]) AS records
            """,
            keys=[self._view.key(observation.native_id) for observation in batch],
        )
        known = {native_id: texts for native_id, *texts in row["records"]}
        for observation in batch:
            attributes, relations = known.get(observation.native_id, (None, None))
            if (
                observation.attributes is None or attributes_text(observation.attributes) == attributes
            ) and _covers(relations, observation):
                self.report.unchanged(observation)
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
        self.report.unknown_attributes.update(checked.unknown.keys())
        defaults = self._catalogue.ci_class(name).defaults
        return Sighting(observation, {"class": name, **defaults, **checked.unknown, **checked.values})

    def _reject_ci(self, observation: Observation, reason: str) -> None:
        row = {"native_id": observation.native_id, **(observation.attributes or {})}
        self._reject(Rejection("cis", observation.line, row, reason))

    def _reject(self, rejection: Rejection) -> None:
        self.report.reject(rejection)
        self._rejected(rejection)

    def _note(self, status: str) -> None:
        report = self.report
        self._database.write(
            lambda tx: tx.run(
                "MERGE (run:Run {id: $id}) SET run += $properties",
                id=self.id,
                properties={
                    "source": report.source,
                    "scope": report.scope,
                    "actor": self._author.actor,
                    "started": self._view.observed_at,
                    "status": status,
                    "cis": orjson.dumps(report.cis).decode(),
                    "relationships": orjson.dumps(report.relationships).decode(),
                },
            ).consume()
        )


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


def _covers(known: str | None, observation: Observation) -> bool:
    """Whether a record's relations, as text, say all that the observation says."""
    if not observation.relations or relations_text(observation.relations) == known:
        return True
    if known is None:
        return False
    said = orjson.loads(known)
    return all(relation in said for relation in observation.relations)
