"""What makes it likelier that a change fails, in points."""

import numpy as np

from impact.risk.answer import Factor
from impact.risk.facts import Facts, Past
from impact.risk.policy import (
    BackOutPolicy,
    EvidencePolicy,
    FallingPolicy,
    LikelihoodPolicy,
    PastPolicy,
    RisingPolicy,
    SizePolicy,
)
from impact.risk.rates import mean_rate, shrunk
from impact.risk.shapes import Scale

EVIDENCE = {
    "full": "Tests cover the change",
    "partial": "Tests cover the change in part",
    "none": "No test covers the change",
    None: "Nobody has said whether the change was tested",
}

ANSWERS = {True: "yes", False: "no", None: "unknown"}


def likelihood_factors(facts: Facts, policy: LikelihoodPolicy) -> tuple[Factor, ...]:
    """One factor for each table of the policy, in its order."""
    scaled = (
        ("collisions", facts.collisions, policy.collisions, "Other changes that meet this one: {:g}"),
        ("confidence", facts.doubts, policy.confidence, "Doubts that the impact rests on: {:g}"),
        (
            "recent_incidents",
            facts.recent_incidents,
            policy.recent_incidents,
            "Recent incidents on the changed CIs: {:g}",
        ),
        ("lead_time", facts.lead_hours, policy.lead_time, "Hours until the start: {:.0f}"),
        ("service_hours", facts.service_hours, policy.service_hours, "Share inside service hours: {:.0%}"),
    )
    return (
        _past_failures(facts, policy.past_failures),
        _test_evidence(facts, policy.test_evidence),
        _back_out(facts, policy.back_out),
        _size(facts, policy.size),
        *(_scaled(name, value, table, text) for name, value, table, text in scaled),
    )


def _past_failures(facts: Facts, policy: PastPolicy) -> Factor:
    mean = mean_rate(facts.overall, policy)
    weighed = ((facts.model, policy.model), (facts.team, policy.team), (facts.cis, policy.cis))
    rates = [weight * shrunk(past, mean, policy.strength) for past, weight in weighed]
    rate = sum(rates) / sum(weight for _, weight in weighed)
    model, team, cis = (_count(past) for past, _ in weighed)
    return _factor(
        "past_failures",
        policy.points,
        share_at(policy.scale, rate),
        f"Failed before: of this model {model}; of this team {team}; on these CIs {cis}; "
        f"drawn towards the mean of {mean:.1%}, a rate of {rate:.1%}",
        known=None not in (facts.overall, facts.model, facts.team, facts.cis),
    )


def _count(past: Past | None) -> str:
    return "unknown" if past is None else f"{past.failed:,} of {past.closed:,}"


def _test_evidence(facts: Facts, policy: EvidencePolicy) -> Factor:
    given = facts.test_evidence
    share = policy.prior if given is None else policy.shares[given]
    return _factor("test_evidence", policy.points, share, EVIDENCE[given], known=given is not None)


def _back_out(facts: Facts, policy: BackOutPolicy) -> Factor:
    given = (facts.back_out_tested, facts.back_out_fits)
    shares = [policy.prior if one is None else 1.0 - one for one in given]
    tested, fits = (ANSWERS[one] for one in given)
    return _factor(
        "back_out",
        policy.points,
        sum(shares) / len(shares),
        f"Back-out tested: {tested}; inside the window: {fits}",
        known=None not in given,
    )


def _size(facts: Facts, policy: SizePolicy) -> Factor:
    given = ((facts.changed_cis, policy.cis), (facts.steps, policy.steps))
    shares = [policy.prior if count is None else share_at(scale, count) for count, scale in given]
    cis, steps = ("unknown" if count is None else f"{count:,}" for count, _ in given)
    return _factor(
        "size",
        policy.points,
        max(shares),
        f"CIs changed: {cis}; steps: {steps}",
        known=None not in (facts.changed_cis, facts.steps),
    )


def _scaled(name: str, value: float | None, policy: RisingPolicy | FallingPolicy, text: str) -> Factor:
    if value is None:
        label, _, _ = text.partition(":")
        return _factor(name, policy.points, policy.prior, f"{label}: unknown", known=False)
    return _factor(name, policy.points, share_at(policy.scale, value), text.format(value), known=True)


def _factor(name: str, most: int, share: float, text: str, *, known: bool) -> Factor:
    return Factor(name=name, points=round(most * share, 1), maximum=most, known=known, text=text)


def share_at(scale: Scale, value: float) -> float:
    """The share at a value: straight lines between the pairs, the ends beyond them."""
    values, shares = zip(*scale, strict=True)
    return float(np.interp(value, values, shares))
