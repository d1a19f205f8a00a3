"""The rules of similarity: `similarity.toml` as a model."""

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, PositiveFloat, PositiveInt


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartWeights(_Rules):
    """What each part of the score counts."""

    graph: NonNegativeFloat
    text: NonNegativeFloat
    labels: NonNegativeFloat


class GraphRules(_Rules):
    """How providers count."""

    decay: float = Field(gt=0, le=1, description="What a provider counts with each step further away.")
    steps: int = Field(ge=0, description="Providers further away do not count.")
    providers: PositiveInt = Field(description="How many providers of one incident count: the most telling.")


class RecencyRules(_Rules):
    """What age takes away."""

    weight: float = Field(ge=0, le=1, description="The share of the score that age takes away in the end.")
    half_life_days: PositiveFloat = Field(description="Half of that share is gone after so many days.")


class BM25Rules(_Rules):
    """The two constants of BM25."""

    k1: NonNegativeFloat = Field(description="How soon repetition of a term stops to count.")
    b: float = Field(ge=0, le=1, description="How much long descriptions are held back.")


class SimilarityRules(_Rules):
    """Weights of an organisation; `similarity.toml` beside this file has those to begin with."""

    parts: PartWeights
    labels: dict[str, NonNegativeFloat] = Field(description="What counts of the labels, and how much.")
    graph: GraphRules
    recency: RecencyRules
    bm25: BM25Rules
