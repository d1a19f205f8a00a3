"""Two ways to carry out what a run calls for: for good, or to see what would come of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from cmdb.database import Database
from cmdb.history import Author, Draft, revise
from cmdb.runs.preview import preview
from cmdb.runs.report import Report

T = TypeVar("T")


class Writer(Protocol):
    """Does a piece of work in a write transaction."""

    def __call__(self, work: Callable[[Draft], T]) -> T:
        """Do it, and return its result."""
        ...


class _Committing:
    """Each piece of work is a revision of its own, whose number (seq) `revised` is told."""

    def __init__(self, database: Database, author: Author, revised: Callable[[int], None]) -> None:
        self._database = database
        self._author = author
        self._revised = revised

    def __call__(self, work: Callable[[Draft], T]) -> T:
        result, revision = revise(self._database, self._author, work)
        if revision:
            self._revised(revision.seq)
        return result


@contextmanager
def committing(
    database: Database, author: Author, revised: Callable[[int], None] = lambda _: None
) -> Iterator[Writer]:
    """Each piece of work becomes a revision."""
    yield _Committing(database, author, revised)


@contextmanager
def rehearsing(database: Database, report: Report) -> Iterator[Writer]:
    """All work goes into one transaction, of which nothing remains; the report tells what it changed."""
    (revision_id,) = database.numbers("revision_id", 1)
    with database.rehearsal() as tx:
        draft = Draft(database, tx, revision_id)
        yield lambda work: work(draft)
        report.changes = preview(tx, draft)
