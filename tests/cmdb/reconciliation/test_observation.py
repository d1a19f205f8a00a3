"""How rows of the exchange format are read; no database."""

import pytest

from cmdb.catalogue import Catalogue
from cmdb.errors import InvalidInput
from cmdb.reconciliation import disagreements, relation_of
from cmdb.reconciliation.merging import united
from tests.cmdb.graphs import on


def test_a_row_becomes_a_relation_with_what_it_says(catalogue: Catalogue) -> None:
    row = {"type": "RUNS_ON", "to": "vm", "group": "g", "need": "60%", "strength": "soft", "weight": "2"}
    row |= {"failover": "0", "tolerates": "30", "assumed": "yes"}
    assert relation_of(catalogue, row) == {
        "type": "runs_on",
        "to": "vm",
        "group": "g",
        "need": "60%",
        "strength": "soft",
        "weight": 2,
        "failover": 0,
        "tolerates": 30,
        "assumed": True,
    }


def test_blank_columns_say_nothing(catalogue: Catalogue) -> None:
    row = {"type": "uses", "to": "vm", "group": "", "need": "", "weight": "", "assumed": "no"}
    assert relation_of(catalogue, row) == {"type": "uses", "to": "vm"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("type", "run_on"),
        ("need", "0"),
        ("need", "0%"),
        ("need", "101%"),
        ("need", "-1"),
        ("need", "1.5"),
        ("need", "half"),
        ("strength", "strong"),
        ("weight", "0"),
        ("weight", "heavy"),
        ("failover", "-1"),
        ("tolerates", "9999999999"),
        ("assumed", "maybe"),
    ],
)
def test_what_cannot_be_meant_is_named(catalogue: Catalogue, column: str, value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        relation_of(catalogue, {"type": "uses", "to": "vm", column: value})
    assert value in caught.value.detail


def test_groups_whose_rows_disagree_are_named_with_what_they_disagree_on() -> None:
    relations = [
        on("a", group="g", need=1),
        on("b", group="g", need=2),
        on("c", group="h", strength="soft"),
        on("d", group="h"),
        on("e", group="fine", need=1, weight=1),
        on("f", "uses", group="fine", need=1, weight=2),
        on("a", need=3),
        on("b", need=4),
    ]
    told = disagreements(relations)
    assert told == {"g": "need is 1 and 2", "h": "strength is soft and blank"}


def test_new_relations_add_to_old_ones_and_state_the_terms_of_their_groups() -> None:
    old = (on("a", group="g", need=1, weight=5), on("b", group="g", need=1), on("a"))
    new = (on("c", group="g", need=2), on("a", tolerates=3))
    assert {(r["to"], r.get("group")): dict(r) for r in united(old, new)} == {
        ("a", "g"): on("a", group="g", need=2, weight=5),
        ("b", "g"): on("b", group="g", need=2),
        ("c", "g"): on("c", group="g", need=2),
        ("a", None): on("a", tolerates=3),
    }
