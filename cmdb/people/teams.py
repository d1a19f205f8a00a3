"""Teams: whom to tell. CIs name them in `owner`, `supported_by` and `used_by`."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.history import Author, Draft, Kind, Revision, State, revise
from cmdb.people.undoing import lock_teams


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
        known = lock_teams(draft, wanted)
        _create(draft, [team for name, team in wanted.items() if name not in known])
        _change(draft, known, [wanted[name] for name in known if wanted[name] != _team(known[name])])

    return revise(database, author, work)[1]


def _create(draft: Draft, new: list[Team]) -> None:
    if new:
        draft.created()
        draft.run(
            "UNWIND $rows AS row CREATE (team:Team {created: $revision}) SET team += row",
            rows=[asdict(team) for team in new],
            revision=draft.id,
        )


def _change(draft: Draft, known: Mapping[str, State], differing: list[Team]) -> None:
    for team in differing:
        draft.changed(Kind.TEAM, team.name, known[team.name])
    if differing:
        draft.run(
            "UNWIND $rows AS row MATCH (team:Team {name: row.name}) SET team += row",
            rows=[asdict(team) for team in differing],
        )


def _team(properties: State) -> Team:
    return Team(**{name: properties.get(name, "") for name in Team.__dataclass_fields__})
