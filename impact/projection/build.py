"""From single rows to a projection, without a database."""

from collections.abc import Iterable, Mapping

from cmdb.history import BEGINNING, Revision
from impact.projection.projection import Projection
from impact.projection.rows import CIBlock, CIRow, Profile, RelationshipBlock, RelationshipRow


def build(
    cis: Iterable[CIRow],
    relationships: Iterable[RelationshipRow],
    strengths: Mapping[str, str],
    revision: Revision = BEGINNING,
) -> Projection:
    """Build the projection of a graph; `strengths` gives those of types, where rows do not say."""
    return Projection.of(map(ci_block, cis), map(relationship_block, relationships), strengths, revision)


def ci_block(row: CIRow) -> CIBlock:
    """A block of one CI."""
    profile = Profile(row.class_, row.status, row.criticality, owner=row.owner)
    return CIBlock(profile, [row.no], [row.id], [row.name])


def relationship_block(row: RelationshipRow) -> RelationshipBlock:
    """A block of one relationship."""
    groups = None if row.group is None else [row.group]
    return RelationshipBlock(row.terms, [row.dependent], [row.provider], groups)
