"""Outages on random graphs, and their explanations by brute force: every set of CIs, every probability."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from math import lgamma, log, log10, nan
from random import Random

from cmdb.policy import Policies
from impact.causes import SHIPPED, Observations, Prior, RootCausePolicy, RootCauses, found_causes, suspicion
from impact.causes.observations import Seen
from impact.causes.ranking import Ranking, ranking
from impact.causes.trials import Trials
from tests.impact.oracle import Question, solve
from tests.impact.reaching import Walk, random_walk, uuid

POLICY = Policies().read(RootCausePolicy, SHIPPED)
EVERYTHING = POLICY.model_copy(update={"search": POLICY.search.model_copy(update={"beam": 20})})
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

Set = frozenset[int]


@dataclass(frozen=True)
class Told:
    """What is seen of an outage; CIs by number, onsets in seconds after noon."""

    case: Walk
    alarms: Set
    healthy: Set = frozenset()
    onsets: dict[int, int] = field(default_factory=dict)
    changed: dict[int, float] = field(default_factory=dict)
    """CIs with the hours since they were changed."""

    @property
    def observations(self) -> Observations:
        return Observations(
            [uuid(no) for no in sorted(self.alarms)],
            {uuid(no): NOON + timedelta(seconds=after) for no, after in self.onsets.items()},
            [uuid(no) for no in sorted(self.healthy)],
        )

    @property
    def priors(self) -> list[Prior]:
        return [
            Prior(uuid(no), "changed", NOON - timedelta(hours=hours), "work")
            for no, hours in self.changed.items()
        ]

    @property
    def found(self) -> dict[str, int]:
        return {uuid(no): self.case.index(no) for no in self.alarms | self.healthy}

    def trials(self, policy: RootCausePolicy = EVERYTHING) -> Trials:
        cis = self.case.projection.cis
        seen = Seen.of(self.observations, self.found, cis)
        return Trials(self.case.projection, seen, suspicion(self.priors, cis, NOON, policy))

    def ranking(self, policy: RootCausePolicy = EVERYTHING) -> Ranking:
        return ranking(self.trials(policy), 10_000)

    def answer(self, most: int = 10_000) -> RootCauses:
        suspects = suspicion(self.priors, self.case.projection.cis, NOON, EVERYTHING)
        return found_causes(self.case.projection, self.found, self.observations, suspects, most, 100)

    def scores(self, policy: RootCausePolicy = EVERYTHING) -> dict[Set, float]:
        """The score of each explanation, as sets of numbers."""
        nos = self.case.projection.cis.no
        return {
            frozenset(int(nos[ci]) for ci in candidate.cis): candidate.score
            for candidate in self.ranking(policy).candidates
        }


def random_outage(rng: Random) -> Told:
    """Alarms of a planted cause with noise, or of nothing at all."""
    case = random_walk(rng)
    while not case.inside:
        case = random_walk(rng)
    cause = rng.sample(case.inside, min(len(case.inside), rng.randint(1, 2)))
    hurt = [no for no, state in predicted(case, frozenset(cause)).items() if state in ("down", "degraded")]
    alarms = {no for no in hurt if rng.random() < 0.8} or {rng.choice(case.inside)}
    alarms |= {no for no in case.inside if rng.random() < 0.1}
    healthy = {no for no in case.inside if no not in alarms and rng.random() < 0.4}
    onsets = {no: rng.randrange(0, 600) for no in alarms if rng.random() < 0.6}
    changed = {no: rng.uniform(0, 48) for no in case.inside if rng.random() < 0.2}
    return Told(case, frozenset(alarms), frozenset(healthy), onsets, changed)


def predicted(case: Walk, failed: Set) -> dict[int, str]:
    """The state of every CI in use when some fail."""
    return solve(case.told, Question(failed)).state


def score(told: Told, failed: Set) -> float:
    """The logarithm of all probabilities by definition, against "all alarms are false"."""
    states = predicted(told.case, failed)
    alarms, beliefs = POLICY.alarms, POLICY.prior
    detected = {"down": alarms.down, "degraded": alarms.degraded}
    likely, false, silent, left = 0.0, 0.0, 0.0, 0
    seen = {state: [0, 0] for state in detected}
    for no, state in states.items():
        alarming, healthy = no in told.alarms, no in told.healthy
        if alarming:
            false += log10(alarms.false)
        if state in detected and (alarming or healthy):
            seen[state][healthy] += 1
        elif state in detected:
            silent += detected[state]
        elif alarming:
            left += 1
    for state, (noticed, missed) in seen.items():
        a, b = alarms.weight * detected[state], alarms.weight * (1 - detected[state])
        likely += (log_beta(a + noticed, b + missed) - log_beta(a, b)) / log(10)
    all_false = (1 - beliefs.outside) * alarms.false**left if failed else 0.0
    likely += log10(all_false + beliefs.outside * beliefs.unknown**left)
    spread = 1 / alarms.silent - 1
    said = 1 + min(len(told.alarms), alarms.weight)
    likely += (log_beta(said, spread + silent) - log_beta(said, spread)) / log(10)
    return likely - false + order(told, failed, states) + sum(prior(told, no) for no in failed)


def log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def order(told: Told, failed: Set, states: dict[int, str]) -> float:
    began = [told.onsets.get(no, nan) for no in failed]
    if not failed or any(at != at for at in began):
        return 0.0
    first = min(began) - POLICY.onset.tolerance
    early = sum(at < first for no, at in told.onsets.items() if states[no] in ("down", "degraded"))
    return log10((1 - POLICY.onset.late) * POLICY.onset.early**early + POLICY.onset.late)


def prior(told: Told, no: int) -> float:
    rule, boost = POLICY.prior.events["changed"], 1.0
    if no in told.changed:
        boost += (rule.times - 1) * 0.5 ** (told.changed[no] / rule.halves_after)
    return log10(POLICY.prior.cause * boost)


def explains(told: Told, failed: Set) -> bool:
    states = predicted(told.case, failed)
    return any(states[no] in ("down", "degraded") for no in told.alarms)


def by_force(told: Told, largest: int) -> dict[Set, float]:
    """The scores of all sets of up to so many CIs that explain an alarm, and of nothing."""
    found = {frozenset[int](): score(told, frozenset())}
    for size in range(1, largest + 1):
        for some in combinations(told.case.inside, size):
            if explains(told, frozenset(some)):
                found[frozenset(some)] = score(told, frozenset(some))
    return found
