"""Teams: whom to tell. CIs name them in `owner`, `supported_by` and `used_by`."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.history import Author, Draft, Kind, Revision, State, revise
from cmdb.history.kept import Kept

TEAMS = Kept(Kind.TEAM, "Team", "name")


@dataclass(frozen=True, slots=True)
class Team:
    """A team and how it is reached."""

    name: str
    email: str = ""
    chat: str = ""
    on_call: str = ""
    phone: str = ""


def teams(database: Database, names: Iterable[str] | None = None) -> list[Team]:
    """All teams, or those with these names, by name."""
    rows = database.read(
        "MATCH (team:Team) WHERE $names IS NULL OR team.name IN $names "
        "RETURN properties(team) AS team ORDER BY team.name",
        names=None if names is None else list(names),
    )
    return [_team(row["team"]) for row in rows]


def save_teams(database: Database, author: Author, saved: Iterable[Team]) -> Revision | None:
    """Create teams and change those that are there; no revision where nothing differs.

    Of several with one name the last counts.
    """
    wanted = {team.name: team for team in saved}
    if "" in wanted:
        raise InvalidInput("A team needs a name.")

    def work(draft: Draft) -> None:
        TEAMS.put(draft, {name: asdict(team) for name, team in wanted.items()})

    return revise(database, author, work)[1]


def _team(properties: State) -> Team:
    return Team(**{name: properties.get(name, "") for name in Team.__dataclass_fields__})
