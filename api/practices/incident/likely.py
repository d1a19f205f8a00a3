"""The likely causes of an incident, told by its own alarms and by those of others at the time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from api.practices.incident.alerts import explains
from api.practices.incident.practice import IncidentPractice
from cmdb.records import Record
from impact import ImpactEngine, Observations, Prior, RankedCause
from impact.beneath import Foundation, fails_together
from impact.ongoing import OpenIncident
from impact.scenario import find_known

MOST = 3
FAILS = ("down", "degraded")
MOST_OTHERS = 50
"""CIs of other incidents."""


@dataclass(frozen=True, slots=True)
class LikelyCauses:
    """The likeliest causes of an incident, and the numbers of the others whose CIs were counted in."""

    causes: Sequence[RankedCause] = ()
    together_with: Sequence[str] = ()


def likely_causes(
    practice: IncidentPractice, record: Record, beneath: Foundation, suspects: Iterable[Prior]
) -> LikelyCauses:
    """What explains an incident; `suspects` are changes, `beneath` is what its CIs stand on.

    A storm may open several incidents none of which names the cause. So CIs that others, opened around the
    same time, say fail are alarms, too, where one CI may have hurt them together with those of this one.
    """
    graph = practice.engine.graph()
    own, healthy = (find_known(graph, _linked(record, told)) for told in (FAILS, ("not_impacted",)))
    if not own:
        return LikelyCauses()
    others = _others(practice, record, own.keys() | healthy.keys())
    together = fails_together(graph, own, others)
    counted = sorted({others[ci].number for ci in together})
    onsets = dict.fromkeys(own, onset_of(record)) | {ci: others[ci].onset for ci in together}
    events = [*suspects, *practice.incidents.suspects({record.number, *counted})]
    found = practice.engine.root_cause(
        Observations(list(onsets), onsets, list(healthy)),
        practice.root_cause,
        _before(events, beneath, onset_of(record)),
        most=MOST * (1 + len(counted)),
        symptoms=1,
    ).explanations
    ours = (cause for cause in found if not counted or _explains(practice.engine, cause, own))
    return LikelyCauses(list(islice(ours, MOST)), counted)


def onset_of(record: Record) -> datetime:
    """Since when it is so, as far as anybody has said."""
    return datetime.fromisoformat(record.values.get("onset") or record.opened_at)


def _linked(record: Record, conditions: Collection[str]) -> list[str]:
    return [link.ci for link in record.links if link.condition in conditions]


def _others(practice: IncidentPractice, record: Record, known: Collection[str]) -> Mapping[str, OpenIncident]:
    """CIs of which this incident says nothing, with the incident that says they fail: the nearest in time."""
    opened, window = datetime.fromisoformat(record.opened_at), practice.alert_rules.window
    near = practice.incidents.opened_around(opened, window, but=record.number)
    told = ((ci, other) for other in near for ci in other.failing if ci not in known)
    found: dict[str, OpenIncident] = {}
    for ci, other in islice(told, MOST_OTHERS):
        found.setdefault(ci, other)
    return found


def _before(events: Sequence[Prior], beneath: Foundation, onset: datetime) -> list[Prior]:
    """What happened beneath, before it began."""
    near = beneath.distances(event.ci for event in events)
    return [event for event in events if event.ci in near and event.at <= onset]


def _explains(engine: ImpactEngine, cause: RankedCause, alarms: Collection[str]) -> bool:
    """Whether a cause explains any of some alarms; what is not in the CMDB may explain all."""
    failed = {one.id: "down" for one in cause.causes}
    return not failed or bool(explains(engine)(failed, alarms))
