"""The likely causes of an incident, told by its own alarms and by those of others at the time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from api.practices.incident.alerts import explains
from api.practices.incident.practice import IncidentPractice
from cmdb.incidents import onset
from cmdb.records import Record
from impact import ImpactEngine, Observations, Prior, RankedCause
from impact.beneath import Foundation, fails_together
from impact.causes import RootCausePolicy
from impact.ongoing import OpenIncident
from impact.scenario import find_known

MOST = 3
FAILS = ("down", "degraded")
TOLD = 2 * MOST
"""Explanations of a storm, of which only those count that explain this incident."""
MOST_OTHERS = 20
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
    same time, say fail are alarms, too, where one CI may have hurt them together with those of this one; they
    count if the likeliest such CI explains some of both.
    """
    graph = practice.engine.graph()
    own, healthy = (find_known(graph, record.linked_as(*told)) for told in (FAILS, ("not_impacted",)))
    if not own:
        return LikelyCauses()
    others = _others(practice, record, own.keys() | healthy.keys())
    together = fails_together(graph, own, others)
    counted = sorted({others[ci].number for ci in together})
    events = [*suspects, *practice.incidents.suspects({record.number, *counted})]
    before = _before(events, beneath, onset(record))
    onsets = dict.fromkeys(own, onset(record))

    def causes(onsets: Mapping[str, datetime], policy: RootCausePolicy, most: int) -> list[RankedCause]:
        seen = Observations(list(onsets), onsets, list(healthy))
        return practice.engine.root_cause(seen, policy, before, most=most, symptoms=1).explanations

    if counted:
        storm = onsets | {ci: others[ci].onset for ci in together}
        found = causes(storm, _single(practice.root_cause), TOLD)
        ours = [cause for cause in found if _explained(practice.engine, cause, own)]
        if ours and ours[0].explained > _explained(practice.engine, ours[0], own):
            return LikelyCauses(ours[:MOST], counted)
    return LikelyCauses(causes(onsets, practice.root_cause, MOST))


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


def _explained(engine: ImpactEngine, cause: RankedCause, alarms: Collection[str]) -> int:
    """How many of some alarms a cause explains."""
    return len(explains(engine)({one.id: "down" for one in cause.causes}, alarms))


def _single(policy: RootCausePolicy) -> RootCausePolicy:
    """The same policy, but explanations are of one CI: what a storm has in common, not all that goes on."""
    return policy.model_copy(update={"search": policy.search.model_copy(update={"largest": 1})})
