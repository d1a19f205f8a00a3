"""The graph in memory: arrays of the dependencies, both ways, with redundancy groups."""

from impact.projection.build import build, ci_block, relationship_block
from impact.projection.cis import CIs
from impact.projection.groups import Groups, GroupTerms
from impact.projection.links import OUTSIDE, Links
from impact.projection.load import load
from impact.projection.need import Need
from impact.projection.projection import Projection
from impact.projection.rows import (
    NOT_IN_USE,
    CIBlock,
    CIRow,
    Profile,
    RelationshipBlock,
    RelationshipRow,
)
from impact.projection.saved import Saved
from impact.projection.snapshots import Held, Moments, Snapshots
from impact.projection.terms import Terms
from impact.projection.text import Text

__all__ = [
    "NOT_IN_USE",
    "OUTSIDE",
    "CIBlock",
    "CIRow",
    "CIs",
    "GroupTerms",
    "Groups",
    "Held",
    "Links",
    "Moments",
    "Need",
    "Profile",
    "Projection",
    "RelationshipBlock",
    "RelationshipRow",
    "Saved",
    "Snapshots",
    "Terms",
    "Text",
    "build",
    "ci_block",
    "load",
    "relationship_block",
]
