"""Pictures of the answers that walk the graph."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.analysis.propagation import Causes
from impact.drawing import Picture, draw
from impact.pictures.walks import common_picture, dependents_picture, map_picture, paths_picture
from impact.projection import CIRow, RelationshipRow
from impact.questions.common import common_providers
from impact.questions.dependents import dependents_of
from impact.questions.limits import Limits
from impact.questions.paths import paths
from impact.questions.service_map import service_map
from impact.scenario import Scenario
from tests.impact.reaching import Walk, random_walk, uuid, walk

NOBODY = np.array([], dtype=np.int32)


def pictures(case: Walk, catalogue: Catalogue, rng: Random) -> list[Picture]:
    first, second = (case.index(no) for no in rng.sample(case.inside, 2))
    classes = frozenset(rng.sample(["application", "business_service"], rng.randint(0, 1)))
    limits = Limits(depth=rng.choice((None, 1, 2)), classes=classes)
    down, nobody = np.array([second], dtype=np.int32), Causes(NOBODY, NOBODY, NOBODY)
    analysis = Analysis(case.projection, case.projection, Causes(down, NOBODY, NOBODY), nobody)
    return [
        map_picture(service_map(analysis, catalogue, Scenario(), first, limits)),
        dependents_picture(dependents_of(case.projection, catalogue, first, limits)),
        paths_picture(paths(case.projection, first, second, 3)),
        common_picture(common_providers(case.projection, [first, second])),
    ]


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**64))
def test_every_line_has_two_ends_in_the_picture(catalogue: Catalogue, seed: int) -> None:
    rng = Random(seed)
    case = random_walk(rng)
    if len(case.inside) < 2:
        return
    for picture in pictures(case, catalogue, rng):
        ids = [node.id for node in picture.nodes]
        assert len(ids) == len(set(ids))
        ends = [end for edge in picture.edges for end in (edge.dependent, edge.provider)]
        members = [member for group in picture.groups for member in (group.owner, *group.members)]
        assert {*ends, *members} <= set(ids)
        assert draw(picture, "dot").startswith(b"digraph")


@pytest.fixture
def lines() -> Walk:
    """1 ──▶ 2 ──[needs 1]──▶ 3, 4, and 2 ──▶ 4."""
    cis = [CIRow(no, "server", "operational", f"ci-{no}", uuid(no)) for no in range(1, 5)]
    rows = [
        RelationshipRow(1, 2, "runs_on"),
        RelationshipRow(2, 3, "runs_on", "hosts", 1),
        RelationshipRow(2, 4, "runs_on", "hosts", 1),
        RelationshipRow(2, 4, "calls"),
    ]
    return walk(cis, rows)


def test_a_map_is_drawn_with_its_groups_and_relationships(lines: Walk, catalogue: Catalogue) -> None:
    down, nobody = Causes(lines.projection.cis.find([3]), NOBODY, NOBODY), Causes(NOBODY, NOBODY, NOBODY)
    analysis = Analysis(lines.projection, lines.projection, down, nobody)
    picture = map_picture(service_map(analysis, catalogue, Scenario(), lines.index(1), Limits()))
    (group,) = picture.groups
    assert (group.owner, group.need, group.of, group.state) == (uuid(2), 1, 2, "whole")
    assert set(group.members) == {uuid(3), uuid(4)}
    told = [(edge.dependent, edge.provider, edge.type, edge.strength) for edge in picture.edges]
    assert told == [(uuid(1), uuid(2), "runs_on", "hard"), (uuid(2), uuid(4), "calls", "soft")]
    assert [node.state for node in picture.nodes] == ["up", "at_risk", "down", "up"]
