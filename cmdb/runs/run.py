"""An import run: rows in, batches of revisions out, and a report."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from uuid_utils import uuid7

from cmdb.catalogue import MANUAL, Catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput, LinchpinError
from cmdb.history import Author, Draft
from cmdb.people import Team, learn_teams
from cmdb.reconciliation.merging import Effect, Outcome
from cmdb.reconciliation.observation import Gap, Observation, Rejection
from cmdb.reconciliation.sighting import take_in
from cmdb.reconciliation.view import View
from cmdb.runs.deriving import derive_relationships
from cmdb.runs.kept import note_run
from cmdb.runs.overlap import overlapped
from cmdb.runs.pending import pending_relations
from cmdb.runs.preparation import BATCH, Preparation, Reject, batches, size
from cmdb.runs.report import Report
from cmdb.runs.retirement import Retirement, withdraw
from cmdb.runs.spool import descriptions_first
from cmdb.runs.tally import Tally
from cmdb.runs.writers import Writer, committing, rehearsing

Progress = Callable[[int], None]
"""Called with the number of rows done so far."""

Row = Observation | Rejection | Team | Gap
"""What a source yields."""

RETIRE_AT_MOST = 0.2
"""The share of what was there that may be missing at once before a person is asked."""


class Run:
    """One import of one source's scope. A killed run is simply run again.

    `complete`: it sees all that the source holds of the scope, so what it does not see is missing, unless
    that is more than the share `retire_at_most`. `dry_run`: it reports, and writes nothing. `observed_at` is
    when the source was looked at (unset: now).
    """

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        author: Author,
        source: str,
        scope: str = "",
        *,
        complete: bool = False,
        dry_run: bool = False,
        retire_at_most: float = RETIRE_AT_MOST,
        observed_at: datetime | None = None,
    ) -> None:
        if source == MANUAL:
            raise InvalidInput(f"The source {MANUAL!r} is for people's edits; name another one.")
        if ":" in source + scope:
            raise InvalidInput(f"source {source!r} and scope {scope!r} must not contain a colon")
        self._database = database
        self._catalogue = catalogue
        self.id = str(uuid7())
        self._author = replace(author, run=self.id)
        self._view = View(source, scope, (observed_at or datetime.now(UTC)).astimezone(UTC).isoformat())
        self._retire_at_most = retire_at_most
        self._tally = Tally()
        self.report = Report(self.id, source, scope, complete, dry_run)

    def take_in(
        self,
        rows: Iterable[Row],
        progress: Progress = lambda _: None,
        rejected: Reject = lambda _: None,
    ) -> Report:
        """Write what the rows say that is new; and report it."""
        preparation = Preparation(
            self._database, self._catalogue, self._view, self.report, self._tally, rejected
        )
        source, scope = self._view.source, self._view.scope
        if self.report.dry_run:
            writing = rehearsing(self._database, self.report)
        else:
            writing = committing(self._database, self._author, self.report.revised)
        self._note("running")
        try:
            with writing as write:
                things = descriptions_first(self._things(rows))
                self._write_all(batches(things), partial(self._write, preparation, write), progress)
                if self.report.complete:
                    self._end(write)
                if self._catalogue.rules:
                    self.report.derived = derive_relationships(self._database, self._catalogue, write)
                self.report.pending = write(partial(pending_relations, source=source, scope=scope))
        except BaseException:
            with suppress(LinchpinError):
                self._note("failed")
            raise
        self._note("held" if self.report.held else "done")
        return self.report

    def _things(self, rows: Iterable[Row]) -> Iterator[Observation | Rejection]:
        """The rows that become records; teams are saved when all have come."""
        teams = []
        for row in rows:
            if isinstance(row, Team):
                teams.append(row)
            elif isinstance(row, Gap):
                self.report.gaps.append(row.what)
            else:
                yield row
        self.report.teams["saved"] += len(teams)
        if teams and not self.report.dry_run:
            revision = learn_teams(self._database, self._author, teams)
            if revision:
                self.report.revised(revision.seq)

    def _write_all(
        self,
        reading: Iterable[list[Observation | Rejection]],
        write: Callable[[list[Observation | Rejection]], int],
        progress: Progress,
    ) -> None:
        """Write each batch while the next one is being read."""
        done = 0
        small = self._known() < BATCH
        for number, rows in enumerate(overlapped(reading, write)):
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

    def _write(self, preparation: Preparation, write: Writer, batch: list[Observation | Rejection]) -> int:
        """Write a batch as one revision, if it says anything new; return how many rows it had."""
        if sightings := preparation.sightings(batch):

            def work(draft: Draft) -> list[Effect]:
                return take_in(draft, self._catalogue, self._view, sightings)

            for sighting, effect in zip(sightings, write(work), strict=True):
                self.report.add(effect)
                self._tally.took(sighting.observation.native_id, effect)
        return sum(map(size, batch))

    def _end(self, write: Writer) -> None:
        """Retire what is missing, if all was seen and a person need not look first."""
        if self.report.gaps or self._tally.unsure:
            what = "; ".join(self.report.gaps) or "rows were rejected that name no native id"
            self.report.held = f"Not all could be read, so nothing is missing: {what}."
            return
        retirement = Retirement(self._database, self._catalogue, self._view, self._tally, self.report)
        self.report.held = retirement.find(self._retire_at_most)
        if self.report.held is None:
            retirement.carry_out(write)
            self.report.retired = withdraw(self._database, self._catalogue, write, self._view.observed_at)

    def _note(self, status: str) -> None:
        if not self.report.dry_run:
            note_run(self._database, self.report, self._author, self._view, status, self._tally.numbers)
