"""From single rows to a projection, without a database."""

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa

from cmdb.history import BEGINNING, Revision
from impact.projection.projection import Projection
from impact.projection.rows import CIBlock, CIRow, Profile, RelationshipBlock, RelationshipRow
from impact.projection.text import octets


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
    return CIBlock(
        profiles=(Profile(row.class_, row.status, row.criticality, owner=row.owner),),
        profile=np.zeros(1, dtype=np.int32),
        nos=np.array([row.no], dtype=np.int32),
        ids=octets([row.id]),
        names=pa.array([row.name], pa.string()),
    )


def relationship_block(row: RelationshipRow) -> RelationshipBlock:
    """A block of one relationship."""
    dependents, providers = np.array([[row.dependent], [row.provider]], dtype=np.int32)
    groups = None if row.group is None else pa.array([row.group], pa.string())
    return RelationshipBlock(row.terms, dependents, providers, groups)
