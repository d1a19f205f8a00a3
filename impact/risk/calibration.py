"""How well likelihoods foretold failures, in figures."""

from statistics import NormalDist

from pydantic import Field

from impact.answer.models import Answer
from impact.risk.level import Level

CONFIDENCE = 0.95


class Band(Answer):
    """The closed changes of one level of likelihood."""

    level: Level
    changes: int
    failed: int
    predicted: float | None = Field(description="Mean predicted probability of failure, 0 to 1.")
    observed: float | None = Field(description="Share that failed.")
    interval: tuple[float, float] = Field(description="Wilson interval of the share at 95 %.")
    calibrated: bool = Field(description="The prediction lies within the interval, or there was none.")


class Calibration(Answer):
    """Predicted against observed, and whether likelihood tells more than the mean rate alone."""

    changes: int
    failed: int
    bands: tuple[Band, ...]
    brier: float | None = Field(description="Mean squared error of the predictions; less is better.")
    baseline: float | None = Field(description="The same, had the mean rate at the time been predicted.")
    skill: float | None = Field(
        description="By what share the predictions beat the mean rate; below 0 they are worse."
    )
    text: str


def wilson(failed: int, closed: int) -> tuple[float, float]:
    """The interval of a rate at 95 %: from 0 to 1 where nothing was seen.

    Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22(158), 1927.
    """
    if not closed:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    rate, spread = failed / closed, z * z / closed
    centre = rate + spread / 2
    half = (spread * (rate * (1 - rate) + spread / 4)) ** 0.5
    return max(0.0, (centre - half) / (1 + spread)), min(1.0, (centre + half) / (1 + spread))
