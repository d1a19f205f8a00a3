"""An import run: observations in, batches of revisions out, and a report."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import orjson
from uuid_utils import uuid7

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput, LinchpinError
from cmdb.history import Author, Draft, revise
from cmdb.reconciliation.merging import Effect, Outcome
from cmdb.reconciliation.overlap import overlapped
from cmdb.reconciliation.pending import pending_relations
from cmdb.reconciliation.preparation import BATCH, Preparation, Reject, Row, batches, size
from cmdb.reconciliation.report import Report
from cmdb.reconciliation.sighting import take_in
from cmdb.reconciliation.view import View

Progress = Callable[[int], None]
"""Called with the number of rows done so far."""


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

    def take_in(
        self,
        observations: Iterable[Row],
        progress: Progress = lambda _: None,
        rejected: Reject = lambda _: None,
    ) -> Report:
        """Write what the observations say that is new; and report it."""
        preparation = Preparation(self._database, self._catalogue, self._view, self.report, rejected)
        self._note("running")
        try:
            self._write_all(batches(observations), preparation, progress)
        except BaseException:
            with suppress(LinchpinError):
                self._note("failed")
            raise
        self.report.pending = pending_relations(self._database, self._view.source, self._view.scope)
        self._note("done")
        return self.report

    def _write_all(self, reading: Iterable[list[Row]], preparation: Preparation, progress: Progress) -> None:
        """Write each batch while the next one is being read."""
        done = 0
        small = self._known() < BATCH
        for number, rows in enumerate(overlapped(reading, partial(self._write, preparation))):
            if number == 0 and small and self._created() >= BATCH // 2:
                # Plans made while the database was empty scan labels, and would stay. In a larger one
                # plans are good, and whoever writes meanwhile would wait for new ones.
                self._database.define("CALL db.clearQueryCaches()")
            done += rows
            progress(done)

    def _known(self) -> int:
        (row,) = self._database.read("MATCH (record:SourceRecord) RETURN count(record) AS count")
        return int(row["count"])

    def _created(self) -> int:
        return sum(table[Outcome.CREATED.value] for table in (self.report.cis, self.report.relationships))

    def _write(self, preparation: Preparation, batch: list[Row]) -> int:
        """Write a batch as one revision, if it says anything new; return how many rows it had."""
        if sightings := preparation.sightings(batch):

            def work(draft: Draft) -> list[Effect]:
                return take_in(draft, self._catalogue, self._view, sightings)

            effects, revision = revise(self._database, self._author, work)
            for effect in effects:
                self.report.add(effect)
            if revision:
                self.report.revised(revision.seq)
        return sum(map(size, batch))

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
