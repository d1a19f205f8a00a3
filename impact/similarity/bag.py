"""Terms as numbers, with what each counts."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from impact.arrays import Ints

Weights = npt.NDArray[np.float32]


class Bag(NamedTuple):
    """Distinct terms with their weights; 1 is what a term counts that stands there once."""

    terms: Ints
    weights: Weights

    def __bool__(self) -> bool:
        return bool(len(self.terms))

    @property
    def length(self) -> float:
        """What they all count."""
        return float(self.weights.sum(dtype=np.float64))

    def where(self, places: Ints) -> "Bag":
        """Some of the terms."""
        return Bag(self.terms[places], self.weights[places])


class Vocabulary:
    """Numbers for words, from 0."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._words: list[str] = []

    def __getitem__(self, number: int) -> str:
        return self._words[number]

    def learnt(self, counts: Mapping[str, float]) -> Bag:
        """Words by number; new ones get the next."""
        for word in counts:
            if word not in self._number:
                self._number[word] = len(self._words)
                self._words.append(word)
        return self.known(counts)

    def known(self, counts: Mapping[str, float]) -> Bag:
        """Words by number; each unknown one by a negative number of its own."""
        terms = [self._number.get(word, -place) for place, word in enumerate(counts, 1)]
        return Bag(np.array(terms, dtype=np.int32), np.array(list(counts.values()), dtype=np.float32))
