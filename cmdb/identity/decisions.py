"""What people have decided of records: which are one thing, and which are not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import orjson

from cmdb.history import Draft, Kind
from cmdb.history.kept import Kept

DECISIONS = Kept(Kind.IDENTITY_DECISION, "IdentityDecision", "key")
"""The decisions in the graph; `groups` is JSON."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Records (by key) in groups: those of one group are one thing, those of two groups are not."""

    key: str
    groups: tuple[frozenset[str], ...]

    def group_of(self, record: str) -> frozenset[str] | None:
        """The group that a record is in."""
        return next((group for group in self.groups if record in group), None)


def are_apart(decisions: Iterable[Decision], one: str, other: str) -> bool:
    """Whether people have decided that two records are not one thing."""
    for decision in decisions:
        mine, theirs = decision.group_of(one), decision.group_of(other)
        if mine and theirs and mine != theirs:
            return True
    return False


def decisions(read: Callable[[str], Iterable[Mapping[str, Any]]]) -> list[Decision]:
    """All decisions; `read` runs a query."""
    rows = read("MATCH (one:IdentityDecision) RETURN one.key AS key, one.groups AS groups")
    return [Decision(row["key"], tuple(map(frozenset, orjson.loads(row["groups"])))) for row in rows]


def decide(draft: Draft, key: str, groups: Sequence[Iterable[str]], properties: dict[str, str]) -> None:
    """Note a decision; it outdoes earlier ones about the same records."""
    told = [sorted(group) for group in groups]
    _forget(draft, [frozenset(group) for group in told])
    DECISIONS.put(draft, {key: {"key": key, "groups": orjson.dumps(told).decode(), **properties}})


def _forget(draft: Draft, groups: Sequence[frozenset[str]]) -> None:
    """Remove earlier decisions that the new one contradicts."""
    new = Decision("", tuple(groups))
    contradicted = [old.key for old in decisions(draft.run) if _contradict(old, new)]
    DECISIONS.remove(draft, contradicted)


def _contradict(old: Decision, new: Decision) -> bool:
    told = {record for group in old.groups for record in group if new.group_of(record)}
    return any(
        (old.group_of(one) == old.group_of(other)) != (new.group_of(one) == new.group_of(other))
        for one, other in combinations(sorted(told), 2)
    )
