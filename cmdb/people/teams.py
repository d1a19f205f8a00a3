"""Teams: whom to tell. CIs name them in `owner`, `supported_by` and `used_by`."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from cmdb.history import Author, Draft, Kind, Revision, State, revise
from cmdb.history.kept import Kept

TEAMS = Kept(Kind.TEAM, "Team", "name")
ROLES: Mapping[str, str] = {"used_by": "uses", "owner": "owns", "supported_by": "supports"}
"""By which attribute a CI names a team, and what the team does."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team, how it is reached, and who is in it: names of actors, who decide for it."""

    name: str
    email: str = ""
    chat: str = ""
    on_call: str = ""
    phone: str = ""
    members: tuple[str, ...] = ()


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

    Of several with one name the last counts. Where no members are given, those that are known stay.
    """
    wanted = _by_name(saved)

    def work(draft: Draft) -> None:
        known = _locked(draft, wanted)
        told = {name: _with_members(team, known.get(name)) for name, team in wanted.items()}
        TEAMS.put(draft, {name: _properties(team) for name, team in told.items()})

    return revise(database, author, work)[1]


def learn_teams(database: Database, author: Author, told: Iterable[Team]) -> Revision | None:
    """Take in what a source tells of teams; what it leaves blank stays as it is.

    So a source that knows only names, and one that knows how to reach them, do not undo each other. Members
    decide on changes: a source says who they are only where nobody has said it yet.
    """
    wanted = _by_name(told)

    def work(draft: Draft) -> None:
        known = _locked(draft, wanted)
        TEAMS.put(draft, {name: _properties(_learnt(team, known.get(name))) for name, team in wanted.items()})

    return revise(database, author, work)[1]


def set_members(database: Database, author: Author, name: str, members: Iterable[str]) -> Revision | None:
    """Say who is in a team, by names of actors; raises NotFound."""
    named = tuple(dict.fromkeys(member.strip() for member in members if member.strip()))

    def work(draft: Draft) -> None:
        known = _locked(draft, [name])
        if name not in known:
            raise NotFound(f"There is no team {name!r}. Create it with `cmdb team set`.")
        TEAMS.put(draft, {name: _properties(replace(known[name], members=named))})

    return revise(database, author, work)[1]


def _locked(draft: Draft, names: Iterable[str]) -> dict[str, Team]:
    """Hold other writers off some teams; those that are there, by name."""
    rows = draft.run(
        """
        MATCH (team:Team) WHERE team.name IN $names
        WITH team ORDER BY team.name
        SET team.created = team.created
        RETURN properties(team) AS team
        """,
        names=list(names),
    )
    return {row["team"]["name"]: _team(row["team"]) for row in rows}


def _with_members(team: Team, known: Team | None) -> Team:
    return replace(team, members=team.members or (known.members if known else ()))


def _learnt(told: Team, known: Team | None) -> Team:
    if known is None:
        return told
    filled = {name: value for name, value in asdict(told).items() if value}
    return replace(known, **filled | {"members": known.members or told.members})


def _by_name(told: Iterable[Team]) -> dict[str, Team]:
    teams = {team.name: team for team in told}
    if "" in teams:
        raise InvalidInput("A team needs a name.")
    return teams


def _properties(team: Team) -> State:
    """Without members where there are none, as teams were kept before they had any."""
    told = asdict(team)
    members = list(told.pop("members"))
    return {**told, "members": members} if members else told


def _team(properties: State) -> Team:
    told = {name: properties.get(name, "") for name in Team.__dataclass_fields__ if name != "members"}
    return Team(**told, members=tuple(properties.get("members", ())))
