"""What the end of a complete run tells: what is missing, and what has been missing for too long."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
import orjson

from cmdb.catalogue import MANUAL, Catalogue
from cmdb.database import Database
from cmdb.history import Draft
from cmdb.reconciliation.evaluation import Record
from cmdb.reconciliation.observation import relation_identity
from cmdb.reconciliation.records import lock_records
from cmdb.reconciliation.rewriting import rewrite
from cmdb.reconciliation.view import View
from cmdb.runs.chunks import chunks
from cmdb.runs.report import Report
from cmdb.runs.tally import Tally

BATCH = 500
"""Records a transaction."""

Write = Callable[[Callable[[Draft], Any]], Any]
"""Does work in a transaction of its own."""


class Retirement:
    """The end of a run that declares to have seen all of its scope."""

    def __init__(
        self, database: Database, catalogue: Catalogue, view: View, tally: Tally, report: Report
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._view = view
        self._tally = tally
        self._report = report
        self._missing: list[str] = []

    def find(self, at_most: float) -> str | None:
        """Find what is missing; why a person must look at it first, None where nobody need.

        `at_most` is the share of CIs, relationships or group members that may be missing at once.
        """
        present = self._present()
        seen = self._tally.numbers
        missing = np.setdiff1d(np.array(present, dtype=np.int64), seen)
        self._missing = [
            native_id
            for native_id in self._native_ids(missing.tolist())
            if native_id not in self._tally.rejected_ids
        ]
        lost = [identity for several in self._tally.lost.values() for identity in several]
        shares = {
            "CIs": (len(self._missing), len(present)),
            "relationships": (len(lost), self._tally.relations),
            "group members": (sum(bool(group) for *_, group in lost), self._tally.members),
        }
        reasons = [
            f"{gone:,} of {all_:,} {what} ({gone / all_:.0%})"
            for what, (gone, all_) in shares.items()
            if all_ and gone / all_ > at_most
        ]
        if not reasons:
            return None
        return (
            f"The run misses {' and '.join(reasons)}, more than {at_most:.0%}: nothing was retired. "
            "If that is right, run it again and allow a greater share to be missing."
        )

    def carry_out(self, write: Write) -> None:
        """Note since when records are missing, and take lost relations out of them."""
        for some in chunks(self._missing, BATCH):
            write(partial(self._miss, native_ids=some))
        self._report.missing += len(self._missing)
        if self._tally.unsure_relations or not self._tally.lost:
            return
        for lost in chunks(sorted(self._tally.lost), BATCH):
            write(partial(self._lose, native_ids=lost))
        self._report.relationships["withdrawn"] += sum(map(len, self._tally.lost.values()))

    def _present(self) -> list[int]:
        """The numbers of the scope's records that were observed before the run began and are not missed."""
        (row,) = self._database.read(
            """
            MATCH (record:SourceRecord)
            WHERE record.key STARTS WITH $prefix AND record.attributes IS NOT NULL
              AND record.missing_since IS NULL AND record.observed_at < $started
            RETURN collect(record.no) AS numbers
            """,
            prefix=self._view.key(""),
            started=self._view.observed_at,
        )
        return list(row["numbers"])

    def _native_ids(self, numbers: list[int]) -> list[str]:
        if not numbers:
            return []
        (row,) = self._database.read(
            """
            MATCH (record:SourceRecord)
            WHERE record.key STARTS WITH $prefix AND record.no IN $numbers
            RETURN collect(record.native_id) AS ids
            """,
            prefix=self._view.key(""),
            numbers=numbers,
        )
        return sorted(row["ids"])

    def _miss(self, draft: Draft, native_ids: Iterable[str]) -> None:
        self._rewrite(draft, native_ids, lambda old: replace(old, missing_since=self._view.observed_at))

    def _lose(self, draft: Draft, native_ids: Iterable[str]) -> None:
        self._rewrite(draft, native_ids, self._without_lost)

    def _without_lost(self, old: Record) -> Record:
        lost = self._tally.lost[old.native_id]
        return replace(old, relations=tuple(r for r in old.relations if relation_identity(r) not in lost))

    def _rewrite(self, draft: Draft, native_ids: Iterable[str], change: Callable[[Record], Record]) -> None:
        """Change records, but for those that a later run has seen meanwhile."""
        known = lock_records(draft, map(self._view.key, native_ids))
        rewrite(
            draft,
            self._catalogue,
            [
                (one, change(one.record))
                for one in known.values()
                if one.record.observed_at <= self._view.observed_at
            ],
        )


def overdue(database: Database, catalogue: Catalogue, now: str) -> list[str]:
    """The keys of records that have been missing for longer than their class tolerates."""
    rows = database.read(
        """
        MATCH (record:SourceRecord)
        WHERE record.missing_since IS NOT NULL AND record.withdrawn IS NULL
        RETURN record.key AS key, record.missing_since AS since, record.attributes AS attributes
        """
    )
    return sorted(row["key"] for row in rows if _is_overdue(catalogue, row, datetime.fromisoformat(now)))


def _is_overdue(catalogue: Catalogue, row: Mapping[str, str], now: datetime) -> bool:
    name = orjson.loads(row["attributes"] or "{}").get("class")
    if name not in catalogue.classes:
        return False
    grace = timedelta(days=catalogue.classes[name].grace_days)
    return now - datetime.fromisoformat(row["since"]) > grace


def withdraw(database: Database, catalogue: Catalogue, write: Write, now: str) -> int:
    """Let records count no more that are overdue; return how many."""
    keys = overdue(database, catalogue, now)
    for some in chunks(keys, BATCH):
        write(partial(_withdraw, catalogue=catalogue, keys=some))
    return len(keys)


def _withdraw(draft: Draft, catalogue: Catalogue, keys: Iterable[str]) -> None:
    known = lock_records(draft, keys)
    rewrite(
        draft,
        catalogue,
        [
            (one, replace(one.record, withdrawn=True))
            for one in known.values()
            if one.record.missing_since and one.record.source != MANUAL
        ],
    )
