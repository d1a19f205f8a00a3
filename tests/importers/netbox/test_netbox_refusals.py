"""Damaged and hostile files."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.netbox import IMPORTER
from importers.netbox.fixture import LABELS, read_fixture
from importers.netbox.observe import observe
from tests.importers.contract import read

SITE = {"model": "dcim.site", "pk": 1, "fields": {"name": "LON1", "slug": "lon1", "status": "active"}}


def read_text(tmp_path: Path, text: str) -> None:
    file = tmp_path / "dump.json"
    file.write_text(text)
    list(IMPORTER.read(Origin(str(file))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"model": "dcim.site", "pk": 1, ', "is not JSON.*Is the file whole"),
        ("[]", "holds no object of NetBox's REST API"),
        ('{"kind": "List"}', "holds no object of NetBox's REST API"),
        ('[{"model": "shop.order", "pk": 1, "fields": {}}]', "holds no object of NetBox; dump the apps"),
    ],
)
def test_what_is_no_dump_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        read_text(tmp_path, text)


def test_half_a_compressed_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "dump.json.gz"
    file.write_bytes(gzip.compress(json.dumps([SITE] * 1000).encode())[:60])
    with pytest.raises(InvalidInput, match="not a whole gzip file"):
        list(IMPORTER.read(Origin(str(file))))


def test_fixtures_and_pages_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([SITE]))
    (tmp_path / "b.json").write_text("[]")
    with pytest.raises(InvalidInput, match="mixes fixtures and pages"):
        list(IMPORTER.read(Origin(str(tmp_path))))


def test_a_fixture_object_without_a_key_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "dump.json"
    file.write_text(json.dumps([SITE, {"model": "dcim.rack", "fields": {"name": "R1"}}, 7]))
    found = read(IMPORTER, Origin(str(file)))
    assert list(found.things) == ["site:1"]
    assert [one.reason for one in found.rejected] == [
        "it has no numeric id",
        "it is no object with a model and fields",
    ]


def test_locations_inside_one_another_end(tmp_path: Path) -> None:
    rooms = [
        {"model": "dcim.location", "pk": 1, "fields": {"name": "a", "parent": 2}},
        {"model": "dcim.location", "pk": 2, "fields": {"name": "b", "parent": 1}},
    ]
    rows = list(observe(read_fixture([rooms], "rooms.json"), {}))
    assert len(rows) == 2


FIELDS = [
    *("name", "site", "device", "cluster", "status", "role", "type", "rear_port", "lag", "parent", "cable"),
    *("circuit", "vcpus", "voltage", "custom_field_data", "assigned_object_type", "scope_type", "scope_id"),
    *("termination_type", "termination_id", "content_type", "object_id", "contact", "priority", "ports"),
    *("speed", "commit_rate", "position", "prefix", "address", "tags", "cable_end", "tag", "protocol"),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text(max_size=3) | st.floats(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=1),
    max_leaves=3,
)
OBJECTS = st.fixed_dictionaries(
    {
        "model": st.sampled_from([*LABELS, "dcim.cabletermination", "extras.taggeditem", "extras.tag"]),
        "pk": st.integers(0, 3) | VALUES,
        "fields": st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5),
    }
)


@given(st.lists(OBJECTS, max_size=8))
def test_nonsense_is_rejected_and_never_breaks_the_reading(objects: list[dict[str, Any]]) -> None:
    objects.append(SITE)
    rows = list(observe(read_fixture([objects], "objects.json"), {}))
    assert rows
