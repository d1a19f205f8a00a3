"""Which way the core lies: local networks, what stands beyond them, and media of their own."""

from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.importers.netbox.test_netbox_pages import cable, device, link, port, reading

Needs = dict[str, set[tuple[str, str]]]

LINES = ("internet-a", "internet-b", "mpls")


def needs(tmp_path: Path, roles: dict[str, str], cables: Iterable[str]) -> Needs:
    """What each device connects to, with the group; a cable is `end end [type of interface]`."""
    ids = {name: id_ for id_, name in enumerate((*roles, *LINES), 1)}
    numbers, objects = count(1), list[dict[str, Any]]()
    for name, role in roles.items():
        slug = role.lower().replace(" ", "-")
        objects.append(link("devicerole", 100 + ids[name], name=role, slug=slug))
        objects.append(device(ids[name], name, 100 + ids[name]))
    objects += [link("circuit", ids[name], cid=name) for name in LINES]
    sides = {name: iter("AZ") for name in LINES}
    for one in cables:
        near, far, *type_ = one.split()
        ends = []
        for name in (near, far):
            number = next(numbers)
            if name in LINES:
                of = {"circuit": link("circuit", ids[name]), "term_side": next(sides[name])}
                objects.append(link("circuittermination", number, **of))
                ends.append(("circuittermination", number))
            else:
                kind = {"value": type_[0] if type_ else "10gbase-t", "label": "its type"}
                objects.append(port("interface", number, ids[name], type=kind))
                ends.append(("interface", number))
        objects.append(cable(next(numbers), ends[0], ends[1]))
    found = reading(tmp_path, *objects)
    names = {f"{'circuit' if name in LINES else 'device'}:{id_}": name for name, id_ in ids.items()}
    return {
        name: {
            (names[relation["to"]], relation.get("group", ""))
            for relation in found.things[f"device:{ids[name]}"].relations or ()
            if relation["type"] == "connects_to"
        }
        for name in roles
    }


HEADQUARTERS = {
    "core-a": "Core Switch",
    "core-b": "Core Switch",
    "leaf": "Leaf Switch",
    "firewall": "Firewall",
    "router": "Edge Router",
    "server": "Server",
}
WIRED = (
    *("core-a core-b", "leaf core-a", "leaf core-b", "server leaf"),
    *("core-a firewall", "core-b firewall", "firewall router"),
    *("router internet-a", "router internet-b"),
)


def test_a_local_network_does_not_fall_with_its_way_out(tmp_path: Path) -> None:
    found = needs(tmp_path, HEADQUARTERS, WIRED)
    cores = {("core-a", "uplinks"), ("core-b", "uplinks")}
    assert found == {
        "core-a": set(),
        "core-b": set(),
        "leaf": cores,
        "firewall": cores,
        # The core side and the outer side are both needed; of the lines one is enough.
        "router": {("firewall", ""), ("internet-a", "carriers"), ("internet-b", "carriers")},
        "server": {("leaf", "")},
    }


def test_a_line_that_ends_at_the_core_is_not_what_the_core_stands_on(tmp_path: Path) -> None:
    found = needs(tmp_path, {"core": "Core Switch"}, ["core internet-a"])
    assert found == {"core": set()}


def test_what_hangs_on_a_firewall_alone_needs_it(tmp_path: Path) -> None:
    dmz = {"dmz": "Switch", "proxy": "Server", "outer": "Switch"}
    found = needs(tmp_path, HEADQUARTERS | dmz, [*WIRED, "dmz firewall", "proxy dmz", "outer router"])
    assert found["dmz"] == {("firewall", "")} and found["proxy"] == {("dmz", "")}
    assert found["outer"] == {("router", "")}
    assert found["firewall"] == {("core-a", "uplinks"), ("core-b", "uplinks")}


@pytest.mark.parametrize("role", ["SD-WAN Edge", "VPN Concentrator", "Edge Firewall", "Internet Gateway"])
def test_every_kind_of_edge_stands_beyond_the_core(tmp_path: Path, role: str) -> None:
    found = needs(tmp_path, {"core": "Core Switch", "edge": role}, ["edge core", "edge internet-a"])
    assert found == {"core": set(), "edge": {("core", ""), ("internet-a", "")}}


@pytest.mark.parametrize("role", ["Core Router", "Spine Switch", "Distribution Switch"])
def test_what_else_can_be_the_core(tmp_path: Path, role: str) -> None:
    found = needs(tmp_path, {"core": role, "edge": "Edge Router", "acc": "Switch"}, ["edge core", "acc core"])
    assert found == {"core": set(), "edge": {("core", "")}, "acc": {("core", "")}}


def test_a_small_site_hangs_on_its_router(tmp_path: Path) -> None:
    small = {"router": "Router", "firewall": "Firewall", "switch": "Switch", "till": "Server"}
    wired = ["router internet-a", "router internet-b", "router firewall", "firewall switch", "switch till"]
    assert needs(tmp_path, small, wired) == {
        "router": {("internet-a", "uplinks"), ("internet-b", "uplinks")},
        "firewall": {("router", "")},
        "switch": {("firewall", "")},
        "till": {("switch", "")},
    }


def test_a_branch_hangs_on_the_line_to_headquarters_which_do_not_hang_on_it(tmp_path: Path) -> None:
    branch = {"branch-fw": "Firewall", "branch-sw": "Switch"}
    wired = [*WIRED, "router mpls", "branch-fw mpls", "branch-sw branch-fw"]
    alone, found = needs(tmp_path, HEADQUARTERS, WIRED), needs(tmp_path, HEADQUARTERS | branch, wired)
    assert {name: found[name] for name in HEADQUARTERS} == alone
    assert found["branch-fw"] == {("router", ""), ("mpls", "")}
    assert found["branch-sw"] == {("branch-fw", "")}


def test_storage_does_not_stand_in_for_the_network(tmp_path: Path) -> None:
    roles = {"host": "Server", "leaf-a": "Leaf Switch", "leaf-b": "Leaf Switch", "ib": "Switch"}
    roles |= {"san-a": "SAN Switch", "san-b": "SAN Switch", "array": "Storage Array"}
    found = needs(
        tmp_path,
        roles,
        [
            *("host leaf-a", "host leaf-b", "host ib infiniband-hdr"),
            *("host san-a 32gfc-sfp28", "host san-b 32gfc-sfp28"),
            *("array san-a 64gfc-qsfpp", "array san-b 64gfc-qsfpp"),
        ],
    )
    fabric = {("san-a", "fabric"), ("san-b", "fabric")}
    assert found["host"] == {("leaf-a", "uplinks"), ("leaf-b", "uplinks"), ("ib", "")} | fabric
    assert found["array"] == fabric
    assert found["san-a"] == found["san-b"] == found["leaf-a"] == set()


def test_one_switch_for_both_media_is_named_once(tmp_path: Path) -> None:
    found = needs(
        tmp_path, {"host": "Server", "sw": "Switch"}, ["host sw 25gbase-x-sfp28", "host sw 16gfc-sfpp"]
    )
    assert found["host"] == {("sw", "")}
