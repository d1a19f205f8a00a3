"""bigip.conf: what becomes of virtual servers, pools and members, and what is refused."""

import re
from pathlib import Path

import pytest

from cmdb.errors import InvalidInput
from importers.balancers import F5
from importers.importer import Origin
from tests.importers.contract import Reading, read

CONF = Path(__file__).parent / "data" / "bigip.conf"
PAIR = "bigip1.example.com, bigip2.example.com"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(F5, Origin(str(CONF)))


def _file(tmp_path: Path, text: str) -> Origin:
    path = tmp_path / "bigip.conf"
    path.write_text(text)
    return Origin(str(path), {"device": "lb1"})


def test_numbers_are_those_of_the_file(reading: Reading) -> None:
    text = CONF.read_text()
    addresses = set(re.findall(r"^ {12}address (\S+)", text, re.M))
    assert reading.classes == {
        "virtual_server": len(re.findall(r"^ltm virtual /", text, re.M)),
        "load_balancer_pool": len(re.findall(r"^ltm pool /", text, re.M)),
        "server": len(addresses) + 1,  # App.Example.com has a name in place of an address
        "dns_record": 1,  # farm.example.com fills in its members
        "load_balancer": 2,  # of three in the trust group, two are in the failover group
    }
    assert reading.relations == {
        "runs_on": 4 * 2,  # each virtual server on both of the pair
        "depends_on": 1 + 1 + 2,  # web, basket, and the two that choose leaves to rules_only
        "uses": 3 + 2,  # shop_https: api, basket by rule, farm by policy; rules_only: api, basket
        "provided_by": 3 + 2 + 1 + 1,  # web has web1 twice; api; farm; basket
    }
    assert (reading.rejected, reading.gaps, reading.dangling) == ([], [], set())


def test_one_member_will_do_whatever_its_priority(reading: Reading) -> None:
    web = reading.things[f"{PAIR}/pool/Common/web"]
    assert web.relations == (
        {"type": "provided_by", "to": f"{PAIR}/server/10.0.1.1", "group": "members", "need": 1},
        {"type": "provided_by", "to": f"{PAIR}/server/10.0.1.3", "group": "members", "need": 1},
        {"type": "provided_by", "to": f"{PAIR}/server/10.0.1.2", "strength": "none"},
    )
    assert web.attributes is not None
    assert web.attributes["members"] == [
        "10.0.1.1:80",
        "10.0.1.2:80 (disabled)",  # its node is
        "10.0.1.3:80",
        "10.0.1.1:8080 (disabled)",
    ]
    assert web.attributes["monitors"] == ["/Common/http", "/Common/tcp_half_open"]


def test_members_are_mentioned_by_what_identifies_them(reading: Reading) -> None:
    servers = {key.rpartition("/")[2]: one for key, one in reading.things.items() if "/server/" in key}
    assert all(one.mentioned for one in servers.values())
    assert servers["app.example.com"].attributes == {
        "class": "server",
        "name": "App.Example.com",
        "fqdn": "app.example.com",
    }
    routed = servers["10.0.2.1%7"].attributes
    assert routed and (routed["ip_address"], routed["route_domain"]) == ("10.0.2.1", "7")
    assert servers["10.0.1.1"].attributes == {"class": "server", "name": "web1", "ip_address": "10.0.1.1"}


def test_a_virtual_server_without_a_pool_needs_one_of_those_that_rules_name(reading: Reading) -> None:
    relations = reading.things[f"{PAIR}/virtual/Shop/rules_only"].relations or ()
    vital = [r for r in relations if r["type"] == "depends_on"]
    assert {r["to"] for r in vital} == {f"{PAIR}/pool/Common/api", f"{PAIR}/pool/Shop/basket"}
    assert {(r["group"], r["need"]) for r in vital} == {("pools", 1)}


def test_a_rule_takes_only_what_it_names_in_code(reading: Reading) -> None:
    chosen = reading.provides(f"{PAIR}/virtual/Common/shop_https", "uses")
    assert f"{PAIR}/pool/Common/empty" not in chosen  # it stands in a comment


@pytest.mark.parametrize(
    ("name", "address", "port", "enabled"),
    [
        ("Common/shop_https", "198.51.100.10", 443, True),
        ("Shop/basket_http", "198.51.100.20", 80, False),  # by the name of its virtual address
        ("Shop/rules_only", "2001:db8::80", 443, True),
        ("Common/forward", None, None, True),
    ],
)
def test_destinations(reading: Reading, name: str, address: str, port: int, enabled: bool) -> None:
    found = reading.things[f"{PAIR}/virtual/{name}"].attributes or {}
    assert (found.get("ip_address"), found.get("port"), found["enabled"]) == (address, port, enabled)


def test_devices_carry_what_identifies_them(reading: Reading) -> None:
    device = reading.things[f"{PAIR}/device/bigip1.example.com"]
    assert device.attributes and not device.mentioned
    assert (device.attributes["manufacturer"], device.attributes["serial_number"]) == ("F5", "422f-9a31")


def test_a_named_device_goes_before_those_found() -> None:
    reading = read(F5, Origin(str(CONF), {"device": "lb.example.net"}))
    assert reading.provides("lb.example.net/virtual/Common/forward", "runs_on") == {
        "lb.example.net/device/lb.example.net"
    }
    assert reading.things["lb.example.net/device/lb.example.net"].mentioned


def test_several_files_are_one_configuration(tmp_path: Path) -> None:
    (tmp_path / "bigip.conf").write_text("ltm virtual v {\n    pool p\n}\n")
    (tmp_path / "bigip_base.conf").write_text("sys global-settings {\n    hostname lb9.example.com\n}\n")
    (tmp_path / "more.conf").write_text("ltm pool p {\n}\n")
    reading = read(F5, Origin(str(tmp_path)))
    assert reading.provides("lb9.example.com/virtual/Common/v", "depends_on") == {
        "lb9.example.com/pool/Common/p"
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ltm pool /Common/p {\n    members {\n    }\n", r"line 1: a \{ that is never closed"),
        ("ltm pool p {\n}\n}\n", r"line 3: a \} that closes nothing"),
        ('ltm pool p {\n    description "no end\n}\n', "line 2: a quote that is never closed"),
        ("ltm rule r {\n  when X {\n", r"line 1: a \{ that is never closed"),
        ("{\n}\n", r"line 1: a \{ without a name"),
        ("a {\n" * 300, "more than 200 braces are open"),
        ("ltm pool p {\n}\nltm vir", "line 3: an object without braces"),
        ("sys dns {\n}\n", "neither ltm virtual nor ltm pool"),
        ("", "neither ltm virtual nor ltm pool"),
    ],
)
def test_damage_is_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        read(F5, _file(tmp_path, text))


def test_a_cut_within_an_object_is_told(tmp_path: Path) -> None:
    text = CONF.read_text()
    read_to_the_end = 0
    for end in range(0, len(text), 97):
        opened, closed = re.findall(r"^\w.*\{$", text[:end], re.M), re.findall(r"^\}", text[:end], re.M)
        try:
            list(F5.read(_file(tmp_path, text[:end])))
        except InvalidInput:
            continue
        assert len(opened) == len(closed)
        read_to_the_end += 1
    assert read_to_the_end


def test_without_a_name_nothing_is_told_apart(tmp_path: Path) -> None:
    origin = Origin(_file(tmp_path, "ltm pool p {\n}\n").location)
    with pytest.raises(InvalidInput, match="name it with -o device=NAME"):
        read(F5, origin)
