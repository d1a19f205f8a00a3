"""Whom to tell: the teams that own, support or use what is affected."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from cmdb.database import Database
from impact.answer.details import Role, teams
from impact.answer.models import Concern, Contact
from impact.answer.tally import named
from impact.answer.writer import Writer
from impact.arrays import Bytes, Ints, Longs
from impact.projection import Profile
from impact.state import State

SHOWN = 5
UP = -1
"""In the place of the code of a CI that concerns nobody."""


@dataclass(slots=True)
class Party:
    """A team, and what it has to do with; a CI counts once, whatever its roles."""

    roles: dict[Role, None] = field(default_factory=dict)
    states: Longs = field(default_factory=lambda: np.zeros(len(State), dtype=np.int64))
    concerns: list[tuple[int, Role]] = field(default_factory=list)
    """Places in the order of the answer."""


def parties(profiles: tuple[Profile, ...], ranked: Ints, states: Bytes) -> dict[str, Party]:
    """The teams of those CIs that are not up, in the order of the worst CI of each.

    `ranked` are the profiles of the CIs in the order of the answer, `states` their states.
    """
    found: dict[str, Party] = {}
    for places in _by_code(np.where(states != State.UP, _same_teams(profiles, ranked)[ranked], UP)):
        told = teams(profiles[ranked[places[0]]])
        for role, name in told:
            party = found.setdefault(name, Party())
            party.roles[role] = None
            if role == next(first for first, team in told if team == name):
                party.states += np.bincount(states[places], minlength=len(State))
                party.concerns += [(place, role) for place in places[:SHOWN].tolist()]
    return found


def _same_teams(profiles: tuple[Profile, ...], used: Ints) -> Ints:
    """By profile, one number for all with the same teams; only of those that are used."""
    numbers: dict[Hashable, int] = {}
    same = np.full(len(profiles), UP, dtype=np.int32)
    for index in np.unique(used).tolist():
        profile = profiles[index]
        told = (profile.owner, profile.supported_by, profile.used_by)
        same[index] = numbers.setdefault(told, len(numbers))
    return same


def _by_code(codes: Ints) -> list[Longs]:
    """The places of each code but -1, in the order in which the codes first appear."""
    order = np.argsort(codes, kind="stable")
    bounds = np.flatnonzero(np.diff(codes[order], prepend=UP, append=np.iinfo(np.int32).max))
    runs = [order[start:end] for start, end in pairwise(bounds)]
    return sorted(runs, key=lambda places: int(places[0]))


def contacts(
    found: Mapping[str, Party], ranked: Ints, writer: Writer, channels: Mapping[str, Mapping[str, Any]]
) -> list[Contact]:
    """One contact a team, with its `channels` where they are known; `ranked` are CIs."""
    return [
        Contact(
            team=name,
            roles=list(party.roles),
            concerns=list(_concerns(party, ranked, writer)),
            **named(party.states),  # type: ignore[arg-type]
            **channels.get(name, {}),
        )
        for name, party in found.items()
    ]


def _concerns(party: Party, ranked: Ints, writer: Writer) -> Iterator[Concern]:
    for place, role in sorted(party.concerns)[:SHOWN]:
        ci = int(ranked[place])
        yield Concern(**vars(writer.ref(ci)), state=writer.state(ci), role=role)


def fetch_channels(database: Database, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """How to reach teams, by name; only those that are known as nodes."""
    if not (wanted := sorted(names)):
        return {}
    records = database.read(
        """
        UNWIND $names AS name
        MATCH (team:Team {name: name})
        RETURN name, team {.email, .chat, .on_call, .phone} AS channels
        """,
        names=wanted,
    )
    return {
        record["name"]: {kind: way for kind, way in record["channels"].items() if way} for record in records
    }
