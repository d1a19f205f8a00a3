"""People: the teams that own, support and use CIs."""

from cmdb.people.teams import TEAMS, Team, learn_teams, save_teams, teams

__all__ = ["TEAMS", "Team", "learn_teams", "save_teams", "teams"]
