"""People: the teams that own, support and use CIs, and who decides on whose behalf."""

from cmdb.people.delegations import DELEGATIONS, Delegation, delegate, delegations, end_delegation
from cmdb.people.teams import ROLES, TEAMS, Team, learn_teams, save_teams, set_members, teams

__all__ = [
    "DELEGATIONS",
    "ROLES",
    "TEAMS",
    "Delegation",
    "Team",
    "delegate",
    "delegations",
    "end_delegation",
    "learn_teams",
    "save_teams",
    "set_members",
    "teams",
]
