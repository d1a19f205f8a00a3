"""Whom to tell: the teams that own, support or use what is affected."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from cmdb.database import Database
from impact.answer.models import Concern, Contact
from impact.answer.writer import Writer

SHOWN = 5


def concerns(writer: Writer, ranked: Iterable[int]) -> dict[str, list[Concern]]:
    """What each team has to do with, in the order given; teams in the order of their worst."""
    found: dict[str, list[Concern]] = {}
    for ci in ranked:
        ref, state = writer.ref(ci), writer.state(ci)
        if state == "up":
            continue
        for role, team in writer.details(ci).teams:
            found.setdefault(team, []).append(Concern(**vars(ref), state=state, role=role))
    return found


def contacts(teams: Mapping[str, list[Concern]], channels: Mapping[str, Mapping[str, Any]]) -> list[Contact]:
    """One contact a team, with its `channels` where they are known."""
    return [
        Contact(
            team=team,
            roles=list(dict.fromkeys(concern.role for concern in found)),
            concerns=_distinct(found)[:SHOWN],
            **channels.get(team, {}),
            **_counts(found),
        )
        for team, found in teams.items()
    ]


def fetch_channels(database: Database, teams: Iterable[str]) -> dict[str, dict[str, Any]]:
    """How to reach teams, by name; only those that are known as nodes."""
    records = database.read(
        """
        UNWIND $teams AS name
        MATCH (team:Team {name: name})
        RETURN name, team {.email, .chat, .on_call, .phone} AS channels
        """,
        teams=sorted(teams),
    )
    return {record["name"]: record["channels"] for record in records}


def _distinct(found: Iterable[Concern]) -> list[Concern]:
    """One concern a CI: a team may own and support it."""
    return list({concern.id: concern for concern in reversed([*found])}.values())[::-1]


def _counts(found: Iterable[Concern]) -> dict[str, Any]:
    return Counter(concern.state for concern in _distinct(found))
