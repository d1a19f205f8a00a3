"""An inverted index that grows: terms with weights instead of counts, ranked by BM25.

Robertson and Zaragoza, 2009: The probabilistic relevance framework: BM25 and beyond. The rarity of a term
(its idf) is computed when asked, so that a new document is an addition to some lists and nothing else moves.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from impact.arrays import Ints
from impact.similarity.bag import Bag, Weights
from impact.similarity.rules import BM25Rules

Floats = npt.NDArray[np.float64]


class Postings(NamedTuple):
    """The documents that have a term, ascending, and its weight in each."""

    documents: "array[int]"
    weights: "array[float]"


NONE = Postings(array("i"), array("f"))


class Space:
    """Documents, numbered from 0, by the terms they have."""

    def __init__(self, rules: BM25Rules) -> None:
        self._rules = rules
        self._postings: dict[int, Postings] = {}
        self._lengths = array("d")
        self._filled = 0
        """How many documents have any term."""

    def __len__(self) -> int:
        return len(self._lengths)

    def extend(self, bags: Sequence[Bag]) -> None:
        """Add the next documents."""
        sizes = [len(bag.terms) for bag in bags]
        document = np.repeat(np.arange(len(self), len(self) + len(bags), dtype=np.int32), sizes)
        terms = np.concatenate([np.empty(0, dtype=np.int32), *(bag.terms for bag in bags)])
        weights = np.concatenate([np.empty(0, dtype=np.float32), *(bag.weights for bag in bags)])
        order = np.argsort(terms, kind="stable")
        edges = np.flatnonzero(np.diff(terms[order], prepend=-1, append=-1))
        for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            self._append(int(terms[order[begin]]), document[order[begin:end]], weights[order[begin:end]])
        self._lengths.extend(bag.length for bag in bags)
        self._filled += sum(size > 0 for size in sizes)

    def _append(self, term: int, documents: Ints, weights: Weights) -> None:
        postings = self._postings.get(term)
        if postings is None:
            postings = self._postings[term] = Postings(array("i"), array("f"))
        postings.documents.frombytes(documents.tobytes())
        postings.weights.frombytes(weights.tobytes())

    def rarity(self, terms: Ints) -> Floats:
        """The idf of terms, among the documents that have any."""
        known = (self._postings.get(term) for term in terms.tolist())
        having = np.array([len(postings.documents) if postings else 0 for postings in known])
        return np.asarray(np.log(1 + (self._filled - having + 0.5) / (having + 0.5)))

    def telling(self, bag: Bag, most: int) -> Bag:
        """The terms that tell most, at most so many of them, in this order."""
        order = np.lexsort((bag.terms, -bag.weights * self.rarity(bag.terms)))
        return bag.where(order[:most].astype(np.int32))

    def shares(self, bag: Bag, length: float) -> Floats:
        """For each document, how much of some terms it shares: 1 for all of them, as they are here.

        `length` is that of the whole query, where these are only some of its terms.
        """
        worth = bag.weights * self.rarity(bag.terms)
        average = sum(self._lengths) / max(1, self._filled)
        itself = float((worth * self._saturated(bag.weights, length, average)).sum())
        if not itself:
            return np.zeros(len(self))
        documents, weights, counts = self._found(bag.terms, worth)
        saturated = self._saturated(weights, np.array(self._lengths)[documents], average)
        scores = np.bincount(documents, counts * saturated, minlength=len(self))
        return np.minimum(scores / itself, 1.0)

    def _found(self, terms: Ints, worth: Floats) -> tuple[Ints, Weights, Floats]:
        """All postings of some terms: document, weight in it, and what the term is worth."""
        lists = [self._postings.get(term, NONE) for term in terms.tolist()]
        documents = [np.frombuffer(postings.documents, dtype=np.int32) for postings in lists]
        weights = [np.frombuffer(postings.weights, dtype=np.float32) for postings in lists]
        counts = np.repeat(worth, [len(some) for some in documents])
        return np.concatenate(documents), np.concatenate(weights), counts

    def shared(self, bag: Bag, document: int) -> dict[int, float]:
        """Which of some terms a document has, and the weight of each in it, in their order."""
        found: dict[int, float] = {}
        for term in bag.terms.tolist():
            if postings := self._postings.get(term):
                place = bisect_left(postings.documents, document)
                if place < len(postings.documents) and postings.documents[place] == document:
                    found[term] = postings.weights[place]
        return found

    def _saturated(self, weights: Weights, lengths: npt.ArrayLike, average: float) -> Floats:
        """What weights count in documents of some lengths."""
        k1, b = self._rules.k1, self._rules.b
        held_back = k1 * (1 - b + b * np.asarray(lengths) / (average or 1))
        return np.asarray(weights * (k1 + 1) / (weights + held_back))
