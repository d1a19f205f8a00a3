"""Every importer refuses what it cannot read in words that name the file, or tells of it row by row."""

import json
import random
import tracemalloc
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Rejection
from importers import Origin, importer, importer_names
from importers.documents import read_yaml
from importers.importer import Row

HERE = Path(__file__).parent
MAPPING = '[[things]]\nnative_id = "id"\nclass = { constant = "server" }\nname = "name"\n'
OPTIONS = {"haproxy": {"device": "lb1"}, "f5": {"device": "lb1"}}

LAUGHS = "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(9))
ENTITIES = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))

DAMAGED = {
    "empty": b"",
    "blank": b" \n\n",
    "random bytes": random.Random(7).randbytes(4096),
    "zeros": bytes(4096),
    "half a JSON object": b'{"version": 4, "resources": [{"mode": "managed", "type": "aws_inst',
    "half an XML document": b'<?xml version="1.0"?><nmaprun><host><status state="up"',
    "half a YAML document": b"apiVersion: v1\nkind: Pod\nmetadata: {name: [",
    "a JSON list": b'[1, "two", null, [], {}]',
    "an empty JSON list": b"[]",
    "deep JSON": b"[" * 100_000,
    "deep JSON that is whole": b'{"a": ' * 900 + b"1" + b"}" * 900,
    "a YAML bomb": b"a0: &a0 {k: x}\n" + LAUGHS.encode(),
    "an XML bomb": f'<!DOCTYPE a [<!ENTITY a0 "x">{ENTITIES}]><nmaprun>&a9;</nmaprun>'.encode(),
    "XML that asks for a file": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><nmaprun>&b;</nmaprun>',
    "UTF-16": "größe: [1".encode("utf-16"),
    "UTF-16 without its mark": "größe: [1".encode("utf-16-le"),
    "another encoding": "größe: [1".encode("latin-1"),
    "half a packed file": b"\x1f\x8b\x08\x00\x00\x00",
    "a page that asks to log in": b"<!doctype html><html><body>Please log in</body></html>",
}
SUFFIXES = ("", ".json", ".yaml", ".xml", ".csv", ".xlsx", ".cfg", ".conf")


def rows_of(name: str, file: Path) -> list[Row]:
    """Read a file as a person would have it imported."""
    mapping = file.parent / "mapping.toml"
    mapping.write_text(MAPPING)
    one = importer(name)
    given = {"mapping": str(mapping)} if name == "table" else OPTIONS.get(name, {})
    return list(one.read(Origin(str(file), one.all_options(given))))


def assert_told(name: str, file: Path) -> None:
    try:
        rows = rows_of(name, file)
    except InvalidInput as error:
        assert file.name in error.detail
    else:
        assert rows, "nothing was read, and nothing told"
        assert all(isinstance(row, Rejection | Gap) for row in rows), rows[:3]


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("name", importer_names())
def test_a_damaged_file_is_told(name: str, damage: str, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        file = tmp_path / f"damaged{suffix}"
        file.write_bytes(DAMAGED[damage])
        assert_told(name, file)


@pytest.fixture(scope="module")
def zip_bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of about 3 MB whose texts would take 600 MB."""
    file = tmp_path_factory.mktemp("bomb") / "damaged.xlsx"
    with (
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("xl/sharedStrings.xml", "w") as texts,
    ):
        for _ in range(600):
            texts.write(bytes(1_000_000))
    return file


@pytest.mark.parametrize("damage", [None, "a YAML bomb", "an XML bomb"])
@pytest.mark.parametrize("name", importer_names())
def test_what_swells_is_refused_in_little_memory(
    name: str, damage: str | None, zip_bomb: Path, tmp_path: Path
) -> None:
    file = tmp_path / "damaged.yaml" if damage else zip_bomb
    if damage:
        file.write_bytes(DAMAGED[damage])
    importer(name)  # its libraries take memory, too
    tracemalloc.start()
    try:
        assert_told(name, file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50_000_000


INSTANCE = {"attributes": {"id": "i-1", "tags": {"Name": "web"}, "vpc_security_group_ids": ["sg-1"]}}
STATE = {"mode": "managed", "type": "aws_instance", "name": "web", "instances": [INSTANCE]}
SITE = {"id": 1, "url": "https://nb.example.org/api/dcim/sites/1/", "name": "LON1", "slug": "lon1"}
DEVICE = {
    "id": 2,
    "url": "https://nb.example.org/api/dcim/devices/2/",
    "name": "srv",
    "site": SITE,
    "tags": [],
}
MACHINE = {"InstanceId": "i-1", "Tags": [{"Key": "Name", "Value": "web"}], "SubnetId": "subnet-1"}
ITEM = {
    "resourceType": "AWS::EC2::Instance",
    "resourceId": "i-1",
    "configuration": json.dumps(MACHINE),
    "relationships": [{"resourceType": "AWS::EC2::Subnet", "resourceId": "subnet-1"}],
}

SOUND: dict[str, tuple[str, list[Any] | Path]] = {
    "ansible": ("damaged", HERE / "ansible/data/estate/facts/hv1.example.com"),
    "ansible inventory": ("damaged.yml", HERE / "ansible/data/estate/more.yml"),
    "aws": ("damaged.json", [{"Reservations": [{"Instances": [MACHINE]}]}]),
    "aws snapshot": ("damaged.json", [{"configurationItems": [ITEM]}]),
    "backstage": ("damaged.yaml", HERE / "backstage/data/shop.yaml"),
    "compose": ("damaged.yaml", HERE / "compose/data/shop/compose.yaml"),
    "cyclonedx": ("damaged.json", HERE / "sbom/data/till.cdx.json"),
    "kubernetes": ("damaged.yaml", HERE / "kubernetes/data/chart.yaml"),
    "kubernetes dump": ("damaged.json", HERE / "kubernetes/data/dump.json"),
    "netbox": ("damaged.json", [{"results": [SITE, DEVICE], "count": 2}]),
    "prometheus": ("damaged.json", HERE / "prometheus/data/targets.json"),
    "prometheus configuration": ("damaged.yml", HERE / "prometheus/data/prometheus.yml"),
    "spdx": ("damaged.json", HERE / "sbom/data/till.spdx.json"),
    "terraform": ("damaged.tfstate", [{"version": 4, "resources": [STATE]}]),
    "traces": ("damaged.json", HERE / "traces/data/shop.jaeger.json"),
}

ANYTHING = st.recursive(
    st.sampled_from(
        [None, True, 17, -1, 0.5, 10**18, "", "x", "\0", "${x", "[::1", "http://[::1", "10.0.0.0/99"]
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all values within."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield (*path, step)
        yield from places(one, (*path, step))


@pytest.mark.parametrize("sample", SOUND)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_of_another_form_is_read_or_told(sample: str, tmp_path: Path, data: st.DataObject) -> None:
    file_name, sound = SOUND[sample]
    documents = read_yaml(sound) if isinstance(sound, Path) else deepcopy(sound)
    path = data.draw(st.sampled_from([*places(documents)]))
    holder: Any = documents
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = data.draw(ANYTHING)
    file = tmp_path / file_name
    file.write_text("\n---\n".join(json.dumps(one, default=str) for one in documents))
    try:
        rows_of(sample.partition(" ")[0], file)
    except InvalidInput as error:
        assert file.name in error.detail
