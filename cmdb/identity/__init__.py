"""Which records tell of one and the same thing: claims, matching, duplicate cases, people's decisions."""

from cmdb.identity.cases import Case, find_cases
from cmdb.identity.claimant import Claimant, claimants_of
from cmdb.identity.claims import claims
from cmdb.identity.decisions import DECISIONS, Decision, decide, decisions
from cmdb.identity.matching import Matching
from cmdb.identity.parts import namesakes, records_of_parts
from cmdb.identity.register import Register, open_cases

__all__ = [
    "DECISIONS",
    "Case",
    "Claimant",
    "Decision",
    "Matching",
    "Register",
    "claimants_of",
    "claims",
    "decide",
    "decisions",
    "find_cases",
    "namesakes",
    "open_cases",
    "records_of_parts",
]
