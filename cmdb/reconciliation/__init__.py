"""From what sources see to one true CI each: records, and what follows from them."""

from cmdb.reconciliation.observation import (
    MANUAL,
    Gap,
    Observation,
    Rejection,
    Relation,
    disagreements,
    relation_of,
)

__all__ = [
    "MANUAL",
    "Gap",
    "Observation",
    "Rejection",
    "Relation",
    "disagreements",
    "relation_of",
]
