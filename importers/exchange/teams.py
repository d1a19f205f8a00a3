"""Turns rows of teams into teams."""

from collections.abc import Iterable

from cmdb.people import Team
from cmdb.reconciliation import Rejection
from importers.exchange.rows import Form, lines
from importers.sorting import Keyed


def read_teams(form: Form, rows: Iterable[Keyed]) -> tuple[list[Team], list[Rejection]]:
    """Return the teams, and the rows that cannot be read or name a team twice; rows sorted by name."""
    teams: list[Team] = []
    rejected: list[Rejection] = []
    for name, same in form.by_key(rows):
        sound = []
        for row in same:
            if reason := form.fault(row):
                rejected.append(form.rejection(row, reason))
            else:
                sound.append(row)
        distinct = {_team(form, row) for row in sound}
        if len(distinct) > 1:
            reason = f"name {name!r} stands on {lines(sound)} with different values; keep one"
            rejected += [form.rejection(row, reason) for row in sound]
        else:
            teams += distinct
    return teams, rejected


def _team(form: Form, row: Keyed) -> Team:
    told = {name: cell.strip() for name, cell in zip(form.columns, row[2], strict=True)}
    members = tuple(name for member in told.pop("members", "").split(";") if (name := member.strip()))
    return Team(**told, members=members)
