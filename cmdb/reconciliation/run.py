"""An import run: observations in, batches of revisions out, and a report."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

import orjson
from uuid_utils import uuid7

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput, LinchpinError
from cmdb.history import Author, Draft, Revision, revise
from cmdb.reconciliation.merging import Effect, Outcome
from cmdb.reconciliation.observation import Observation
from cmdb.reconciliation.overlap import overlapped
from cmdb.reconciliation.pending import pending_relations
from cmdb.reconciliation.preparation import BATCH, Batch, Preparation, Reject
from cmdb.reconciliation.report import Rejection, Report
from cmdb.reconciliation.sighting import take_in
from cmdb.reconciliation.view import View

Progress = Callable[[int], None]
"""Called with the number of rows done so far."""


class Written(NamedTuple):
    """A number of rows, and what writing them did."""

    rows: int
    effects: list[Effect]
    revision: Revision | None


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
        observations: Iterable[Observation | Rejection],
        progress: Progress = lambda _: None,
        rejected: Reject = lambda _: None,
    ) -> Report:
        """Write what the observations say that is new; and report it."""
        preparation = Preparation(self._database, self._catalogue, self._view, self.report, rejected)
        self._note("running")
        try:
            self._write_all(preparation.batches(observations), progress)
        except BaseException:
            with suppress(LinchpinError):
                self._note("failed")
            raise
        self.report.pending = pending_relations(self._database, self._view.source, self._view.scope)
        self._note("done")
        return self.report

    def _write_all(self, batches: Iterable[Batch], progress: Progress) -> None:
        done = 0
        small = self._known() < BATCH
        for number, written in enumerate(overlapped(batches, self._write)):
            for effect in written.effects:
                self.report.add(effect)
            if written.revision:
                self.report.revised(written.revision.seq)
            if number == 0 and small and self._created() >= BATCH // 2:
                # Plans made while the database was empty scan labels, and would stay. In a larger one
                # plans are good, and whoever writes meanwhile would wait for new ones.
                self._database.define("CALL db.clearQueryCaches()")
            done += written.rows
            progress(done)

    def _known(self) -> int:
        (row,) = self._database.read("MATCH (record:SourceRecord) RETURN count(record) AS count")
        return int(row["count"])

    def _created(self) -> int:
        return sum(table[Outcome.CREATED.value] for table in (self.report.cis, self.report.relationships))

    def _write(self, batch: Batch) -> Written:
        if not batch.sightings:
            return Written(batch.rows, [], None)

        def work(draft: Draft) -> list[Effect]:
            return take_in(draft, self._catalogue, self._view, batch.sightings)

        return Written(batch.rows, *revise(self._database, self._author, work))

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
