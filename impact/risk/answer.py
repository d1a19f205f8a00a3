"""A risk, and all it was made of."""

from pydantic import Field

from impact.answer.models import Answer
from impact.risk.level import Level


class Factor(Answer):
    """One thing that was weighed."""

    name: str = Field(description="As in the policy: `test_evidence`.")
    points: float
    maximum: float
    known: bool = Field(description="Where not, unknown parts have scored their prior.")
    text: str


class Score(Answer):
    """Impact or likelihood."""

    points: float = Field(description="0 to 100.")
    level: Level
    factors: tuple[Factor, ...]


class Risk(Answer):
    """The risk of a change: what the matrix says of impact and likelihood, and what raises it."""

    level: Level
    impact: Score = Field(description="The greatest of its factors.")
    likelihood: Score = Field(description="The sum of its factors.")
    raised: tuple[str, ...] = Field(description="Why the level is not below a floor, a sentence each.")
    unknown: tuple[str, ...] = Field(
        description="Names of the factors that scored a prior, and of the floors that nobody has looked at."
    )
    text: str

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Those of impact, then of likelihood, each from most to fewest points."""
        scores = (self.impact, self.likelihood)
        return tuple(one for score in scores for one in sorted(score.factors, key=lambda f: -f.points))
