"""What is asked, and the graph as it is imagined."""

from impact.scenario.imagination import imagine
from impact.scenario.scenario import (
    Base,
    Imagination,
    ImaginedCI,
    ImaginedRelationship,
    RelationshipRef,
    Scenario,
)
from impact.scenario.targets import causes, find, find_known

__all__ = [
    "Base",
    "Imagination",
    "ImaginedCI",
    "ImaginedRelationship",
    "RelationshipRef",
    "Scenario",
    "causes",
    "find",
    "find_known",
    "imagine",
]
