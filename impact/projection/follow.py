"""From the graph at one revision to the graph at another, at a cost that follows what has changed."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from neo4j import ManagedTransaction

from cmdb.database import Database
from cmdb.history import Kind, Past, Revision
from impact.projection.present import Present, read_some
from impact.projection.projection import Projection
from impact.projection.rewind import cis_at, read_settled_past, relationships_at
from impact.projection.rows import NOT_IN_USE, CIBlock
from impact.projection.touched import Touched, read_dependents, read_touched

FEW = 1000
SHARE = 0.2
"""Of the CIs: from there on, and beyond `FEW`, reading all is cheaper."""
MOST_WASTE = 0.3


def follow(database: Database, projection: Projection, revision: Revision) -> Projection | None:
    """The projection of another revision, later or earlier; None where it should be loaded.

    What has been touched since the earlier of the two is read anew and rewound: so the result is exact
    whatever is written meanwhile.
    """
    since = min(projection.revision.seq, revision.seq)
    touched = database.write(lambda tx: read_touched(tx, since))
    if touched.purged or _too_much(projection, touched):
        return None
    present, past = _then(database, touched, revision)
    was, used = _in_use(projection, touched.cis), _used(cis_at(present, past))
    if moved := was ^ used:
        dependents = database.write(lambda tx: read_dependents(tx, moved, revision))
        touched = touched._replace(owners=touched.owners | moved | dependents)
        if _too_much(projection, touched):
            return None
        present, past = _then(database, touched, revision)
    return projection.replaced(
        revision, cis_at(present, past), was - used, sorted(touched.owners), relationships_at(present, past)
    )


def _too_much(projection: Projection, touched: Touched) -> bool:
    most = max(FEW, SHARE * len(projection.cis))
    return max(len(touched.cis), len(touched.owners)) > most or projection.waste > MOST_WASTE


def _then(database: Database, touched: Touched, revision: Revision) -> tuple[Present, Past]:
    """What has been touched as it is now, and as it was after the revision."""

    def work(tx: ManagedTransaction) -> tuple[Present, Past]:
        present = read_some(lambda query, **rows: list(tx.run(query, rows)), touched.cis, touched.owners)
        return present, read_settled_past(tx, revision)

    present, past = database.write(work)
    numbers = {Kind.CI: ("no", touched.cis), Kind.RELATIONSHIP: ("dependent_no", touched.owners)}
    before = {
        key: state
        for key, state in past.before.items()
        if key[0] in numbers and state[numbers[key[0]][0]] in numbers[key[0]][1]
    }
    return present, replace(past, before=before)


def _in_use(projection: Projection, nos: Collection[int]) -> set[int]:
    found = projection.cis.find(nos).tolist()
    return {no for no, index in zip(nos, found, strict=True) if index >= 0}


def _used(blocks: Iterable[CIBlock]) -> set[int]:
    return {
        no
        for block in blocks
        for no, code in zip(block.nos.tolist(), block.profile.tolist(), strict=True)
        if block.profiles[code].status not in NOT_IN_USE
    }
