"""An inverted index that grows: terms of any kind, with weights instead of counts, ranked by BM25.

Robertson and Zaragoza, 2009: The probabilistic relevance framework: BM25 and beyond. The rarity of a term
(its idf) is computed when asked, so that a new document is an addition to some lists and nothing else moves.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from math import log
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from impact.arrays import Ints
from impact.similarity.rules import BM25Rules

Term = TypeVar("Term", str, int)
Floats = npt.NDArray[np.float64]


class Postings(NamedTuple):
    """The documents that have a term, ascending, and its weight in each."""

    documents: "array[int]"
    weights: "array[float]"

    def arrays(self) -> tuple[Ints, npt.NDArray[np.float32]]:
        """Views that must be gone before a document is added."""
        return np.frombuffer(self.documents, dtype=np.int32), np.frombuffer(self.weights, dtype=np.float32)


class Space(Generic[Term]):
    """Documents, numbered from 0, by the terms they have."""

    def __init__(self, rules: BM25Rules) -> None:
        self._rules = rules
        self._postings: dict[Term, Postings] = {}
        self._lengths = array("d")
        self._filled = 0
        """How many documents have any term."""

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, terms: Mapping[Term, float]) -> None:
        """Add the next document; weights are positive, and 1 is what a term counts that stands there once."""
        document = len(self._lengths)
        for term, weight in terms.items():
            postings = self._postings.get(term)
            if postings is None:
                postings = self._postings[term] = Postings(array("i"), array("f"))
            postings.documents.append(document)
            postings.weights.append(weight)
        self._lengths.append(sum(terms.values()))
        self._filled += bool(terms)

    def rarity(self, term: Term) -> float:
        """The idf of a term, among the documents that have any."""
        postings = self._postings.get(term)
        having = len(postings.documents) if postings else 0
        return log(1 + (self._filled - having + 0.5) / (having + 0.5))

    def telling(self, terms: Mapping[Term, float], most: int) -> dict[Term, float]:
        """The terms that tell most, at most so many of them."""
        if len(terms) <= most:
            return dict(terms)
        ranked = sorted(terms, key=lambda term: (-terms[term] * self.rarity(term), term))
        return {term: terms[term] for term in ranked[:most]}

    def shares(self, terms: Mapping[Term, float], length: float | None = None) -> Floats:
        """For each document, how much of some terms it shares: 1 for all of them, as they are here.

        `length` is that of the whole query, where these are only some of its terms.
        """
        scores = np.zeros(len(self), dtype=np.float64)
        lengths = np.frombuffer(self._lengths, dtype=np.float64)
        average = lengths.sum() / max(1, self._filled)
        whole = sum(terms.values()) if length is None else length
        best = 0.0
        for term, asked in terms.items():
            worth = asked * self.rarity(term)
            best += worth * float(self._saturated(np.float64(asked), np.float64(whole), average))
            if postings := self._postings.get(term):
                documents, weights = postings.arrays()
                scores[documents] += worth * self._saturated(weights, lengths[documents], average)
        return np.minimum(scores / best, 1.0) if best else scores

    def shared(self, terms: Iterable[Term], document: int) -> dict[Term, float]:
        """Which of some terms a document has, and the weight of each in it."""
        found: dict[Term, float] = {}
        for term in terms:
            if postings := self._postings.get(term):
                place = bisect_left(postings.documents, document)
                if place < len(postings.documents) and postings.documents[place] == document:
                    found[term] = postings.weights[place]
        return found

    def _saturated(self, weight: npt.ArrayLike, length: npt.ArrayLike, average: float) -> Floats:
        """What a weight counts in a document of some length."""
        k1, b = self._rules.k1, self._rules.b
        held_back = k1 * (1 - b + b * np.asarray(length) / (average or 1))
        weight = np.asarray(weight, dtype=np.float64)
        return np.asarray(weight * (k1 + 1) / (weight + held_back))
