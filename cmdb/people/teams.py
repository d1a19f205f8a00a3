"""Teams: whom to tell. CIs name them in `owner`, `supported_by` and `used_by`."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import orjson

from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.history import Author, Draft, Kind, Revision, revise


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


def save_teams(database: Database, author: Author, saved: Sequence[Team]) -> Revision | None:
    """Create teams and change those that are there; no revision where nothing differs."""
    if not all(team.name for team in saved):
        raise InvalidInput("A team needs a name.")

    def work(draft: Draft) -> None:
        rows = draft.run(
            """
            UNWIND $names AS name
            MATCH (team:Team {name: name}) SET team.created = team.created
            WITH team
            RETURN properties(team) AS team
            """,
            names=sorted({team.name for team in saved}),
        )
        known = {row["team"]["name"]: row["team"] for row in rows}
        differing = [t for t in saved if t.name not in known or _team(known[t.name]) != t]
        for team in differing:
            if team.name in known:
                draft.changed(Kind.TEAM, team.name, known[team.name])
            else:
                draft.created()
        draft.run(
            """
            UNWIND $rows AS row
            MERGE (team:Team {name: row.name}) ON CREATE SET team.created = $revision
            SET team += row
            """,
            rows=[asdict(team) for team in differing],
            revision=draft.id,
        )

    return revise(database, author, work)[1]


def undo_teams(draft: Draft, revision: int) -> None:
    """Put back the teams that a revision (by id) changed last, and remove those it created."""
    changed = draft.run(
        """
        MATCH (change:Change {revision: $id, kind: 'team'})
        MATCH (team:Team {name: change.subject})
        SET team.created = team.created
        RETURN properties(team) AS now, change.before AS before
        """,
        id=revision,
    )
    created = draft.run("MATCH (team:Team {created: $id}) RETURN properties(team) AS now", id=revision)
    for row in [*changed, *created]:
        draft.changed(Kind.TEAM, row["now"]["name"], row["now"], removed=row.get("before") is None)
    draft.run(
        "UNWIND $rows AS row MATCH (team:Team {name: row.name}) SET team = row",
        rows=[orjson.loads(row["before"]) for row in changed],
    )
    draft.run(
        "UNWIND $names AS name MATCH (team:Team {name: name}) DELETE team",
        names=[row["now"]["name"] for row in created],
    )


def _team(properties: dict[str, str]) -> Team:
    return Team(**{name: properties.get(name, "") for name in Team.__dataclass_fields__})
