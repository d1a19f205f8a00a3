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
    text: Mapping[str, float]
    labels: Mapping[str, float]

    @classmethod
    def of(cls, incident: Described, projection: Projection, rules: SimilarityRules) -> "Query":
        """The query for those like an incident."""
        distances = providers(projection, incident.cis, rules.graph.steps)
        counted = labels(incident, rules.labels)
        return cls(
            distances,
            decayed(distances, rules.graph.decay),
            words(incident.text),
            {term: rules.labels[term.partition("=")[0]] for term in counted},
        )

    def shares(self, spaces: Spaces, most_providers: int) -> Shares:
        """What each incident of the spaces shares."""
        telling = spaces.graph.telling(self.graph, most_providers)
        return Shares(
            spaces.graph.shares(telling, sum(self.graph.values())) if self.graph else None,
            spaces.text.shares(self.text) if self.text else None,
            spaces.labels.shares(self.labels, float(len(self.labels))) if any(self.labels.values()) else None,
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
