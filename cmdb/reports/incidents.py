"""Incidents as columns: what all reports on incidents are computed from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cmdb.reports.periods import Seconds, seconds
from cmdb.reports.rules import IncidentRules

Ints = NDArray[np.int64]
OPEN, SETTLED, CANCELLED = 0, 1, 2
"""How a stretch ended."""
NEVER = np.iinfo(np.int64).max
"""When a stretch ends that has not ended."""


class Move(NamedTuple):
    """When an incident came into which state (ISO 8601, UTC)."""

    at: str
    state: str


class Told(NamedTuple):
    """What is known of an incident beside its moves, which are in order and begin with its opening.

    `promise_kept` is None where nothing was promised, or nobody knows yet. `groups` are the names that it is
    counted under, by what reports can be divided by.
    """

    number: str
    moves: Sequence[Move]
    reassigned: int
    escalated: int
    promise_kept: bool | None
    groups: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """The names that each is counted under: those of incident i are `codes[starts[i]:starts[i + 1]]`."""

    names: tuple[str, ...]
    starts: Ints
    codes: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Incidents:
    """All incidents, one place each, in the order of their numbers.

    Stretches are the times in which one was neither settled nor cancelled, in order; `of` is whose, `ended`
    how. The first one of an incident begins as it is opened, each further one as it is reopened. `kept` is 1
    for a promise that was kept, 0 for one that was broken, -1 where there is none.
    """

    numbers: Sequence[str]
    opened: Seconds
    since: Seconds
    until: Seconds
    of: Ints
    ended: Ints
    reassigned: Ints
    escalated: Ints
    kept: Ints
    groups: Mapping[str, Grouping]

    @property
    def first(self) -> NDArray[np.bool_]:
        """Of each stretch, whether it is the first of its incident."""
        return np.asarray(np.diff(self.of, prepend=-1) != 0)

    @property
    def last(self) -> NDArray[np.bool_]:
        """Of each stretch, whether it is the last of its incident."""
        return np.asarray(np.diff(self.of, append=len(self.numbers)) != 0)


def incidents_of(told: Sequence[Told], rules: IncidentRules, dividing: Iterable[str]) -> Incidents:
    """The columns of incidents that reports can divide by some things."""
    stretches = [
        (place, *stretch) for place, one in enumerate(told) for stretch in _stretches(one.moves, rules)
    ]
    ends = [end for _, _, end, _ in stretches]
    until = seconds(end or "1970-01-01T00:00:00Z" for end in ends)
    until[[end is None for end in ends]] = NEVER
    return Incidents(
        numbers=[one.number for one in told],
        opened=seconds(one.moves[0].at for one in told),
        since=seconds(since for _, since, _, _ in stretches),
        until=until,
        of=_ints(place for place, _, _, _ in stretches),
        ended=_ints(ended for _, _, _, ended in stretches),
        reassigned=_ints(one.reassigned for one in told),
        escalated=_ints(one.escalated for one in told),
        kept=_ints(-1 if one.promise_kept is None else int(one.promise_kept) for one in told),
        groups={name: grouping([one.groups.get(name, ()) for one in told]) for name in dividing},
    )


def grouping(names: Sequence[Sequence[str]]) -> Grouping:
    """From the names of each; one that is named twice is of that group once."""
    names = [tuple(dict.fromkeys(of_one)) for of_one in names]
    known = sorted({name for of_one in names for name in of_one})
    codes = {name: code for code, name in enumerate(known)}
    lengths = _ints(len(of_one) for of_one in names)
    return Grouping(
        tuple(known),
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        _ints(codes[name] for of_one in names for name in of_one),
    )


def _stretches(moves: Sequence[Move], rules: IncidentRules) -> Iterable[tuple[str, str | None, int]]:
    """From when to when it was open, and how that ended; one that is settled as it is opened has one, too."""
    since: str | None = moves[0].at
    for at, state in moves:
        ended = SETTLED if state in rules.settled else CANCELLED if state in rules.cancelled else OPEN
        if ended and since is not None:
            yield since, at, ended
            since = None
        elif not ended and since is None:
            since = at
    if since is not None:
        yield since, None, OPEN


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)
