"""A new incident in the terms of the three spaces, and how much of it others share."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from impact.projection import Projection
from impact.similarity.features import decayed, labels, providers, words
from impact.similarity.models import Described
from impact.similarity.rules import SimilarityRules
from impact.similarity.space import Floats, Space


@dataclass(frozen=True, slots=True)
class Spaces:
    """What incidents are compared by."""

    graph: Space[int]
    text: Space[str]
    labels: Space[str]


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of the query each incident shares; None for a part that the query has not."""

    graph: Floats | None
    text: Floats | None
    labels: Floats | None


@dataclass(frozen=True, slots=True)
class Query:
    """Terms with what each counts; `distances` are those of the providers, by number."""

    distances: Mapping[int, int]
    graph: Mapping[int, float]
    """The providers that tell most."""
    reach: float
    """What all providers count."""
    text: Mapping[str, float]
    labels: Mapping[str, float]

    @classmethod
    def of(
        cls, incident: Described, projection: Projection, spaces: Spaces, rules: SimilarityRules
    ) -> "Query":
        """The query for those like an incident."""
        distances = providers(projection, incident.cis, rules.graph.steps)
        every = decayed(distances, rules.graph.decay)
        telling = spaces.graph.telling(every, rules.graph.providers)
        reach = sum(every.values())
        return cls(distances, telling, reach, words(incident.text), labels(incident, rules.labels))

    def shares(self, spaces: Spaces) -> Shares:
        """What each incident of the spaces shares."""
        return Shares(
            spaces.graph.shares(self.graph, self.reach) if self.graph else None,
            spaces.text.shares(self.text) if self.text else None,
            spaces.labels.shares(self.labels) if self.labels else None,
        )


def combined(shares: Shares, rules: SimilarityRules, size: int) -> Floats:
    """The mean of the parts by their weights, over those that the query has."""
    weighted = [
        (weight, share)
        for weight, share in (
            (rules.parts.graph, shares.graph),
            (rules.parts.text, shares.text),
            (rules.parts.labels, shares.labels),
        )
        if share is not None and weight
    ]
    total = np.zeros(size)
    for weight, share in weighted:
        total += weight * share
    return total / (sum(weight for weight, _ in weighted) or 1.0)
