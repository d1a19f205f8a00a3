"""Every form of state, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.terraform import IMPORTER
from importers.terraform.flatmap import unflatten
from importers.terraform.states import read_state, without_indices
from tests.importers.contract import read
from tests.importers.terraform.states import one, read_states, state

INSTANCE: dict[str, Any] = {
    "id": "i-00000001",
    "subnet_id": "subnet-00000001",
    "tags": {"Name": "web", "a.b/c": "d"},
}


def version_3() -> dict[str, Any]:
    flat = {
        "id": "i-00000001",
        "subnet_id": "subnet-00000001",
        "tags.%": "2",
        "tags.Name": "web",
        "tags.a.b/c": "d",
    }
    web = {
        "type": "aws_instance",
        "primary": {"id": "i-00000001", "attributes": flat},
        "deposed": [{"id": "i-00000009"}],
    }
    gone = {"type": "aws_instance", "primary": None}
    return {
        "version": 3,
        "modules": [
            {"path": ["root"], "resources": {}},
            {"path": ["root", "app"], "resources": {"aws_instance.web.0": web, "aws_instance.gone": gone}},
        ],
    }


def version_4() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(state(one("aws_instance", "web", **INSTANCE)))
    document["resources"][0] |= {"module": "module.app"}
    document["resources"][0]["instances"][0] |= {"index_key": 0}
    document["resources"][0]["instances"] += [{"deposed": "abcd", "attributes": {"id": "i-00000009"}}]
    return document


def shown() -> dict[str, Any]:
    web = {
        "address": "module.app.aws_instance.web[0]",
        "mode": "managed",
        "type": "aws_instance",
        "values": INSTANCE,
    }
    old = {**web, "deposed_key": "abcd", "values": {"id": "i-00000009"}}
    module = {"address": "module.app", "resources": [web, old]}
    return {"format_version": "1.0", "values": {"root_module": {"child_modules": [module]}}}


@pytest.mark.parametrize("form", [version_3, version_4, shown])
def test_every_form_tells_the_same(form: Any, tmp_path: Path) -> None:
    document = form()
    (told,) = read_state(document, "state")
    assert told.address == "module.app.aws_instance.web[0]"
    assert told.resource == "module.app.aws_instance.web"
    (tmp_path / "s.json").write_text(json.dumps(document))
    reading = read(IMPORTER, Origin(str(tmp_path / "s.json")))
    # one machine and the subnet it mentions; the deposed one is left out
    assert reading.classes == {"virtual_machine": 1, "network": 1}
    assert reading.things["i-00000001"].attributes == {
        "class": "virtual_machine",
        "name": "web",
        "cloud_id": "i-00000001",
        "provider": "aws",
        "tags": ["a.b/c=d"],
    }


def test_a_moved_resource_keeps_its_native_id(tmp_path: Path) -> None:
    moved = {**one("aws_instance", "server", **INSTANCE), "module": "module.new"}
    before = read_states(tmp_path, s=state(one("aws_instance", "web", **INSTANCE)))
    after = read_states(tmp_path, s=state(moved))
    assert before.things == after.things


def test_a_data_source_is_a_mention_and_gives_way_to_who_manages_it(tmp_path: Path) -> None:
    seen = one("aws_instance", "web", **INSTANCE) | {"mode": "data"}
    assert read_states(tmp_path, s=state(seen)).things["i-00000001"].mentioned
    both = read_states(tmp_path, a=state(seen), b=state(one("aws_instance", "web", **INSTANCE)))
    assert not both.things["i-00000001"].mentioned
    assert not both.rejected


def test_two_states_that_differ_about_one_thing_are_told(tmp_path: Path) -> None:
    other = {**INSTANCE, "subnet_id": "subnet-00000002"}
    reading = read_states(
        tmp_path,
        a=state(one("aws_instance", "web", **INSTANCE)),
        b=state(one("aws_instance", "web", **other)),
    )
    assert [r.reason for r in reading.rejected] == [
        "i-00000001 is described in a.tfstate (aws_instance.web) already, with other values"
    ]
    assert reading.provides("i-00000001", "connects_to") == {"subnet-00000001"}


def test_an_unknown_type_is_rejected_and_one_left_out_is_not(tmp_path: Path) -> None:
    reading = read_states(
        tmp_path, s=state(one("acme_anvil", "a", id="1", secret="x"), one("aws_iam_role", "r", id="r"))
    )
    (rejection,) = reading.rejected
    assert rejection.reason == "no class is known for the resource type acme_anvil"
    assert rejection.row == {
        "type": "acme_anvil",
        "address": "acme_anvil.a",
        "state": "s.tfstate",
    }  # no secret
    assert not reading.things


def test_one_damaged_state_of_several_is_a_gap(tmp_path: Path) -> None:
    reading = read_states(
        tmp_path, a=state(one("aws_instance", "web", **INSTANCE)), b='{"version": 4, "resou'
    )
    assert len(reading.gaps) == 1 and reading.gaps[0].what.startswith("b.tfstate, line 1")
    assert "i-00000001" in reading.things


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not JSON"),
        ("[]", "it holds no object"),
        ("{}", "its version is None"),
        ('{"version": 4, "resources": [', "Is the file whole"),
        ('{"version": 5}', "its version is 5"),
        ('{"version": 1}', "is a state of version 1; refresh it"),
        ('{"version": 3, "modules": 7}', "damaged Terraform state"),
        ('{"version": 4, "resources": [{"mode": "managed"}]}', "damaged Terraform state"),
        (
            state({"mode": "managed", "type": "a", "name": "b", "instances": [{"attributes": 3}]}),
            "are no object",
        ),
        ('{"format_version": "1.0", "values": [1]}', "damaged Terraform state"),
        ('{"format_version": "1.2", "planned_values": {}}', "is a plan"),
        ('{"encrypted_data": "…", "encryption_version": "v0"}', "is encrypted"),
    ],
)
def test_what_is_no_state_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "s.tfstate").write_text(text)
    with pytest.raises(InvalidInput) as refused:
        list(IMPORTER.read(Origin(str(tmp_path / "s.tfstate"))))
    assert str(refused.value).startswith("s.tfstate") and reason in str(refused.value)


def test_an_empty_state_is_none_of_them(tmp_path: Path) -> None:
    reading = read_states(tmp_path, s='{"version": 4, "resources": []}')
    assert not reading.things and not reading.gaps


NAMES = st.text("abc", min_size=1, max_size=3)
VALUES = st.recursive(
    st.text("xyz", max_size=3),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def flattened(prefix: str, value: Any) -> dict[str, str]:
    """As Terraform wrote it before version 4."""
    if isinstance(value, list):
        inner = {str(index): one_ for index, one_ in enumerate(value)}
    elif isinstance(value, dict):
        inner = value
    else:
        return {prefix: value}
    found = {f"{prefix}.#": str(len(value))} if isinstance(value, list) else {}
    for name, one_ in inner.items():
        found |= flattened(f"{prefix}.{name}", one_)
    return found


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_flat_attributes_come_out_as_they_went_in(values: dict[str, Any]) -> None:
    flat: dict[str, str] = {}
    for name, value in values.items():
        flat |= flattened(name, value)
    assert unflatten(flat) == values


@given(st.text(max_size=6), st.integers(0, 9))
def test_indices_of_any_text_are_taken_off(key: str, number: int) -> None:
    address = f"module.a[{json.dumps(key)}].aws_instance.b[{number}]"
    assert without_indices(address) == "module.a.aws_instance.b"
