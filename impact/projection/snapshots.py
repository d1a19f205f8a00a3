"""Projections by revision: the newest, and those that people still look at."""

from collections.abc import Mapping
from contextlib import suppress
from threading import Lock
from typing import Protocol

from cmdb.database import Database
from cmdb.history import Revision, latest, moment
from impact.projection.follow import follow
from impact.projection.load import load
from impact.projection.projection import Projection
from impact.projection.saved import Saved

KEPT = 3
SAVED_EVERY = 50
"""Revisions; after a start, as many are followed at most."""


class Moments(Protocol):
    """Where graphs come from."""

    def at(self, as_of: str | None) -> Projection:
        """The graph at a moment, or now."""


class Held:
    """The same projections, but now is when this was made."""

    def __init__(self, moments: Moments) -> None:
        self._moments, self._now = moments, moments.at(None)

    def at(self, as_of: str | None) -> Projection:
        """The graph at a moment, or when this was made."""
        return self._moments.at(as_of) if as_of else self._now


class Snapshots:
    """Projections of one database; safe to share between threads.

    `strengths` gives the strength of each relationship type where a relationship does not say. Each question
    keeps the projection that it was given; only one that needs a newer one waits until that is there. With
    `saved`, a start begins with the projection in that file, which several processes may share.
    """

    def __init__(self, database: Database, strengths: Mapping[str, str], saved: Saved | None = None) -> None:
        self._database = database
        self._strengths = strengths
        self._saved = saved
        self._saved_seq = 0
        """Of what is in the file; 0 where a start from it would not be quick."""
        self._newest: Projection | None = None
        self._kept: dict[int, Projection] = {}
        self._catching_up, self._looking_back, self._keeping, self._saving = (Lock() for _ in range(4))

    def at(self, as_of: str | None) -> Projection:
        """The graph at a moment (as `cmdb.history.moment` names them), or now.

        Now includes everything committed before the call.
        """
        if as_of is None:
            return self._now(latest(self._database))
        revision = moment(self._database, as_of)
        return self._kept.get(revision.seq) or self._then(revision)

    def _now(self, revision: Revision) -> Projection:
        """The newest projection, at least as new as the revision."""
        newest = self._newest
        if newest is None or newest.revision.seq < revision.seq:
            with self._catching_up:
                newest = self._newest or self._start()
                if newest is None or newest.revision.seq < revision.seq:
                    newest = self._made(newest, revision)
                self._newest = self._keep(newest)
            self._save(newest)
        return newest

    def _then(self, revision: Revision) -> Projection:
        with self._looking_back:
            return self._kept.get(revision.seq) or self._keep(self._made(self._newest, revision))

    def _start(self) -> Projection | None:
        projection = self._saved.read(self._database, self._strengths) if self._saved else None
        self._saved_seq = projection.revision.seq if projection else 0
        return projection

    def _made(self, known: Projection | None, revision: Revision) -> Projection:
        """The projection of a revision, from another one if that is less work."""
        projection = known and follow(self._database, known, revision)
        if projection is None:
            projection = load(self._database, self._strengths, revision)
            self._saved_seq = 0
        return projection

    def _keep(self, projection: Projection) -> Projection:
        with self._keeping:
            kept = {**self._kept, projection.revision.seq: projection}
            self._kept = {seq: kept[seq] for seq in list(kept)[-KEPT:]}
        return projection

    def _save(self, projection: Projection) -> None:
        """Save it, unless what is saved is nearly as new; a question does not fail for want of a file."""
        due = not self._saved_seq or projection.revision.seq >= self._saved_seq + SAVED_EVERY
        if self._saved and due and self._saving.acquire(blocking=False):
            try:
                with suppress(OSError):
                    self._saved.write(projection)
                    self._saved_seq = projection.revision.seq
            finally:
                self._saving.release()
