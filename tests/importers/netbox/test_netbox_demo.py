"""The demo data set: every figure is derived a second time, from the file, in another way."""

from collections import Counter, defaultdict
from functools import cache
from typing import Any

from importers.importer import Origin
from importers.netbox import IMPORTER
from tests.importers.contract import Reading, read
from tests.importers.netbox.demo import DEMO, needs_demo, objects

pytestmark = needs_demo


@cache
def demo() -> Reading:
    return read(IMPORTER, Origin(str(DEMO)))


def roles() -> Counter[str]:
    """How many devices each role has."""
    names = {id_: row["name"] for id_, row in objects()["devicerole"].items()}
    return Counter(names[row["role"]] for row in objects()["device"].values())


def filled(model: str, field: str) -> list[Any]:
    return [value for row in objects()[model].values() if (value := row[field]) is not None]


def test_everything_of_the_demo_is_one_ci_of_its_class() -> None:
    held, role = {model: len(rows) for model, rows in objects().items()}, roles()
    containers = filled("prefix", "status").count("container")
    assert demo().classes == {
        "site": held["site"],
        "room": held["location"],
        "rack": held["rack"],
        "power_feed": held["powerfeed"],
        "power_unit": role["PDU"] + held["powerpanel"],
        "router": role["Router"],
        "switch": sum(count for name, count in role.items() if name.endswith("Switch")),
        "network_device": role["Patch Panel"],
        "physical_server": role["Application Server"],  # in no cluster, so no hypervisor
        "cluster": held["virtualchassis"],
        "hypervisor_cluster": held["cluster"],
        "virtual_machine": held["virtualmachine"],
        "network_interface": held["interface"] + held["vminterface"],
        "external_service": held["provider"] + held["providernetwork"],
        "circuit": held["circuit"],
        "network": held["prefix"] - containers,
    }
    assert sum(demo().classes.values()) == 2824
    assert demo().classes["network_interface"] == 1586 + 720


def test_relations_of_the_demo() -> None:
    held, ends = {model: len(rows) for model, rows in objects().items()}, cables()
    plugs = sum(kinds == ["poweroutlet", "powerport"] for kinds in ends)
    assert demo().relations == {
        "belongs_to": held["interface"] + held["vminterface"],
        "runs_on": held["virtualmachine"],  # each has a cluster, none a device
        "located_in": held["device"] + held["rack"] + held["location"] + held["powerpanel"],
        # each feed to its panel; each feed's rack to it; each plug
        "powered_by": held["powerfeed"] + len(filled("powerfeed", "rack")) + plugs,
        "linked_to": held["cable"] - plugs,
        "composed_of": len(filled("interface", "lag")) + len(filled("device", "virtual_chassis")),
        "depends_on": len(filled("circuit", "provider"))
        + len(filled("circuittermination", "provider_network"))
        + len(filled("providernetwork", "provider")),
        # 13 access switches to their router, over two cables each; 13 routers to two circuits each;
        # 3 distribution switches to two core switches, through two panels and one circuit each
        "connects_to": 13 + 13 * 2 + 3 * (2 + 2 + 1),
    }
    assert sum(demo().relations.values()) == 2306 + 180 + 122 + 122 + 82 + 60 + 43 + 54
    assert filled("virtualmachine", "device") == [] and len(filled("virtualmachine", "cluster")) == 180


def test_redundancy_groups_of_the_demo() -> None:
    fed = Counter(filled("powerfeed", "rack"))
    stacked = Counter(filled("device", "virtual_chassis"))
    bonded = Counter(filled("interface", "lag"))
    assert Counter(group for _, group in demo().groups) == {
        "power": sum(count > 1 for count in fed.values()),  # 24 racks with an A and a B feed
        "members": sum(count > 1 for count in stacked.values())
        + sum(count > 1 for count in bonded.values()),  # 4 stacks of two, 26 bonds of two
        "uplinks": roles()["Router"] + roles()["Distribution Switch"],
    }
    assert len(demo().groups) == 24 + 30 + 16
    assert all(
        relation["need"] == 1 and relation["assumed"]
        for one in demo().things.values()
        for relation in one.relations or ()
        if "group" in relation
    )


def test_nothing_of_the_demo_is_rejected_missing_or_dangling() -> None:
    assert demo().rejected == [] and demo().gaps == [] and demo().dangling == set()
    assert len(demo().teams) == len(objects()["tenant"]) + len(objects()["contact"])


def test_a_distribution_switch_stands_on_its_one_circuit_and_either_core() -> None:
    switch = next(id_ for id_ in demo().things if name_of(id_) == "ncsu117-distswitch1")
    names = {name_of(to) for to in demo().provides(switch, "connects_to")}
    line = objects()["circuit"][29]["cid"]
    assert names == {"ncsu-coreswitch1", "ncsu-coreswitch2", "PP:MDF", "PP:B117", line}
    plain = {r["to"] for r in demo().things[switch].relations or () if "group" not in r}
    assert "circuit:29" in plain  # the file's only circuit that ends in site 22, where the switch is
    assert {row["circuit"] for row in objects()["circuittermination"].values() if row["site"] == 22} == {29}


def test_the_load_of_a_feed_is_what_netbox_computes() -> None:
    for id_, row in objects()["powerfeed"].items():
        attributes = demo().things[f"powerfeed:{id_}"].attributes
        assert attributes and attributes["capacity_w"] == row["available_power"]


def name_of(native_id: str) -> object:
    return (demo().things[native_id].attributes or {})["name"]


def cables() -> list[list[str]]:
    """The kinds of port at the ends of each cable."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in objects()["cabletermination"].values():
        found[row["cable"]].append(row["termination_type"][1])
    return [sorted(kinds) for kinds in found.values()]
