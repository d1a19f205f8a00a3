"""Takes alerts in: a storm is one incident, and telling the same alert again changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cmdb.alerts import kept
from cmdb.alerts.alert import Alert
from cmdb.alerts.grouping import Explains, Storm, explained, storms
from cmdb.alerts.naming import named
from cmdb.alerts.open_incidents import Joinable, about, recent
from cmdb.alerts.rules import AlertRules
from cmdb.alerts.writing import open_incident, quieten, told_again
from cmdb.history import Draft, revise
from cmdb.records import By, Desk, instant, locked
from cmdb.store import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of alerts: numbers of incidents, and how many of them were new, over, known or nameless."""

    opened: tuple[str, ...]
    joined: tuple[str, ...]
    restored: tuple[str, ...]
    new: int
    over: int
    repeated: int
    unmatched: int


def take_alerts(
    store: Store, desk: Desk, by: By, rules: AlertRules, alerts: Iterable[Alert], explains: Explains
) -> Taken:
    """Open incidents for alerts, or add to open ones; raises Refused.

    All in one transaction, which other alerts wait for.
    """
    told = _each_once(alerts)
    cis = named(store.database, store.catalogue, rules, told)

    def work(draft: Draft) -> Taken:
        kept.hold(draft)
        return _Taking(desk, by, rules, explains, draft).take(told, cis)

    return revise(store.database, by.author, work)[0]


def _each_once(alerts: Iterable[Alert]) -> list[Alert]:
    """Each alert once; that it is over counts more than that it fires."""
    by_key: dict[str, Alert] = {}
    for alert in alerts:
        if alert.key not in by_key or alert.ends_at:
            by_key[alert.key] = alert
    return list(by_key.values())


@dataclass(frozen=True, slots=True)
class _Taking:
    desk: Desk
    by: By
    rules: AlertRules
    explains: Explains
    draft: Draft

    def take(self, alerts: Sequence[Alert], cis: Mapping[str, str]) -> Taken:
        known = kept.known(self.draft, (alert.key for alert in alerts))
        new = [alert for alert in alerts if alert.key not in known]
        over = [alert for alert in alerts if alert.ends_at and not known.get(alert.key, ("", True))[1]]
        opened, joined = self._placed(storms(new, cis, self.rules))
        kept.end(self.draft, over)
        quiet = {known[alert.key][0] for alert in over}
        quiet |= {number for number in (*opened, *joined) if not kept.firing(self.draft, number)}
        restored = [number for number in sorted(quiet) if quieten(self.draft, self.desk, self.by, number)]
        return Taken(
            tuple(opened),
            tuple(dict.fromkeys(joined)),
            tuple(restored),
            len(new),
            len(over),
            len(alerts) - len(new) - len(over),
            sum(alert.key not in cis for alert in new),
        )

    def _placed(self, apart: Sequence[Storm]) -> tuple[list[str], list[str]]:
        """The numbers of the incidents that were opened, and of those that were joined."""
        joined, left = self._join(apart)
        opened = [
            open_incident(self.draft, self.desk, self.by, self.rules, storm)
            for storm in explained(left, self.explains)
        ]
        return opened, joined

    def _join(self, apart: Sequence[Storm]) -> tuple[list[str], list[Storm]]:
        places = self._places(apart)
        joined: dict[str, Storm] = {}
        for storm in apart:
            number = places.get(storm.group)
            if number in joined:
                joined[number].merge(storm)
            elif number:
                joined[number] = storm
        for number, storm in joined.items():
            told_again(self.draft, self.desk, self.by, number, storm)
        return list(joined), [storm for storm in apart if storm.group not in places]

    def _open(self, number: str) -> bool:
        """Whether it still is, now that nobody else can close it."""
        return locked(self.draft, number).open

    def _places(self, apart: Sequence[Storm]) -> dict[str, str]:
        """The number of the incident that each storm joins, by its group."""
        places = self._candidates(apart)
        closed = {number for number in set(places.values()) if not self._open(number)}
        return {group: number for group, number in places.items() if number not in closed}

    def _candidates(self, apart: Sequence[Storm]) -> dict[str, str]:
        cis = [ci for storm in apart for ci in storm.conditions]
        places: dict[str, str] = {}
        for incident in about(self.draft, cis, [storm.group for storm in apart]):
            for storm in apart:
                if incident.group == storm.group or incident.failing.keys() & storm.conditions.keys():
                    places.setdefault(storm.group, incident.number)
        since = instant((self.by.at or datetime.now(UTC)) - self.rules.window)
        for incident in recent(self.draft, since) if len(places) < len(apart) else ():
            self._explained_by(incident, apart, places)
        return places

    def _explained_by(self, incident: Joinable, apart: Sequence[Storm], places: dict[str, str]) -> None:
        left = {ci: storm.group for storm in apart if storm.group not in places for ci in storm.failing}
        for ci in self.explains(incident.failing, left) if left and incident.failing else ():
            places[left[ci]] = incident.number
