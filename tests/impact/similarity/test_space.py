"""BM25 against the formula written out, on random documents."""

from math import log
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.similarity.bag import Bag, Vocabulary
from impact.similarity.rules import BM25Rules
from impact.similarity.space import Space

RULES = BM25Rules(k1=1.2, b=0.75)
Document = dict[str, float]


def bags(rng: Random, count: int) -> list[Document]:
    return [
        {term: rng.choice((0.25, 0.5, 1.0, 2.0)) for term in rng.sample("abcdefgh", rng.randint(0, 5))}
        for _ in range(count)
    ]


def filled(rng: Random, every: list[Document]) -> tuple[Space, Vocabulary]:
    """The documents, added in pieces."""
    space, letters = Space(RULES), Vocabulary()
    begin = 0
    while begin < len(every):
        end = begin + rng.randint(1, 5)
        space.extend([letters.learnt(document) for document in every[begin:end]])
        begin = end
    return space, letters


def bm25(query: Document, document: Document, every: list[Document]) -> float:
    """The score of one document, term by term."""
    filled = [some for some in every if some]
    average = sum(sum(some.values()) for some in every) / len(filled)
    total = 0.0
    for term, asked in query.items():
        having = sum(term in some for some in every)
        idf = log(1 + (len(filled) - having + 0.5) / (having + 0.5))
        weight = document.get(term, 0.0)
        held_back = RULES.k1 * (1 - RULES.b + RULES.b * sum(document.values()) / average)
        total += asked * idf * weight * (RULES.k1 + 1) / (weight + held_back)
    return total


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_shares_agree_with_the_formula(rng: Random) -> None:
    every, query = bags(rng, rng.randint(1, 12)), bags(rng, 1)[0]
    space, letters = filled(rng, every)
    asked = letters.known(query)
    told = space.shares(asked, asked.length).tolist()
    if not query or not any(every):
        assert told == [0.0] * len(every)
        return
    itself = bm25(query, query, every)
    for score, document in zip(told, every, strict=True):
        assert score == pytest.approx(min(1.0, bm25(query, document, every) / itself))


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_is_shared_is_what_both_have(rng: Random) -> None:
    every, query = bags(rng, 10), bags(rng, 1)[0]
    space, letters = filled(rng, every)
    for place, document in enumerate(every):
        found = space.shared(letters.known(query), place)
        assert {letters[term]: weight for term, weight in found.items()} == {
            term: document[term] for term in query if term in document
        }


def test_the_rarest_terms_tell_most() -> None:
    space = Space(RULES)
    space.extend([bag(dict.fromkeys([1] + [2] * (n < 5) + [3] * (n == 0), 1.0)) for n in range(20)])
    assert space.telling(bag({1: 1.0, 2: 1.0, 3: 1.0}), 2).terms.tolist() == [3, 2]
    assert space.telling(bag({1: 1.0, 3: 0.001}), 1).terms.tolist() == [1]  # rare, but far away


def bag(weights: dict[int, float]) -> Bag:
    return Bag(np.array(list(weights), dtype=np.int32), np.array(list(weights.values()), dtype=np.float32))
