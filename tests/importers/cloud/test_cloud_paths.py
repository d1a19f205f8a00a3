"""Values found in nested ones."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.cloud import every, first

VALUES = {
    "id": "i-1",
    "name": "",
    "tags": {"Name": "web", "a.b": "c"},
    "disks": [{"volume": {"id": "v1"}}, {"volume": {"id": "v2"}}, {"volume": None}],
    "size": 0,
    "subnets": ["s1", "s2", None],
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("id", ["i-1"]),
        ("tags.Name|id", ["web"]),
        ("name|id", ["i-1"]),  # what is empty does not count
        ("disks.volume.id", ["v1", "v2"]),
        ("subnets", ["s1", "s2"]),
        ("tags.*", ["web", "c"]),
        ("size", [0]),
        ("tags", []),  # a mapping is no value
        ("nothing.at.all", []),
        ("{id}/{tags.Name}", ["i-1/web"]),
        ("{id}/{nothing}|id", ["i-1"]),
    ],
)
def test_paths(path: str, found: list[Any]) -> None:
    assert every(VALUES, path) == found


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
)


@given(ANYTHING, st.sampled_from(["a", "a.b", "a.*", "b|a.b", "{a}-{b.a}"]))
def test_only_plain_values_are_found_in_anything(values: Any, path: str) -> None:
    found = every(values, path)
    assert all(value is not None and value != "" and not isinstance(value, dict | list) for value in found)
    assert first(values, path) == (found[0] if found else None)
