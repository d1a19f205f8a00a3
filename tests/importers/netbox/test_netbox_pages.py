"""Saved pages of the REST API: what becomes of what, on a small estate written for this."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cmdb.errors import InvalidInput
from cmdb.people import Team
from importers.importer import Origin
from importers.netbox import IMPORTER
from importers.netbox.models import ENDPOINTS
from tests.importers.contract import Reading, read


def link(model: str, id_: int, **fields: Any) -> dict[str, Any]:
    """An object as the API nests it, or as its page holds it."""
    return {"id": id_, "url": f"https://nb.example.org/api/{ENDPOINTS[model]}/{id_}/", **fields}


def device(id_: int, name: str, role: int = 1, **fields: Any) -> dict[str, Any]:
    site = link("site", 1, name="LON1", slug="lon1")
    return link("device", id_, name=name, role=link("devicerole", role), site=site, **fields)


def port(model: str, id_: int, of: int, **fields: Any) -> dict[str, Any]:
    return link(model, id_, name=f"port{id_}", device=link("device", of), **fields)


def cable(id_: int, a: tuple[str, int], b: tuple[str, int], status: str = "connected") -> dict[str, Any]:
    def end(to: tuple[str, int]) -> list[dict[str, Any]]:
        app = ENDPOINTS[to[0]].partition("/")[0]
        return [{"object_type": f"{app}.{to[0]}", "object_id": to[1], "object": link(*to)}]

    state = {"value": status, "label": status.title()}
    return link("cable", id_, status=state, a_terminations=end(a), b_terminations=end(b))


ROLES = [
    link("devicerole", id_, name=name, slug=name.lower().replace(" ", "-"))
    for id_, name in enumerate(
        ("Server", "Leaf Switch", "Core Switch", "PDU", "Firewall", "Camera", "Patch Panel"), 1
    )
]


def reading(tmp_path: Path, *objects: Mapping[str, Any], **options: str) -> Reading:
    file = tmp_path / "dump.json"
    file.write_text(json.dumps([*ROLES, *objects]))
    return read(IMPORTER, Origin(str(file), options))


def test_a_server_with_two_leaves_needs_one_and_a_leaf_its_core(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        *(device(1, "srv"), device(2, "leaf-a", 2), device(3, "leaf-b", 2), device(4, "core", 3)),
        *(port("interface", 11, 1), port("interface", 12, 1), port("interface", 13, 1, mgmt_only=True)),
        *(port("interface", 21, 2), port("interface", 22, 2), port("interface", 31, 3)),
        *(port("interface", 32, 3), port("interface", 41, 4), port("interface", 42, 4)),
        cable(1, ("interface", 11), ("interface", 21)),
        cable(2, ("interface", 31), ("interface", 12)),
        cable(3, ("interface", 22), ("interface", 32)),  # leaves side by side: neither needs the other
        cable(4, ("interface", 41), ("interface", 21), status="planned"),
        cable(5, ("interface", 42), ("interface", 22)),
        cable(6, ("interface", 13), ("interface", 41)),  # management only
    )
    group = {"group": "uplinks", "need": 1, "assumed": True}
    assert [r for r in found.things["device:1"].relations or () if r["type"] == "connects_to"] == [
        {"type": "connects_to", "to": "device:2", **group},
        {"type": "connects_to", "to": "device:3", **group},
    ]
    assert found.provides("device:2", "connects_to") == {"device:4"}
    assert found.provides("device:3", "connects_to") == set()
    assert found.provides("device:4", "connects_to") == set()
    assert found.relations["linked_to"] == 5


def test_two_ways_over_two_circuits_need_one_circuit(tmp_path: Path) -> None:
    ends = [
        link("circuittermination", 10 * c + side, circuit=link("circuit", c), term_side="AZ"[side])
        for c in (1, 2)
        for side in (0, 1)
    ]
    found = reading(
        tmp_path,
        *(device(1, "leaf", 2), device(2, "core", 3)),
        *(port("interface", 11, 1), port("interface", 12, 1)),
        *(port("interface", 21, 2), port("interface", 22, 2)),
        *(link("circuit", c, cid=f"C-{c}", commit_rate=100_000) for c in (1, 2)),
        *ends,
        *(
            cable(1, ("interface", 11), ("circuittermination", 10)),
            cable(2, ("interface", 12), ("circuittermination", 20)),
        ),
        *(
            cable(3, ("interface", 21), ("circuittermination", 11)),
            cable(4, ("interface", 22), ("circuittermination", 21)),
        ),
    )
    group = {"group": "carriers", "need": 1, "assumed": True}
    assert [r for r in found.things["device:1"].relations or () if r["type"] == "connects_to"] == [
        {"type": "connects_to", "to": "device:2"},
        {"type": "connects_to", "to": "circuit:1", **group},
        {"type": "connects_to", "to": "circuit:2", **group},
    ]
    attributes = found.things["circuit:1"].attributes
    assert attributes and attributes["bandwidth_mbps"] == 100


@pytest.mark.parametrize(
    "behind",
    [
        {"rear_port": link("rearport", 5), "rear_port_position": 2},
        {"rear_ports": [{"position": 1, "rear_port": 5, "rear_port_position": 2}]},
    ],
)
def test_ways_lead_through_a_panel_in_old_and_new_releases(tmp_path: Path, behind: dict[str, Any]) -> None:
    found = reading(
        tmp_path,
        *(device(1, "leaf", 2), device(2, "panel", 7), device(3, "far panel", 7), device(4, "core", 3)),
        *(port("interface", 1, 1), port("interface", 2, 4)),
        *(port("frontport", 1, 2, **behind), port("rearport", 5, 2), port("rearport", 6, 3)),
        port("frontport", 2, 3, rear_port=link("rearport", 6), rear_port_position=1),
        port("frontport", 3, 3, rear_port=link("rearport", 6), rear_port_position=2),
        cable(1, ("interface", 1), ("frontport", 1)),
        cable(2, ("rearport", 5), ("rearport", 6)),
        cable(3, ("frontport", 3), ("interface", 2)),
    )
    assert found.provides("device:1", "connects_to") == {"device:4", "device:2", "device:3"}
    assert found.provides("device:2", "connects_to") == set()


def test_two_inlets_on_two_units_need_one_and_a_unit_needs_no_network(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        *(device(1, "srv"), device(2, "pdu-a", 4), device(3, "pdu-b", 4), device(4, "leaf", 2)),
        *(port("powerport", 1, 1), port("powerport", 2, 1), port("powerport", 3, 2)),
        *(port("poweroutlet", 1, 2), port("poweroutlet", 2, 3)),
        *(port("interface", 1, 2), port("interface", 2, 4)),
        link("powerpanel", 1, name="P", site=link("site", 1)),
        link("powerfeed", 1, name="A", power_panel=link("powerpanel", 1), voltage=-48, amperage=10),
        cable(1, ("powerport", 1), ("poweroutlet", 1)),
        cable(2, ("poweroutlet", 2), ("powerport", 2)),
        cable(3, ("powerport", 3), ("powerfeed", 1)),
        cable(4, ("interface", 1), ("interface", 2)),
    )
    assert found.provides("device:1", "powered_by") == {"device:2", "device:3"}
    assert ("device:1", "power") in found.groups and ("device:2", "power") not in found.groups
    assert found.provides("device:2", "powered_by") == {"powerfeed:1"}
    assert found.provides("device:2", "connects_to") == set()
    assert found.things["device:2"].within == "site:1"


def test_a_cluster_survives_the_loss_of_one_of_three(tmp_path: Path) -> None:
    cluster = link("cluster", 1, name="prod", type=link("clustertype", 1, name="VMware"))
    found = reading(
        tmp_path,
        cluster,
        *(device(id_, f"esx{id_}", cluster=link("cluster", 1)) for id_ in (1, 2, 3)),
        link(
            "virtualmachine", 1, name="app.example.org.", cluster=link("cluster", 1), vcpus=1.5, memory=2048
        ),
        link("virtualmachine", 2, name="db", cluster=link("cluster", 1), device=link("device", 2)),
    )
    members = [r for r in found.things["cluster:1"].relations or () if r["type"] == "composed_of"]
    assert len(members) == 3 and {r["need"] for r in members} == {2} and all(r["assumed"] for r in members)
    assert found.classes["hypervisor"] == 3
    assert found.provides("virtualmachine:1", "runs_on") == {"cluster:1"}
    assert found.provides("virtualmachine:2", "runs_on") == {"device:2"}
    attributes = found.things["virtualmachine:1"].attributes
    assert attributes and attributes["fqdn"] == "app.example.org" and attributes["cpu_count"] == 2


def test_a_blade_needs_its_chassis_and_a_context_its_device(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        *(device(1, "chassis"), device(2, "blade"), device(3, "fw", 5)),
        link("devicebay", 1, name="Bay", device=link("device", 1), installed_device=link("device", 2)),
        link("virtualdevicecontext", 1, name="dmz", device=link("device", 3)),
    )
    assert found.provides("device:2", "depends_on") == {"device:1"}
    context = found.things["virtualdevicecontext:1"]
    assert context.attributes and context.attributes["name"] == "fw/dmz"
    assert context.attributes["class"] == "firewall"
    assert found.provides("virtualdevicecontext:1", "depends_on") == {"device:3"}


def test_a_shared_address_needs_one_member_of_its_group(tmp_path: Path) -> None:
    group = {"assigned_object_type": "ipam.fhrpgroup", "assigned_object_id": 5}
    found = reading(
        tmp_path,
        *(device(1, "core-a", 3), device(2, "core-b", 3), port("interface", 1, 1), port("interface", 2, 2)),
        link("ipaddress", 1, address="192.0.2.1/24", **group),
        *(
            link(
                "fhrpgroupassignment",
                i,
                group=link("fhrpgroup", 5),
                interface_type="dcim.interface",
                interface_id=i,
            )
            for i in (1, 2)
        ),
    )
    assert found.things["ipaddress:1"].relations == tuple(
        {"type": "provided_by", "to": f"device:{id_}", "group": "members", "need": 1} for id_ in (1, 2)
    )


@pytest.mark.parametrize(
    "parent",
    [
        {"virtual_machine": link("virtualmachine", 1)},
        {"parent_object_type": "virtualization.virtualmachine", "parent_object_id": 1},
    ],
)
def test_a_service_runs_on_its_machine_in_old_and_new_releases(
    tmp_path: Path, parent: dict[str, Any]
) -> None:
    machine = link("virtualmachine", 1, name="db1")
    tcp = {"value": "tcp", "label": "TCP"}
    found = reading(tmp_path, machine, link("service", 1, name="pg", ports=[5432], protocol=tcp, **parent))
    assert found.provides("service:1", "runs_on") == {"virtualmachine:1"}
    attributes = found.things["service:1"].attributes
    assert attributes and attributes["class"] == "database" and attributes["host"] == "db1"


@pytest.mark.parametrize(
    "place", [{"site": link("site", 1)}, {"scope_type": "dcim.site", "scope_id": 1}, {"scope_type": None}]
)
def test_a_scope_is_a_site_in_newer_releases(tmp_path: Path, place: dict[str, Any]) -> None:
    found = reading(tmp_path, link("site", 1, name="LON1"), link("cluster", 1, name="c", **place))
    expected = {"site:1"} if len(place) == 2 or "site" in place else set()
    assert found.provides("cluster:1", "located_in") == expected


def test_what_a_page_only_mentions_is_kept_as_a_mention(tmp_path: Path) -> None:
    found = reading(tmp_path, device(1, "srv"))
    site = found.things["site:1"]
    assert site.mentioned and site.attributes and site.attributes["name"] == "LON1"
    assert not found.things["device:1"].mentioned


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("active", "operational"), ("staged", "planned"), ("inventory", "in_stock"), ("offline", "maintenance")],
)
def test_status(tmp_path: Path, theirs: str, ours: str) -> None:
    state = {"value": theirs, "label": theirs.title()}
    attributes = reading(tmp_path, device(1, "srv", status=state)).things["device:1"].attributes
    assert attributes and attributes["status"] == ours


def test_a_role_that_tells_nothing_is_told_by_an_option(tmp_path: Path) -> None:
    assert reading(tmp_path, device(1, "cam", 6)).classes["network_device"] == 1
    assert reading(tmp_path, device(1, "cam", 6), roles="camera=workstation").classes["workstation"] == 1
    with pytest.raises(InvalidInput, match="roles: 'camera' is not slug=class"):
        reading(tmp_path, device(1, "cam", 6), roles="camera")


def test_people_tags_and_custom_fields(tmp_path: Path) -> None:
    owned = device(
        1,
        "srv",
        tenant=link("tenant", 1, name="Finance"),
        tags=[{"id": 1, "name": "pci"}],
        custom_fields={"environment": "production", "name": "other", "notes": None, "links": {"a": 1}},
    )
    assigned = {"object_type": "dcim.device", "object_id": 1}
    found = reading(
        tmp_path,
        owned,
        *(link("contact", 1, name="Ada", email="ada@example.org"), link("contact", 2, name="Bob")),
        link("contactassignment", 1, contact=link("contact", 2), priority="secondary", **assigned),
        link("contactassignment", 2, contact=link("contact", 1), priority="primary", **assigned),
    )
    attributes = found.things["device:1"].attributes
    assert attributes and attributes["owner"] == "Finance" and attributes["supported_by"] == "Ada"
    assert attributes["contacts"] == ["Ada (primary)", "Bob (secondary)"]
    assert attributes["tags"] == ["pci"]
    assert attributes["environment"] == "production" and attributes["name"] == "srv"
    assert "links" not in attributes
    assert found.teams == [Team("Finance"), Team("Ada", email="ada@example.org"), Team("Bob")]


def test_a_missing_page_is_a_gap(tmp_path: Path) -> None:
    page = {
        "count": 3,
        "next": "https://nb.example.org/api/dcim/sites/?offset=1",
        "results": [link("site", 1)],
    }
    (tmp_path / "sites.json").write_text(json.dumps(page))
    found = read(IMPORTER, Origin(str(tmp_path)))
    assert [gap.what for gap in found.gaps] == ["2 of 3 objects of site: a page is missing"]


def test_objects_that_do_not_fit_are_rejected_with_the_reason(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        link("site", 1, name=["x"]),
        link("rack", 1, name="R1", site="LON1"),
        link("powerfeed", 1, name="F", voltage="much"),
        link("interface", 1, name="eth0", device=None),
    )
    assert [rejection.reason for rejection in found.rejected] == [
        "name ['x'] is not text",
        "site 'LON1' is not a reference to an object",
        "voltage 'much' is not a number",
        "its device None is not in the source",
    ]
    assert not found.things
