"""Whom to tell: the teams that own, support or use what is affected."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cmdb.database import Database
from impact.answer.models import Concern, Contact
from impact.answer.writer import Writer
from impact.details import Role
from impact.state import StateName

SHOWN = 5


@dataclass(slots=True)
class Team:
    """What a team has to do with; a CI counts once, whatever its roles."""

    roles: dict[Role, None] = field(default_factory=dict)
    states: dict[int, StateName] = field(default_factory=dict)
    concerns: list[Concern] = field(default_factory=list)


def teams(writer: Writer, ranked: Iterable[int]) -> dict[str, Team]:
    """The teams of those CIs that are not up, in the order of the worst CI of each."""
    found: dict[str, Team] = {}
    for ci in ranked:
        state = writer.state(ci)
        for role, name in writer.details(ci).teams if state != "up" else ():
            team = found.setdefault(name, Team())
            team.roles[role] = None
            if ci not in team.states and len(team.concerns) < SHOWN:
                team.concerns.append(Concern(**vars(writer.ref(ci)), state=state, role=role))
            team.states[ci] = state
    return found


def contacts(found: Mapping[str, Team], channels: Mapping[str, Mapping[str, Any]]) -> list[Contact]:
    """One contact a team, with its `channels` where they are known."""
    return [
        Contact(
            team=name,
            roles=list(team.roles),
            concerns=team.concerns,
            **Counter(map(str, team.states.values())),  # type: ignore[arg-type]
            **channels.get(name, {}),
        )
        for name, team in found.items()
    ]


def fetch_channels(database: Database, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """How to reach teams, by name; only those that are known as nodes."""
    records = database.read(
        """
        UNWIND $names AS name
        MATCH (team:Team {name: name})
        RETURN name, team {.email, .chat, .on_call, .phone} AS channels
        """,
        names=sorted(names),
    )
    return {
        record["name"]: {kind: way for kind, way in record["channels"].items() if way} for record in records
    }
