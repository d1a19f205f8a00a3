"""People: the teams that own, support and use CIs."""

from cmdb.people.teams import TEAMS, Team, save_teams, teams

__all__ = ["TEAMS", "Team", "save_teams", "teams"]
