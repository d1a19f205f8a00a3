"""What a scenario imagines is what would be built if it were so."""

from random import Random

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from impact.projection import OUTSIDE, CIRow, Projection, RelationshipRow, build
from impact.scenario import Imagination
from impact.scenario.imagination import imagine
from tests.impact.projection.content import content
from tests.impact.random_graphs import STRENGTHS, random_case

CIS = [CIRow(no, "server", "operational", name) for no, name in enumerate(("app", "db-a", "db-b"))]
GROUP = [RelationshipRow(0, no, "runs_on", "replicas", need=1) for no in (1, 2)]


def names(projection: Projection) -> dict[str, int]:
    return {projection.cis.name[ci]: ci for ci in range(len(projection.cis))}


def imagined(rows: list[RelationshipRow], **told: object) -> Projection:
    projection = build(CIS, rows, STRENGTHS)
    return imagine(projection, Imagination.model_validate(told), names(projection))[0]


def test_a_second_member_joins_a_group_on_its_terms() -> None:
    added = {"dependent": "app", "type": "runs_on", "provider": "db-b", "group": "replicas"}
    assert content(imagined(GROUP[:1], relationships=[added])) == content(build(CIS, GROUP, STRENGTHS))


def test_a_new_need_holds_for_the_whole_group() -> None:
    added = {"dependent": "app", "type": "runs_on", "provider": "db-b", "group": "replicas", "need": 2}
    expected = [row._replace(need=2) for row in GROUP]
    assert content(imagined(GROUP[:1], relationships=[added])) == content(build(CIS, expected, STRENGTHS))


def test_a_new_ci_takes_part() -> None:
    added = {"dependent": "app", "type": "runs_on", "provider": "db-c", "group": "replicas"}
    changed = imagined(GROUP, cis=[{"name": "db-c", "class": "server"}], relationships=[added])
    expected = [*GROUP, RelationshipRow(0, 3, "runs_on", "replicas", need=1)]
    cis = [*CIS, CIRow(3, "server", "operational", "db-c")]
    assert content(changed)[2] == content(build(cis, expected, STRENGTHS))[2]


def test_a_relationship_is_taken_away() -> None:
    gone = {"dependent": "app", "provider": "db-b"}
    assert content(imagined(GROUP, without_relationships=[gone])) == content(build(CIS, GROUP[:1], STRENGTHS))


@pytest.mark.parametrize(
    "gone",
    [
        {"dependent": "db-a", "provider": "app"},
        {"dependent": "app", "provider": "db-a", "type": "calls"},
        {"dependent": "app", "provider": "db-a", "group": "hosts"},
    ],
)
def test_what_is_not_there_cannot_be_taken_away(gone: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="does not exist"):
        imagined(GROUP, without_relationships=[gone])


def test_a_need_that_nothing_can_meet_is_refused() -> None:
    added = {"dependent": "app", "type": "runs_on", "provider": "db-b", "group": "replicas", "need": 3}
    with pytest.raises(InvalidInput, match="3 of 2"):
        imagined(GROUP, relationships=[added])


@settings(max_examples=300, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_a_ci_taken_away_leaves_what_would_be_built_without_it(seed: int) -> None:
    rng = Random(seed)
    case = random_case(rng)
    cis = [ci._replace(name=str(ci.no)) for ci in case.cis]
    projection = build(cis, case.relationships, STRENGTHS)
    if not len(projection.cis):
        return
    gone = int(rng.choice(projection.cis.no.tolist()))
    changed, _ = imagine(projection, Imagination(without_cis=frozenset([str(gone)])), names(projection))
    left = [row for row in case.relationships if gone not in (row.dependent, row.provider)]
    rebuilt = build(cis, left, STRENGTHS)
    assert meaningful(changed) == meaningful(rebuilt)
    assert np.all(changed.cis.no != OUTSIDE)


def meaningful(projection: Projection) -> list[str]:
    """The groups that can fail: with members, and with a strength."""
    groups = content(projection)[2]
    return [group for group in groups if not group.endswith(", [])") and "Strength.NONE" not in group]
