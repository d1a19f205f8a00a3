from dataclasses import fields, replace
from operator import mul
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from impact.risk import Effect, Facts, Level, Past, Risk, RiskPolicy, Service, assess_risk
from impact.risk.rates import shrunk
from tests.impact.risk.facts_in_order import BEST, SHIPPED, VALUES, WORST, facts, pairs, policies

BANK, SHOP, WIKI = Service("bank", "critical"), Service("shop", "high"), Service("wiki", "low")


def assessed(**known: Any) -> Risk:
    return assess_risk(replace(Facts(**BEST), **known), SHIPPED)


def points(risk: Risk) -> dict[str, float]:
    return {factor.name: factor.points for factor in risk.factors}


def texts(risk: Risk) -> dict[str, str]:
    return {factor.name: factor.text for factor in risk.factors}


def not_lower(worse: Risk, better: Risk) -> bool:
    return (
        worse.level.rank >= better.level.rank
        and worse.impact.points >= better.impact.points
        and worse.likelihood.points >= better.likelihood.points
    )


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        (Effect(), 0),
        (Effect(down=(BANK,)), 100),
        (Effect(interrupted=(BANK,)), 60),
        (Effect(degraded=(BANK,)), 60),
        (Effect(exposed=(BANK,)), 50),
        (Effect(down=(SHOP,)), 80),
        (Effect(down=(WIKI,), exposed=(SHOP,)), 40),
        (Effect(down=(Service("new"),)), 50),
        (None, 50),
    ],
)
def test_the_impact_is_that_of_the_service_hurt_most(planned: Effect | None, expected: float) -> None:
    assert assessed(planned=planned).impact.points == expected


@pytest.mark.parametrize(
    ("worst", "expected"), [(Effect(down=(BANK,)), 60), (Effect(degraded=(SHOP,)), 28.8), (None, 30)]
)
def test_the_worst_case_counts_in_part(worst: Effect | None, expected: float) -> None:
    assert assessed(worst_case=worst).impact.points == expected
    assert assessed(worst_case=worst, planned=Effect(down=(BANK,))).impact.points == 100


def test_each_factor_scores_its_maximum_at_worst_and_nothing_at_best() -> None:
    best, worst = (points(assess_risk(Facts(**known), SHIPPED)) for known in (BEST, WORST))
    assert set(best.values()) == {0}
    assert {name: worst[name] for name in best if name in worst} == {
        "down": 100,
        "interrupted": 0,
        "degraded": 0,
        "exposed": 0,
        "worst_case": 60,
        "past_failures": 25,
        "test_evidence": 15,
        "back_out": 15,
        "size": 10,
        "collisions": 10,
        "confidence": 10,
        "recent_incidents": 5,
        "lead_time": 5,
        "service_hours": 5,
    }


def test_a_change_of_which_nothing_is_known_is_of_high_risk_and_says_so() -> None:
    risk = assess_risk(Facts(), SHIPPED)
    assert (risk.impact.points, risk.likelihood.points, risk.level) == (50, 57.8, Level.HIGH)
    assert set(risk.unknown) == {factor.name for factor in risk.factors} | {"freeze", "joint_loss"}


def test_what_is_known_is_not_flagged() -> None:
    assert assessed().unknown == ()
    assert assessed(planned=Effect(down=(SHOP, Service("new")))).unknown == ("down",)
    assert assessed(planned=Effect(down=(BANK, Service("new")))).unknown == ()


@pytest.mark.parametrize(
    ("fact", "flagged"),
    [
        ("planned", "planned"),
        ("worst_case", "worst_case"),
        ("overall", "past_failures"),
        ("model", "past_failures"),
        ("team", "past_failures"),
        ("cis", "past_failures"),
        ("test_evidence", "test_evidence"),
        ("back_out_tested", "back_out"),
        ("back_out_fits", "back_out"),
        ("changed_cis", "size"),
        ("steps", "size"),
        ("collisions", "collisions"),
        ("doubts", "confidence"),
        ("recent_incidents", "recent_incidents"),
        ("lead_hours", "lead_time"),
        ("service_hours", "service_hours"),
        ("freezes", "freeze"),
        ("joint_losses", "joint_loss"),
    ],
)
def test_what_is_unknown_is_flagged(fact: str, flagged: str) -> None:
    assert assessed(**{fact: None}).unknown == (flagged,)


@pytest.mark.parametrize("criticality", [None, "unknown", "vital"])
def test_a_criticality_that_says_nothing_is_flagged(criticality: str | None) -> None:
    risk = assessed(planned=Effect(down=(Service("new", criticality),)))
    assert (risk.impact.points, risk.unknown) == (50, ("down",))


def test_an_unknown_criticality_in_the_worst_case_is_flagged() -> None:
    assert assessed(worst_case=Effect(down=(Service("new"),))).unknown == ("worst_case",)


def test_the_size_is_that_which_is_greater() -> None:
    assert points(assessed(changed_cis=1, steps=40))["size"] == 10
    assert points(assessed(changed_cis=20, steps=1))["size"] == 7


def test_past_failures_are_drawn_towards_the_mean() -> None:
    histories = {
        "overall": Past(10, 90),  # (10 + 10 · 0.1) / (90 + 10) = 0.11
        "model": Past(1, 1),  # (1 + 10 · 0.11) / (1 + 10) = 2.1 / 11
        "team": Past(0, 0),  # 0.11
        "cis": Past(0, 12),  # 1.1 / 22 = 0.05
    }
    rate = (2.1 / 11 + 0.11 + 0.05) / 3
    assert points(assessed(**histories))["past_failures"] == round(25 * rate / 0.3, 1) == 9.7


@given(st.integers(0, 20), st.integers(0, 20), st.floats(0.05, 0.95), st.floats(1, 50))
def test_the_shrunk_rate_is_the_mean_of_the_posterior(
    failed: int, succeeded: int, mean: float, strength: float
) -> None:
    a, b = strength * mean + failed, strength * (1 - mean) + succeeded

    assume(min(a, b) >= 1)  # elsewhere the density has no bound, and sums tell nothing
    rates = [(step + 0.5) / 2000 for step in range(2000)]
    density = [rate ** (a - 1) * (1 - rate) ** (b - 1) for rate in rates]
    expected = sum(map(mul, rates, density)) / sum(density)
    assert shrunk(Past(failed, failed + succeeded), mean, strength) == pytest.approx(expected, rel=1e-2)


def test_a_freeze_and_a_critical_joint_loss_are_at_least_high() -> None:
    assert assessed().level == Level.LOW
    frozen = assessed(freezes=("year end",))
    assert (frozen.level, frozen.raised) == (Level.HIGH, ("At least high: it breaches year end",))
    joint = assessed(joint_losses=("shop", "bank"))
    assert joint.level == Level.HIGH
    assert joint.raised == ("At least high: with other changes it takes down bank and shop",)
    assert assess_risk(Facts(**WORST), SHIPPED).level == Level.VERY_HIGH


def test_the_sum_that_is_shown_is_the_sum() -> None:
    risk = assess_risk(Facts(), SHIPPED)
    assert risk.likelihood.points == pytest.approx(sum(factor.points for factor in risk.likelihood.factors))
    assert risk.impact.points == max(factor.points for factor in risk.impact.factors)
    assert risk.text == "High risk: impact 50 of 100 (high), likelihood 57.8 of 100 (high)"


def test_each_factor_tells_what_it_rests_on() -> None:
    told = {
        factor.name: factor.text for factor in assessed(planned=Effect(down=(WIKI, BANK)), doubts=3).factors
    }
    assert told["down"] == "bank (critical) and wiki (low) down"
    assert told["confidence"] == "Doubts that the impact rests on: 3"
    assert told["back_out"] == "Back-out tested: yes; inside the window: yes"
    assert texts(assessed(doubts=None))["confidence"] == "Doubts that the impact rests on: unknown"


def test_a_risk_survives_json() -> None:
    risk = assess_risk(Facts(), SHIPPED)
    assert Risk.model_validate_json(risk.model_dump_json()) == risk


def test_more_cannot_have_failed_than_were_closed() -> None:
    with pytest.raises(ValueError, match="3 of 2 closed changes cannot have failed"):
        Past(3, 2)


def test_every_fact_has_an_order() -> None:
    assert set(VALUES) == set(BEST) == set(WORST) == {field.name for field in fields(Facts)}


@given(policies(), facts, st.data())
def test_a_worse_fact_never_lowers_a_risk(policy: RiskPolicy, known: Facts, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(VALUES)))
    better, worse = data.draw(pairs(name))
    assert not_lower(
        assess_risk(replace(known, **{name: worse}), policy),
        assess_risk(replace(known, **{name: better}), policy),
    )


@given(policies(), facts, st.sampled_from(sorted(VALUES)))
def test_the_unknown_counts_between_best_and_worst(policy: RiskPolicy, known: Facts, name: str) -> None:
    best, unknown, worst = (
        assess_risk(replace(known, **{name: value}), policy) for value in (BEST[name], None, WORST[name])
    )
    assert not_lower(unknown, best)
    assert not_lower(worst, unknown)


@given(facts, st.randoms())
def test_order_is_of_no_account(known: Facts, random: Any) -> None:
    def shuffled(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(values, len(values)))

    def mixed(effect: Effect | None) -> Effect | None:
        return effect and Effect(
            *map(shuffled, (effect.down, effect.interrupted, effect.degraded, effect.exposed))
        )

    other = replace(
        known,
        planned=mixed(known.planned),
        worst_case=mixed(known.worst_case),
        freezes=known.freezes and shuffled(known.freezes),
        joint_losses=known.joint_losses and shuffled(known.joint_losses),
    )
    assert assess_risk(other, SHIPPED) == assess_risk(known, SHIPPED)
