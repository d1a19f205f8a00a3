"""How likely each CI is a cause before any alarm is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from impact.arrays import Ints
from impact.causes.likelihood import Logs
from impact.causes.observations import Prior
from impact.causes.policy import PriorKind, RootCausePolicy
from impact.projection import OUTSIDE, CIs

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Suspect:
    """An event with what it makes of its CI: so many times as likely to be the cause."""

    event: Prior
    times: float


@dataclass(frozen=True)
class Suspicion:
    """The events that count, by the index of their CI: of each kind the weightiest."""

    policy: RootCausePolicy
    events: dict[int, dict[PriorKind, Suspect]]
    logs: Logs
    """Of the prior of each CI."""

    def of(self, ci: int) -> list[Suspect]:
        """What makes a CI suspect, the weightiest first."""
        return sorted(self.events.get(ci, {}).values(), key=lambda suspect: -suspect.times)

    def sums(self, sets: Ints) -> Logs:
        """The logarithm of the prior of each set of CIs (k by m, without repetition)."""
        summed: Logs = self.logs[sets].sum(axis=1)
        return summed


def suspicion(priors: Sequence[Prior], cis: CIs, began: datetime, policy: RootCausePolicy) -> Suspicion:
    """What counts of some events for an outage that `began` then.

    An event after that, beyond the tolerance of onsets, is no cause and does not count; nor does one about a
    CI that is not in the projection.
    """
    found = cis.find_ids([prior.ci for prior in priors]).tolist()
    events: dict[int, dict[PriorKind, Suspect]] = {}
    for ci, event in zip(found, priors, strict=True):
        suspect = Suspect(event, _times(event, began, policy))
        if ci == OUTSIDE or suspect.times <= 1:
            continue
        known = events.setdefault(ci, {})
        if event.kind not in known or known[event.kind].times < suspect.times:
            known[event.kind] = suspect
    logs = np.full(len(cis), np.log10(policy.prior.cause))
    for ci, kinds in events.items():
        logs[ci] += sum(np.log10(suspect.times) for suspect in kinds.values())
    return Suspicion(policy, events, logs)


def _times(event: Prior, began: datetime, policy: RootCausePolicy) -> float:
    rule = policy.prior.events.get(event.kind)
    age = (began - event.at).total_seconds()
    if rule is None or age < -policy.onset.tolerance:
        return 1.0
    fresh = 0.5 ** (max(age, 0) / HOUR / rule.halves_after)
    return 1 + (rule.times - 1) * float(fresh) / event.among
