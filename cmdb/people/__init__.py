"""People: the teams that own, support and use CIs."""

from cmdb.people.teams import Team, save_teams, teams
from cmdb.people.undoing import undo_teams

__all__ = ["Team", "save_teams", "teams", "undo_teams"]
