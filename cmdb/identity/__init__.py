"""Which records tell of one and the same thing: claims, matching, duplicate cases, people's decisions."""

from cmdb.identity.cases import Case, find_cases
from cmdb.identity.claimant import Claimant, claimants_of
from cmdb.identity.claims import claims
from cmdb.identity.decisions import DECISIONS, Decision, decide, decisions
from cmdb.identity.matching import Matching
from cmdb.identity.parts import Part, move_part, parts_of
from cmdb.identity.register import Register, open_cases

__all__ = [
    "DECISIONS",
    "Case",
    "Claimant",
    "Decision",
    "Matching",
    "Part",
    "Register",
    "claimants_of",
    "claims",
    "decide",
    "decisions",
    "find_cases",
    "move_part",
    "open_cases",
    "parts_of",
]
