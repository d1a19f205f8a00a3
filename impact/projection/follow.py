"""From the graph at one revision to the graph at another, at a cost that follows what has changed."""

from collections.abc import Iterable
from dataclasses import replace

from cmdb.database import Database
from cmdb.history import Kind, Past, Revision, read_past, settled
from impact.projection.present import Present, read_by_hand, read_cis, read_relationships, spans
from impact.projection.projection import Projection
from impact.projection.rewind import cis_at, relationships_at
from impact.projection.rows import NOT_IN_USE, CIBlock
from impact.projection.touched import Touched, dependents, dependents_now, read_touched

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
    touched = settled(database, lambda tx: read_touched(tx, since))
    if touched.purged or _too_much(projection, touched):
        return None
    cis = _cis(database, touched.cis, revision)
    used = {no for block in cis for no in _used(block)}
    known = projection.cis.find(touched.cis)
    was_used = {no for no, index in zip(touched.cis, known, strict=True) if index >= 0}
    owners = touched.owners | _concerned(database, used ^ was_used, revision)
    if _too_much(projection, touched._replace(owners=owners)):
        return None
    present = Present([], list(read_relationships(database, spans(owners))), {})
    past = _past(database, revision, Kind.RELATIONSHIP, "dependent_no", owners)
    return projection.replaced(
        revision, cis, was_used - used, sorted(owners), relationships_at(present, past)
    )


def _too_much(projection: Projection, touched: Touched) -> bool:
    most = max(FEW, SHARE * len(projection.cis))
    return max(len(touched.cis), len(touched.owners)) > most or projection.waste > MOST_WASTE


def _cis(database: Database, nos: set[int], revision: Revision) -> list[CIBlock]:
    """Some CIs as they were after a revision."""
    if not nos:
        return []
    present = Present([read_cis(database, spans(nos))], [], read_by_hand(database, nos))
    return list(cis_at(present, _past(database, revision, Kind.CI, "no", nos)))


def _used(block: CIBlock) -> list[int]:
    profiles = (block.profiles[code] for code in block.profile)
    pairs = zip(block.nos.tolist(), profiles, strict=True)
    return [no for no, profile in pairs if profile.status not in NOT_IN_USE]


def _concerned(database: Database, moved: set[int], revision: Revision) -> set[int]:
    """CIs that come into use or leave it, and whoever depended on them after the revision."""
    if not moved:
        return set()
    now = dependents_now(database, moved)
    past = settled(database, lambda tx: read_past(tx, revision.seq))
    return moved | now | dependents(past, moved)


def _past(database: Database, revision: Revision, kind: Kind, number: str, nos: Iterable[int]) -> Past:
    """What has changed since a revision of those that have one of the numbers."""
    past = settled(database, lambda tx: read_past(tx, revision.seq))
    before = {key: s for key, s in past.before.items() if key[0] is kind and s[number] in nos}
    return replace(past, before=before)
