"""Which alerts are one incident."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cmdb.alerts.alert import Alert
from cmdb.alerts.rules import GRAVITY, AlertRules, Condition

Explains = Callable[[Mapping[str, str], Collection[str]], Collection[str]]
"""From CIs with their conditions, and others: which of the others are down or degraded by that."""


@dataclass(slots=True)
class Storm:
    """Alerts that are one incident, and what they say of CIs. `group` is a CI's id, or an alert's name."""

    group: str
    alerts: list[tuple[Alert, str | None]] = field(default_factory=list)
    conditions: dict[str, Condition] = field(default_factory=dict)

    def add(self, alert: Alert, ci: str | None, condition: Condition) -> None:
        """Count an alert in."""
        self.alerts.append((alert, ci))
        if ci:
            self.conditions[ci] = worst(self.conditions.get(ci), condition)

    def merge(self, other: "Storm") -> None:
        """Take in all of another one."""
        self.alerts += other.alerts
        for ci, condition in other.conditions.items():
            self.conditions[ci] = worst(self.conditions.get(ci), condition)

    @property
    def failing(self) -> dict[str, str]:
        """The CIs that it says are down or degraded."""
        return {ci: condition for ci, condition in self.conditions.items() if condition != "concerned"}


def worst(one: str | None, other: Condition) -> Condition:
    """The graver of two conditions; what is none of those that alerts tell weighs least."""
    return max([other, *(known for known in GRAVITY if known == one)], key=GRAVITY.index)


def storms(alerts: Iterable[Alert], cis: Mapping[str, str], rules: AlertRules) -> list[Storm]:
    """The alerts by CI, and by name where they have none; `cis` by the keys of alerts."""
    found: dict[str, Storm] = {}
    for alert in alerts:
        ci = cis.get(alert.key)
        group = f"ci {ci}" if ci else f"alert {alert.name}"
        storm = found.setdefault(group, Storm(group))
        storm.add(alert, ci, rules.said(alert).condition)
    return list(found.values())


def explained(apart: Sequence[Storm], explains: Explains) -> list[Storm]:
    """The same with those merged whose CI another one's failure explains.

    Greedy: what explains most of the others comes first, so a switch takes in its servers, and not they it.
    """
    if len(apart) < 2:
        return list(apart)
    by_ci = {next(iter(storm.failing)): storm for storm in apart if storm.failing}
    follows = {ci: {*explains(storm.failing, by_ci)} - {ci} for ci, storm in by_ci.items()}
    left = set(by_ci)
    for ci in sorted(by_ci, key=lambda ci: (-len(follows[ci]), ci)):
        if ci in left:
            for other in sorted(follows[ci] & left):
                by_ci[ci].merge(by_ci[other])
                left.remove(other)
    return [by_ci[ci] for ci in by_ci if ci in left] + [storm for storm in apart if not storm.failing]
