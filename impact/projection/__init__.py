"""The graph in memory: arrays of the dependencies, both ways, with redundancy groups."""

from impact.arrays import Bytes, Flags, Ints
from impact.projection.build import build
from impact.projection.groups import Groups
from impact.projection.projection import Projection
from impact.projection.rows import CIRow, RelationshipRow
from impact.projection.snapshots import Snapshots
from impact.strength import Strength, StrengthName

__all__ = [
    "Bytes",
    "CIRow",
    "Flags",
    "Groups",
    "Ints",
    "Projection",
    "RelationshipRow",
    "Snapshots",
    "Strength",
    "StrengthName",
    "build",
]
