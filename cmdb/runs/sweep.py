"""A sweep: lets time pass, so that what was seen long ago counts less, and at last no more."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author, Draft
from cmdb.reconciliation.observation import names_by_id
from cmdb.reconciliation.records import lock_records
from cmdb.reconciliation.rewriting import rewrite
from cmdb.runs.chunks import chunks
from cmdb.runs.deriving import derive_relationships
from cmdb.runs.retirement import withdraw
from cmdb.runs.tally import unpack
from cmdb.runs.writers import Writer, committing

BATCH = 500
"""Records a transaction."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many records count no more, are stale now, and are so no longer; and what rules changed."""

    withdrawn: int
    stale: int
    fresh: int
    derived: int


def sweep(database: Database, catalogue: Catalogue, author: Author, now: datetime | None = None) -> Swept:
    """Withdraw what is overdue, note what is stale, and derive relationships, all as of `now`."""
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    with committing(database, author) as write:
        return Swept(
            withdraw(database, catalogue, write, moment.isoformat()),
            *_age(database, catalogue, write, moment),
            derive_relationships(database, catalogue, write),
        )


def last_seen(database: Database) -> dict[int, str]:
    """When each record (by number) was last seen by a run that ended, as far as runs tell."""
    rows = database.read(
        "MATCH (run:Run) WHERE run.seen IS NOT NULL RETURN run.started AS at, run.seen AS seen "
        "ORDER BY run.started"
    )
    sets = [unpack(row["seen"]) for row in rows]
    last = np.zeros(max((int(numbers[-1]) + 1 for numbers in sets if len(numbers)), default=0), np.int32)
    for place, numbers in enumerate(sets, 1):
        last[numbers] = place
    seen = np.flatnonzero(last)
    times = [row["at"] for row in rows]
    return {
        number: times[place - 1] for number, place in zip(seen.tolist(), last[seen].tolist(), strict=True)
    }


def _age(database: Database, catalogue: Catalogue, write: Writer, now: datetime) -> tuple[int, int]:
    """Note what is stale among records that share a CI: only there it matters who is believed."""
    seen = last_seen(database)
    rows = database.read(
        """
        MATCH (ci:CI) WHERE COUNT { (ci)<-[:DESCRIBES]-() } > 1
        MATCH (record:SourceRecord)-[:DESCRIBES]->(ci)
        WHERE record.attributes IS NOT NULL AND record.withdrawn IS NULL
        RETURN record.key AS key, record.no AS no, record.source AS source, ci.class AS class,
               record.observed_at AS observed, record.stale IS NOT NULL AS stale
        """
    )
    aged: dict[bool, list[str]] = {True: [], False: []}
    for row in rows:
        if names_by_id(row["source"]):
            continue
        at = datetime.fromisoformat(max(row["observed"], seen.get(row["no"], "")))
        stale = now - at > timedelta(days=catalogue.ci_class(row["class"]).stale_days)
        if stale != row["stale"]:
            aged[stale].append(row["key"])
    for stale, keys in aged.items():
        for some in chunks(sorted(keys), BATCH):
            write(partial(_note, catalogue=catalogue, keys=some, stale=stale))
    return len(aged[True]), len(aged[False])


def _note(draft: Draft, catalogue: Catalogue, keys: tuple[str, ...], stale: bool) -> None:
    known = lock_records(draft, keys)
    rewrite(draft, catalogue, [(one, replace(one.record, stale=stale)) for one in known.values()])
