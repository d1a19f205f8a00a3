"""How often changes failed before: by model, by team, by CI."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from impact.risk.closed import Origin
from impact.risk.facts import Facts, Past

Key = tuple[Literal["all", "model", "team"], str]

ALL: Key = ("all", "")


class Ledger:
    """The outcomes of closed changes."""

    def __init__(self, outcomes: Iterable[tuple[Origin, bool]] = ()) -> None:
        """`outcomes`: the origin of each closed change, and whether it failed."""
        self._closed: Counter[Key] = Counter()
        self._failed: Counter[Key] = Counter()
        self._failures: set[int] = set()
        self._on: defaultdict[str, set[int]] = defaultdict(set)
        for origin, failed in outcomes:
            self.add(origin, failed)

    def add(self, origin: Origin, failed: bool) -> None:
        """One more change is closed."""
        change = self._closed[ALL]
        if failed:
            self._failures.add(change)
        for ci in origin.cis:
            self._on[ci].add(change)
        keys = (ALL, *_keys(origin))
        self._closed.update(keys)
        self._failed.update(keys if failed else ())

    def told(self, facts: Facts, origin: Origin) -> Facts:
        """The facts of a change with the histories of what it shares with closed ones."""
        return replace(
            facts,
            overall=self._past(ALL),
            model=self._past(("model", origin.model)) if origin.model else None,
            team=self._past(("team", origin.team)) if origin.team else None,
            cis=self._past_on(origin.cis) if origin.cis else None,
        )

    def _past(self, key: Key) -> Past:
        return Past(self._failed[key], self._closed[key])

    def _past_on(self, cis: Iterable[str]) -> Past:
        changes: set[int] = set().union(*(self._on.get(ci, set()) for ci in cis))
        return Past(len(changes & self._failures), len(changes))


def _keys(origin: Origin) -> Iterable[Key]:
    if origin.model:
        yield "model", origin.model
    if origin.team:
        yield "team", origin.team
