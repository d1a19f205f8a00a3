"""A folder of facts and inventories: what becomes of it."""

import json
from pathlib import Path

import pytest

from importers.ansible import IMPORTER
from importers.importer import Origin
from tests.importers.contract import Reading, read

ESTATE = Path(__file__).parent / "data" / "estate"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(IMPORTER, Origin(str(ESTATE)))


def _facts(host: str) -> dict[str, object]:
    document = json.loads((ESTATE / "facts" / host).read_text())
    return dict(document.get("ansible_facts", document))


def test_numbers_are_those_of_the_files(reading: Reading) -> None:
    assert reading.classes == {
        "virtual_machine": 3,  # web1, web2, aws1
        "hypervisor": 1,  # hv1: kvm, with interfaces of libvirt
        "physical_server": 1,  # metal1: the module of kvm alone
        # facts of a container, and of Windows without virtualization; by inventory alone: bastion,
        # 192.0.2.99, db-a to db-c, stage01 to stage03, down1
        "server": 2 + 9,
        # lo left out, and of hv1 vnet0 and veth12ab: web1 1, web2 1, hv1 8 - 3, metal1 2, runner 1, win1 1
        "network_interface": 1 + 1 + 5 + 2 + 1 + 1,
        "file_share": 3,  # media (twice), var-web2, //files/share
        "cloud_region": 1,
        "availability_zone": 1,
    }
    assert reading.relations == {"composed_of": 2 + 1, "stored_on": 1 + 3, "located_in": 1}
    assert reading.groups == {("host/hv1.example.com/bond0", "links")}
    assert (reading.rejected, reading.dangling) == ([], set())
    assert [gap.what for gap in reading.gaps] == [
        "down1.example.com gave no facts when they were asked for: "
        "Failed to connect to the host via ssh: No route to host"
    ]


def test_who_was_only_named_is_mentioned(reading: Reading) -> None:
    described = {f"host/{file.name.removesuffix('.json')}" for file in (ESTATE / "facts").iterdir()}
    hosts = {
        key: one for key, one in reading.things.items() if key.count("/") == 1 and key.startswith("host/")
    }
    assert {key for key, one in hosts.items() if not one.mentioned} == described - {"host/down1.example.com"}
    assert hosts["host/bastion"].attributes == {
        "class": "server",
        "name": "bastion",
        "fqdn": "bastion.example.com",
    }
    assert hosts["host/192.0.2.99"].attributes == {
        "class": "server",
        "name": "192.0.2.99",
        "ip_address": "192.0.2.99",
    }


@pytest.mark.parametrize(
    ("host", "groups"),
    [
        # as `ansible-inventory --graph` draws them
        ("web1.example.com", ["shop", "staging", "web"]),
        ("hv1.example.com", ["hypervisors"]),
        ("db-b", ["db", "shop"]),
        ("stage03.example.com", ["staging"]),
        ("win1.example.com", ["windows"]),
        ("bastion", None),
        ("aws1", None),
    ],
)
def test_groups_are_tags(reading: Reading, host: str, groups: list[str] | None) -> None:
    attributes = reading.things[f"host/{host}"].attributes or {}
    assert attributes.get("tags") == groups


def test_identity_is_what_the_firmware_says(reading: Reading) -> None:
    web1 = reading.things["host/web1.example.com"].attributes or {}
    assert web1["bios_uuid"] == str(_facts("web1.example.com")["ansible_product_uuid"]).lower()
    assert web1["fqdn"] == "web1.example.com"
    assert "serial_number" not in web1
    hv1 = reading.things["host/hv1.example.com"].attributes or {}
    assert (hv1["manufacturer"], hv1["serial_number"]) == ("Dell Inc.", "B5QM12")
    assert "asset_tag" not in hv1  # NA


def test_a_container_does_not_pass_for_its_host(reading: Reading) -> None:
    runner = reading.things["host/runner"].attributes or {}
    assert _facts("runner")["ansible_product_uuid"] == _facts("hv1.example.com")["ansible_product_uuid"]
    assert "bios_uuid" not in runner


def test_localhost_is_no_name(reading: Reading) -> None:
    assert "fqdn" not in (reading.things["host/metal1"].attributes or {})


def test_a_bond_lives_on_one_link(reading: Reading) -> None:
    links = reading.things["host/hv1.example.com/bond0"].relations
    assert links is not None and [(r["to"][-4:], r["group"], r["need"]) for r in links] == [
        ("eno1", "links", 1),
        ("eno2", "links", 1),
    ]
    assert reading.things["host/metal1/bond1"].relations == (
        {"type": "composed_of", "to": "host/metal1/eth0"},  # the other link is no interface of the host
    )


def test_a_share_is_vital_where_the_system_stands_on_it(reading: Reading) -> None:
    relations = reading.things["host/web2.example.com"].relations or ()
    assert {(r["to"], r.get("strength")) for r in relations} == {
        ("share/nas1.example.com:/var-web2", None),
        ("share/nas1.example.com:/media", "soft"),
        ("share///files/share", "soft"),
    }


def test_instances_of_ec2_are_where_they_are(reading: Reading) -> None:
    aws1 = reading.things["host/aws1"]
    assert aws1.attributes is not None and aws1.attributes["cloud_id"] == "i-0abc123def4567890"
    assert reading.provides("host/aws1", "located_in") == {"zone/eu-west-1b"}
    assert reading.things["zone/eu-west-1b"].within == "region/eu-west-1"


def test_nothing_that_changes_all_the_time_is_kept(reading: Reading) -> None:
    volatile = {12345, 411}  # uptime and free memory of every fixture
    for one in reading.things.values():
        assert volatile.isdisjoint(
            value for value in (one.attributes or {}).values() if isinstance(value, int)
        )
