"""A projection that was changed step by step is the one that is built of the result."""

from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.history import BEGINNING
from impact.analysis.propagation import Causes, propagate
from impact.projection import (
    CIRow,
    Projection,
    RelationshipRow,
    build,
    ci_block,
    relationship_block,
)
from tests.impact.projection.content import content
from tests.impact.random_graphs import STRENGTHS, random_case, random_group

NOBODY = np.array([], dtype=np.int32)
OUTSIDE = ("planned", "in_stock")


def distinct(rows: list[RelationshipRow]) -> list[RelationshipRow]:
    """As in the graph: one relationship for two ends, a type and a group."""
    return list({(row.dependent, row.provider, row.type, row.group): row for row in rows}.values())


def changed(
    rng: Random, cis: list[CIRow], rows: list[RelationshipRow]
) -> tuple[list[CIRow], list[RelationshipRow]]:
    """Some CIs new, renamed, planned or gone; some relationships new or gone."""
    nos = [ci.no for ci in cis]
    after = [
        ci._replace(name=rng.choice("abc"), status=rng.choice(("operational", *OUTSIDE)))
        if rng.random() < 0.3
        else ci
        for ci in cis
        if rng.random() < 0.9
    ]
    after += [CIRow(no, "server", "operational") for no in rng.sample(range(40, 60), 1) if no not in nos]
    nos = [ci.no for ci in after]
    kept = [row for row in rows if rng.random() < 0.8 and row.dependent in nos and row.provider in nos]
    return after, distinct(kept + (random_group(rng, nos, f"new {rng.random()}") if nos else []))


def step(
    projection: Projection,
    old: tuple[list[CIRow], list[RelationshipRow]],
    new: tuple[list[CIRow], list[RelationshipRow]],
) -> Projection:
    """What a change feed would tell: the CIs and owners concerned, and what they are now."""
    before, after = ({ci.no: ci for ci in cis} for cis, _ in (old, new))
    touched = {no for no in {*before, *after} if before.get(no) != after.get(no)}
    owners = {row.dependent for row in set(old[1]) ^ set(new[1])}
    owners |= {row.dependent for row in (*old[1], *new[1]) if row.provider in touched} | touched
    return projection.replaced(
        BEGINNING,
        [ci_block(after[no]) for no in touched if no in after],
        [no for no in touched if no not in after or after[no].status in OUTSIDE],
        sorted(owners),
        [relationship_block(row) for row in new[1] if row.dependent in owners],
    )


def check(rng: Random) -> None:
    case = random_case(rng)
    state = (case.cis, distinct(case.relationships))
    projection = build(*state, STRENGTHS)
    for _ in range(3):
        following = changed(rng, *state)
        projection, state = step(projection, state, following), following
        rebuilt = build(*state, STRENGTHS)
        assert content(projection) == content(rebuilt)
        check_answers(projection, rebuilt)


def check_answers(projection: Projection, rebuilt: Projection) -> None:
    for no in rebuilt.cis.no.tolist():
        answers = []
        for one in (projection, rebuilt):
            outcome = propagate(one, Causes(one.cis.find([no]), NOBODY, NOBODY))
            told = zip(
                one.cis.nos(outcome.cis), outcome.states.tolist(), outcome.distances.tolist(), strict=True
            )
            answers.append(sorted(told))
        assert answers[0] == answers[1]


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_changes_lead_to_what_is_built_anew(rng: Random) -> None:
    check(rng)


@settings(max_examples=500, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_changes_lead_to_what_is_built_anew_on_hundreds_of_graphs(seed: int) -> None:
    check(Random(seed))
