"""From what sources see to one true CI each: records, and what follows from them."""

from cmdb.catalogue import MANUAL
from cmdb.reconciliation.observation import Gap, Observation, Rejection, Relation, disagreements, relation_of

__all__ = [
    "MANUAL",
    "Gap",
    "Observation",
    "Rejection",
    "Relation",
    "disagreements",
    "relation_of",
]
