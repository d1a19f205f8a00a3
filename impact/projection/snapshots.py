"""Projections by revision: the newest, and those that people still look at."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from cmdb.database import Database
from cmdb.history import latest, moment
from impact.projection.load import load
from impact.projection.projection import Projection

KEPT = 4


class Snapshots:
    """Projections of one database; safe to share between threads.

    `strengths` gives the strength of each relationship type where a relationship does not say.
    """

    def __init__(self, database: Database, strengths: Mapping[str, str]) -> None:
        self._database = database
        self._strengths = strengths
        self._kept: OrderedDict[int, Projection] = OrderedDict()
        self._lock = Lock()

    def at(self, as_of: str | None) -> Projection:
        """The graph at a moment (as `cmdb.history.moment` names them), or now.

        Now includes everything committed before the call.
        """
        revision = moment(self._database, as_of) if as_of else latest(self._database)
        with self._lock:
            if revision.seq not in self._kept:
                self._kept[revision.seq] = load(self._database, self._strengths, revision)
            self._kept.move_to_end(revision.seq)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[revision.seq]
