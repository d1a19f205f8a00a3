"""An import of records: rows in, batches of revisions out, and a report."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from uuid_utils import uuid7

from cmdb.arrivals.cis import known_cis
from cmdb.arrivals.foreign import Foreign
from cmdb.arrivals.report import RecordReport
from cmdb.database import Database
from cmdb.history import Author, Draft, revise
from cmdb.reconciliation import Rejection
from cmdb.records import Arrived, Desk, Outcome, Preparation, Prepared, take_in
from cmdb.runs.overlap import overlapped

BATCH = 750
"""Entries of logs in a batch: small, since who opens a record of the kind meanwhile waits for its end."""

T = TypeVar("T")
Pair = tuple[Foreign, Prepared]
Reject = Callable[[Rejection], None]
Progress = Callable[[int], None]
"""Called with the number of records done so far."""


def take_in_records(
    desk: Desk,
    author: Author,
    source: str,
    rows: Iterable[Foreign | Rejection],
    *,
    dry_run: bool = False,
    progress: Progress = lambda _: None,
    rejected: Reject = lambda _: None,
) -> RecordReport:
    """Write what records of a source say that is new; and report it.

    Importing the same again writes nothing; a killed import is simply run again. A dry run rehearses each
    batch in a transaction of which nothing remains. Memory is bounded by a batch, and by the native ids.
    """
    report = RecordReport(str(uuid7()), source, dry_run)
    taking = _Taking(desk, replace(author, run=report.run), report, rejected)
    done = 0
    for batch, arrived in overlapped(taking.batches(rows), taking.write):
        if done == 0:
            # Plans made while there were no records scan labels, and would stay.
            desk.database.define("CALL db.clearQueryCaches()")
        taking.count(batch, arrived)
        done += len(batch)
        progress(done)
    return report


@dataclass
class _Taking:
    desk: Desk
    author: Author
    report: RecordReport
    rejected: Reject
    seen: set[str] = field(default_factory=set)

    def batches(self, rows: Iterable[Foreign | Rejection]) -> Iterator[list[Pair]]:
        """Records as they will be written, some at a time."""
        preparation = Preparation(self.desk)
        for batch in _batches(self._foreign(rows)):
            pairs = []
            cis = self._known(batch)
            for foreign in batch:
                links = frozenset(cis[name] for name in foreign.cis if name in cis)
                try:
                    pairs.append((foreign, preparation.prepare(foreign.arrival(self.report.source, links))))
                except ValueError as error:
                    self._reject(foreign, str(error))
            yield pairs

    def write(self, batch: list[Pair]) -> tuple[list[Pair], list[Arrived]]:
        """Write a batch as one revision, if it says anything new; tell what became of each."""
        prepared = [one for _, one in batch]
        return batch, self._write(lambda draft: take_in(draft, self.desk, prepared))

    def count(self, batch: list[Pair], arrived: list[Arrived]) -> None:
        """Count what became of a batch."""
        for (foreign, _), one in zip(batch, arrived, strict=True):
            if one.outcome is Outcome.REJECTED:
                self._reject(foreign, one.reason)
            else:
                self.report.add(foreign, one)

    def _write(self, work: Callable[[Draft], T]) -> T:
        database = self.desk.database
        if self.report.dry_run:
            return _rehearsed(database, work)
        result, revision = revise(database, self.author, work)
        if revision:
            self.report.revised(revision.seq)
        return result

    def _foreign(self, rows: Iterable[Foreign | Rejection]) -> Iterator[Foreign]:
        """Records, each the first time that it comes."""
        for row in rows:
            if isinstance(row, Rejection):
                self.report.reject([row])
                self.rejected(row)
            elif row.native_id in self.seen:
                self._reject(row, f"{row.native_id} is there twice; what tells of one record stands together")
            else:
                self.seen.add(row.native_id)
                yield row

    def _known(self, batch: Sequence[Foreign]) -> Mapping[str, str]:
        """The CIs that a batch speaks of, by what the source calls them; counts those that are not known."""
        names = {name for foreign in batch for name in foreign.cis}
        known = known_cis(self.desk.database, self.report.source, names) if names else {}
        self.report.unknown_cis.update(name for foreign in batch for name in foreign.cis if name not in known)
        return known

    def _reject(self, foreign: Foreign, reason: str) -> None:
        rejections = foreign.rejections(reason)
        self.report.count(foreign.kind, Outcome.REJECTED)
        self.report.reject(rejections)
        for rejection in rejections:
            self.rejected(rejection)


def _rehearsed(database: Database, work: Callable[[Draft], T]) -> T:
    (revision_id,) = database.numbers("revision_id", 1)
    with database.rehearsal() as tx:
        return work(Draft(database, tx, revision_id))


def _batches(records: Iterable[Foreign]) -> Iterator[list[Foreign]]:
    batch: list[Foreign] = []
    size = 0
    for one in records:
        size += len(one.history)
        if batch and size > BATCH:
            yield batch
            batch, size = [], len(one.history)
        batch.append(one)
    if batch:
        yield batch
