"""From rows to arrays."""

import numpy as np
import pytest

from cmdb.errors import InvalidInput
from impact.projection import CIRow, RelationshipRow, build
from impact.strength import Strength

CIS = [CIRow(no, "server", "operational") for no in (30, 10, 20)]


def test_numbers_have_holes_and_indices_do_not() -> None:
    projection = build(CIS, [], {})
    assert projection.cis.no.tolist() == [10, 20, 30]
    assert projection.cis.find([30, 11, 10]).tolist() == [2, -1, 0]


def test_cis_are_found_by_id() -> None:
    ids = [f"00000000-0000-7000-8000-{no:012d}" for no in (7, 3, 5)]
    cis = [ci._replace(id=id_) for ci, id_ in zip(CIS, ids, strict=True)]
    found = build(cis, [], {}).cis
    unknown = ["00000000-0000-7000-8000-000000000004", "ffffffff-ffff-ffff-ffff-ffffffffffff", "no id"]
    assert found.nos(found.find_ids(ids)) == [30, 10, 20]
    assert found.find_ids(unknown).tolist() == [-1, -1, -1]
    assert found.replaced([], [30]).find_ids(ids).tolist() == [-1, 0, 1]


def test_a_group_spans_types_and_takes_the_strongest() -> None:
    rows = [
        RelationshipRow(10, 20, "calls", group="g"),
        RelationshipRow(10, 30, "runs_on", group="g", assumed=True),
    ]
    groups = build(CIS, rows, {"calls": "soft", "runs_on": "hard"}).groups
    assert groups.members(0).tolist() == [1, 2]
    assert groups.group_terms(0) == ("g", Strength.HARD, 2, 2, None, True)


def test_a_provider_counts_once_with_its_greatest_weight() -> None:
    rows = [
        RelationshipRow(10, 20, "calls", group="g", weight=2),
        RelationshipRow(10, 20, "runs_on", group="g", weight=5),
        RelationshipRow(10, 30, "runs_on", group="g"),
    ]
    groups = build(CIS, rows, {}).groups
    assert (groups.members(0).tolist(), groups.weights(0).tolist()) == ([1, 2], [5, 1])


def test_what_the_catalogue_does_not_know_is_hard() -> None:
    assert build(CIS, [RelationshipRow(10, 20, "haunts")], {}).wiring.strength[0] == Strength.HARD


def test_groups_of_one_name_are_of_their_owners() -> None:
    rows = [RelationshipRow(no, 30, "runs_on", group="hosts") for no in (10, 20)]
    assert build(CIS, rows, {}).wiring.owner.tolist() == [0, 1]


def test_a_planned_member_leaves_a_group_that_needs_what_is_left() -> None:
    cis = [*CIS, CIRow(40, "server", "planned")]
    rows = [RelationshipRow(10, no, "runs_on", group="g", need=2) for no in (20, 40)]
    groups = build(cis, rows, {}).groups
    assert groups.group_terms(0).need == groups.group_terms(0).total == 1
    assert groups.capped[0]


def test_arrays_are_compact() -> None:
    projection = build(CIS, [RelationshipRow(10, 20, "runs_on")], {})
    for array in (projection.cis.no, projection.wiring.member, projection.wiring.row):
        assert array.dtype == np.int32


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(InvalidInput, match="runs_on"):
        build(CIS, [RelationshipRow(10, 20, "runs_on")], {}).seen(["haunts"], False)
