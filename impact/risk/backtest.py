"""Closed changes, each seen with what was known at its time: what was foretold, and what came of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from impact.risk.assess import level_at, likelihood_score
from impact.risk.calibration import Band, Calibration, wilson
from impact.risk.closed import Assessed, Closed, with_outcomes
from impact.risk.facts import Past
from impact.risk.ledger import Ledger
from impact.risk.level import LEVELS, Level
from impact.risk.policy import LikelihoodPolicy, RiskPolicy
from impact.risk.rates import mean_rate, shrunk


@dataclass(frozen=True, slots=True)
class _Prediction:
    level: Level
    probability: float
    mean: float
    failed: bool


def replay(changes: Iterable[Closed], policy: RiskPolicy) -> list[Assessed]:
    """Assess closed changes again, each with the histories of only those closed before it was assessed."""
    ledger, assessed = Ledger(), []
    for change, closed in with_outcomes(changes):
        for before in closed:
            ledger.add(before.origin, before.failed)
        score = likelihood_score(ledger.told(change.facts, change.origin), policy)
        assessed.append(Assessed(score.points, change.failed, change.assessed_at, change.closed_at))
    return assessed


def calibrate(changes: Iterable[Assessed], policy: RiskPolicy) -> Calibration:
    """Predict each closed change from those of its level of likelihood closed before, and compare.

    The prediction is the rate of failure of the level so far, drawn towards the mean so far. The scores are
    those of Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review
    78(1), 1950.
    """
    told = list(_predictions(changes, policy.likelihood))
    failed = sum(one.failed for one in told)
    brier = _brier((one.probability, one.failed) for one in told)
    baseline = _brier((one.mean, one.failed) for one in told)
    return Calibration(
        changes=len(told),
        failed=failed,
        bands=tuple(_band(level, [one for one in told if one.level == level]) for level in LEVELS),
        brier=brier,
        baseline=baseline,
        skill=1 - brier / baseline if brier is not None and baseline else None,
        text=_text(len(told), failed, brier, baseline),
    )


def _predictions(changes: Iterable[Assessed], policy: LikelihoodPolicy) -> Iterator[_Prediction]:
    past, closed, failed = policy.past_failures, Counter[Level](), Counter[Level]()
    for change, outcomes in with_outcomes(changes):
        for before in outcomes:
            level = level_at(before.likelihood, policy.levels)
            closed[level] += 1
            failed[level] += before.failed
        level = level_at(change.likelihood, policy.levels)
        mean = mean_rate(Past(failed.total(), closed.total()), past)
        probability = shrunk(Past(failed[level], closed[level]), mean, past.strength)
        yield _Prediction(level, probability, mean, change.failed)


def _brier(predicted: Iterable[tuple[float, bool]]) -> float | None:
    errors = [(probability - failed) ** 2 for probability, failed in predicted]
    return fmean(errors) if errors else None


def _band(level: Level, told: Sequence[_Prediction]) -> Band:
    failed, changes = sum(one.failed for one in told), len(told)
    low, high = wilson(failed, changes)
    predicted = fmean(one.probability for one in told) if told else None
    return Band(
        level=level,
        changes=changes,
        failed=failed,
        predicted=predicted,
        observed=failed / changes if told else None,
        interval=(low, high),
        calibrated=predicted is None or low <= predicted <= high,
    )


def _text(changes: int, failed: int, brier: float | None, baseline: float | None) -> str:
    if brier is None or baseline is None:
        return "No change is closed yet, so nothing can be compared"
    verdict = "better than" if brier < baseline else "no better than"
    return (
        f"Of {changes:,} closed changes {failed:,} failed ({failed / changes:.1%}). The Brier score of what "
        f"their likelihood foretold is {brier:.4f}, {verdict} the {baseline:.4f} of the mean rate alone"
    )
