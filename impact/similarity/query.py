"""A new incident in the terms of the three spaces, and how much of it others share."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from impact.projection import Projection
from impact.similarity.bag import Bag, Vocabulary
from impact.similarity.features import decayed, labels, providers, words
from impact.similarity.models import Described
from impact.similarity.rules import BM25Rules, SimilarityRules
from impact.similarity.space import Floats, Space


@dataclass(frozen=True, slots=True)
class Spaces:
    """What incidents are compared by: numbers of CIs, words, labels."""

    graph: Space
    text: Space
    words: Vocabulary
    labels: Space
    names: Vocabulary

    @classmethod
    def of(cls, rules: BM25Rules) -> "Spaces":
        """Without any incidents."""
        return cls(Space(rules), Space(rules), Vocabulary(), Space(rules), Vocabulary())


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of the query each incident shares; None for a part that the query has not."""

    graph: Floats | None
    text: Floats | None
    labels: Floats | None


@dataclass(frozen=True, slots=True)
class Query:
    """Terms with what each counts, the most telling first."""

    graph: Bag
    """The providers that tell most."""
    distances: Mapping[int, int]
    """Of all providers, by number."""
    reach: float
    """What all providers count."""
    text: Bag
    labels: Bag

    @classmethod
    def of(
        cls, incident: Described, projection: Projection, spaces: Spaces, rules: SimilarityRules
    ) -> "Query":
        """The query for those like an incident."""
        nos, distance = providers(projection, incident.cis, rules.graph.steps)
        every = decayed(nos, distance, rules.graph.decay)
        text = spaces.words.known(words(incident.text))
        told = spaces.names.known(labels(incident, rules.labels))
        return cls(
            graph=spaces.graph.telling(every, rules.graph.providers),
            distances=dict(zip(nos.tolist(), distance.tolist(), strict=True)),
            reach=every.length,
            text=spaces.text.telling(text, len(text.terms)),
            labels=spaces.labels.telling(told, len(told.terms)),
        )

    def shares(self, spaces: Spaces) -> Shares:
        """What each incident of the spaces shares."""
        return Shares(
            spaces.graph.shares(self.graph, self.reach) if self.graph else None,
            spaces.text.shares(self.text, self.text.length) if self.text else None,
            spaces.labels.shares(self.labels, self.labels.length) if self.labels else None,
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
