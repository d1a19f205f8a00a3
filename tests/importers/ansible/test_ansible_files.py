"""Facts and inventories in their several forms, and files that are neither."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from importers.ansible import IMPORTER
from importers.ansible.inventory import Inventory, add_groups, add_ini, add_list, expand
from importers.importer import Origin
from tests.importers.contract import Reading, read


def _read(path: Path, content: str | bytes) -> Reading:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(IMPORTER, Origin(str(path)))


@pytest.mark.parametrize(
    ("pattern", "hosts"),
    [
        # the examples of Ansible's guide to inventories, and what ansible-inventory makes of them
        ("www[01:03].example.com", ["www01.example.com", "www02.example.com", "www03.example.com"]),
        ("www[01:05:2]", ["www01", "www03", "www05"]),
        ("db-[a:c]", ["db-a", "db-b", "db-c"]),
        ("r[1:2]n[1:2]", ["r1n1", "r1n2", "r2n1", "r2n2"]),
        ("n[8:11]", ["n8", "n9", "n10", "n11"]),
        ("web1.example.com:2222", ["web1.example.com"]),
        ("n[1:2]:22", ["n1", "n2"]),
        ("2001:db8::1", ["2001:db8::1"]),
    ],
)
def test_ranges(pattern: str, hosts: list[str]) -> None:
    assert list(expand(pattern, "hosts")) == hosts


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 9), st.integers(1, 5))
def test_a_range_is_pythons_with_its_end(first: int, count: int, step: int, width: int) -> None:
    names = list(expand(f"n[{first:0{width}}:{first + count}:{step}]", "hosts"))
    assert [int(name[1:]) for name in names] == list(range(first, first + count + 1, step))
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("pattern", ["n[1:b]", "n[a:10]", "n[1:9:0]", "n[1:99999999]", "n[1:999][1:9999]"])
def test_what_is_no_range_is_told(pattern: str) -> None:
    with pytest.raises(InvalidInput, match=r"is no range of hosts|names more than"):
        list(expand(pattern, "hosts"))


def test_the_three_forms_say_the_same() -> None:
    ini, groups, listed = Inventory(), Inventory(), Inventory()
    add_ini(ini, "a x=1\n[web]\nb\n[shop:children]\nweb\n", "hosts")
    add_groups(
        groups,
        {"ungrouped": {"hosts": {"a": {"x": "1"}}}, "shop": {"children": {"web": {"hosts": {"b": None}}}}},
        "hosts.yml",
    )
    document: dict[str, dict[str, object]] = {
        "_meta": {"hostvars": {"a": {"x": "1"}}},
        "all": {"children": ["ungrouped", "shop"]},
        "ungrouped": {"hosts": ["a"]},
        "shop": {"children": ["web"]},
        "web": {"hosts": ["b"]},
    }
    add_list(listed, document, "list.json")
    for inventory in (ini, groups, listed):
        assert inventory.hosts == {"a": {"x": "1"}, "b": {}}
        assert inventory.groups_by_host() == {"a": [], "b": ["shop", "web"]}


def test_groups_that_hold_each_other_end() -> None:
    inventory = Inventory()
    add_ini(inventory, "[a]\nh\n[a:children]\nb\n[b:children]\na\n", "hosts")
    assert inventory.groups_by_host() == {"h": ["a", "b"]}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("web1", '{"ansible_facts": {"ansible_fqdn": "web1', "web1, line 1.*is not JSON.*whole"),
        ("web1", '{"changed": false}', "holds neither facts"),
        ("web1", '{"ansible_facts": {"ansible_interfaces": "lo"}}', "ansible_interfaces is no list"),
        ("hosts", "[web]\na b c\n", "line 2: after the host come variables"),
        ("hosts", "[web:kids]\na\n", "line 1: a group has hosts, children or vars, not 'kids'"),
        ("hosts", "a x='1\n", "line 1: No closing quotation"),
        ("hosts", '""\n', "line 1: a host without a name"),
        ("hosts", "", "holds neither facts nor an inventory"),
        ("hosts", b"\xff\xfe\x00", "is not utf-16"),
        ("i.yml", "plugin: aws_ec2\nregions: [eu-west-1]\n", "save what `ansible-inventory --list` says"),
        ("i.yml", "- hosts: all\n  tasks: []\n", "is no inventory"),
        ("i.yml", "web:\n  hosts: [a, b]\n", "hosts must be names, each followed by a colon"),
        ("i.yml", "web: text\n", "the group 'web' must hold"),
        ("i.yml", "a: &a [*a]\n", "stands within itself"),
    ],
)
def test_damage_is_told(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        _read(tmp_path / name, content)


def test_a_damaged_file_among_others_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "web1").write_text('{"ansible_facts": {"ansible_fqdn": "web')
    (tmp_path / "web2").write_text(json.dumps({"ansible_fqdn": "web2.example.com"}))
    (tmp_path / ".hidden").write_text("{")
    (tmp_path / "README.md").write_text("not a host")
    reading = read(IMPORTER, Origin(str(tmp_path)))
    assert set(reading.things) == {"host/web2"}
    assert len(reading.gaps) == 1 and reading.gaps[0].what.startswith("web1, line 1")


def test_facts_of_odd_shapes_are_taken_as_far_as_they_go(tmp_path: Path) -> None:
    facts = {
        "ansible_interfaces": ["bond0", 7, {}, ""],
        "ansible_bond0": {"slaves": [["7"], 7]},
        "ansible_mounts": [
            "/",
            {"fstype": "nfs", "device": ["x"]},
            {"fstype": "nfs", "device": 7},
            {"fstype": []},
        ],
    }
    reading = _read(tmp_path / "odd", json.dumps(facts))
    assert reading.classes == {"server": 1, "network_interface": 2, "file_share": 2}  # bond0 and 7
    assert reading.relations == {"composed_of": 1, "stored_on": 2}
