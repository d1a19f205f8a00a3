"""The risk of a change, from what is known of it."""

from collections.abc import Iterator, Mapping

from impact.answer.text import listing
from impact.risk.answer import Risk, Score
from impact.risk.facts import Facts
from impact.risk.impact import impact_factors
from impact.risk.level import LEVELS, Level
from impact.risk.likelihood import likelihood_factors
from impact.risk.policy import Floors, RiskPolicy


def assess_risk(facts: Facts, policy: RiskPolicy) -> Risk:
    """Impact and likelihood from 0 to 100, the level that the matrix gives them, and every factor.

    A worse fact never lowers the level, an unknown one counts between the best and the worst it can be, and
    the order of services is of no account: `RiskPolicy` admits no other figures.
    """
    impact = impact_score(facts, policy)
    likelihood = likelihood_score(facts, policy)
    raised = tuple(_floors(facts, policy.floors))
    by_matrix = policy.matrix[impact.level][likelihood.level.rank]
    level = max((by_matrix, *(floor for floor, _ in raised)), key=lambda one: one.rank)
    reasons = tuple(reason for _, reason in raised)
    return Risk(
        level=level,
        impact=impact,
        likelihood=likelihood,
        raised=reasons,
        unknown=tuple(_unknown(facts, impact, likelihood)),
        text=_text(level, impact, likelihood, reasons),
    )


def impact_score(facts: Facts, policy: RiskPolicy) -> Score:
    """The greatest of the factors of impact."""
    factors = impact_factors(facts, policy.impact)
    points = max(factor.points for factor in factors)
    return Score(points=points, level=level_at(points, policy.impact.levels), factors=factors)


def likelihood_score(facts: Facts, policy: RiskPolicy) -> Score:
    """The sum of the factors of likelihood."""
    factors = likelihood_factors(facts, policy.likelihood)
    points = round(sum(factor.points for factor in factors), 1)
    return Score(points=points, level=level_at(points, policy.likelihood.levels), factors=factors)


def level_at(points: float, begin: Mapping[Level, float]) -> Level:
    """The highest level that begins at these points or before."""
    return max((level for level in LEVELS if begin.get(level, 0) <= points), key=lambda one: one.rank)


def _unknown(facts: Facts, *scores: Score) -> Iterator[str]:
    yield from (factor.name for score in scores for factor in score.factors if not factor.known)
    if facts.freezes is None:
        yield "freeze"
    if facts.joint_losses is None:
        yield "joint_loss"


def _floors(facts: Facts, floors: Floors) -> list[tuple[Level, str]]:
    found = (
        (facts.freezes, floors.freeze, "it breaches {}"),
        (facts.joint_losses, floors.joint_loss, "with other changes it takes down {}"),
    )
    return [
        (floor, f"At least {floor}: {reason.format(listing(sorted(names)))}")
        for names, floor, reason in found
        if names
    ]


def _text(level: Level, impact: Score, likelihood: Score, raised: tuple[str, ...]) -> str:
    told = ((impact, "impact"), (likelihood, "likelihood"))
    scores = ", ".join(f"{what} {score.points:g} of 100 ({score.level})" for score, what in told)
    return ". ".join((f"{level.capitalize()} risk: {scores}", *raised))
