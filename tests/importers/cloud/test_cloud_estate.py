"""What an estate of resources becomes, whatever tells of them."""

from typing import Any

import pytest

from cmdb.reconciliation import Observation
from importers.cloud import Estate, Link, Place, Resource, Shape, on
from importers.cloud.telling import short_name

MACHINE = Shape("virtual_machine", hosts=("ip",), values={"fqdn": "dns"}, zones="zone")
USER = Shape(
    "application", cloud_id="", name="name", links=(on("depends_on", "needs", "virtual_machine", "any"),)
)
DATABASE = Shape("database", known_as=("name",))
READER = Shape("application", cloud_id="", links=(Link("depends_on", to="db", to_class="database"),))


def resource(
    shape: Shape, address: str, account: str = "1", region: str = "eu-west-1", **values: Any
) -> Resource:
    return Resource("test", shape, values, address, Place("aws", account, region), "here")


def estate(*resources: Resource) -> dict[str, Observation]:
    return {row.native_id: row for row in Estate(resources).rows() if isinstance(row, Observation)}


def ends(told: dict[str, Observation], native_id: str) -> list[str]:
    return [r["to"] for r in told[native_id].relations or () if r["type"] == "depends_on"]


def test_an_address_that_two_machines_have_tells_nothing() -> None:
    twins = [resource(MACHINE, f"m{n}", id=f"i-0000000{n}", ip="10.0.0.1") for n in (1, 2)]
    told = estate(*twins, resource(USER, "app", name="app", needs=["http://10.0.0.1/"]))
    assert not {"i-00000001", "i-00000002"} & set(ends(told, "app"))
    told = estate(twins[0], resource(USER, "app", name="app", needs=["http://10.0.0.1/"]))
    assert ends(told, "app") == ["i-00000001"]


def test_a_name_that_two_machines_have_identifies_neither() -> None:
    names = {1: "ip-10-0-0-1.ec2.internal", 2: "ip-10-0-0-1.ec2.internal", 3: "IP-10-0-0-3.ec2.internal."}
    told = estate(*(resource(MACHINE, f"m{n}", id=f"i-0000000{n}", dns=name) for n, name in names.items()))
    found = {one.native_id: (one.attributes or {}).get("fqdn") for one in told.values()}
    assert (found["i-00000001"], found["i-00000002"]) == (None, None)
    assert found["i-00000003"] == "ip-10-0-0-3.ec2.internal"


def test_an_address_that_nobody_has_is_a_server() -> None:
    told = estate(resource(USER, "app", name="app", needs=["192.0.2.1"]))
    assert ends(told, "app") == ["server/192.0.2.1"]
    mention = told["server/192.0.2.1"]
    assert mention.mentioned
    assert mention.attributes == {"class": "server", "name": "192.0.2.1", "ip_address": "192.0.2.1"}


def test_a_name_means_the_one_in_the_same_place() -> None:
    orders = [
        resource(DATABASE, f"db{n}", region=region, id=f"arn:aws:rds:{region}:1:db:orders", name="orders")
        for n, region in enumerate(("eu-west-1", "us-east-1"))
    ]
    told = estate(*orders, resource(READER, "app", region="us-east-1", db="orders"))
    assert ends(told, "app") == ["arn:aws:rds:us-east-1:1:db:orders"]


def test_a_name_that_may_mean_two_is_mentioned_by_itself() -> None:
    orders = [
        resource(DATABASE, f"db{n}", id=f"arn:aws:rds:eu-west-1:1:db:o{n}", name="orders") for n in (1, 2)
    ]
    told = estate(*orders, resource(READER, "app", db="orders"))
    (end,) = ends(told, "app")
    assert told[end].mentioned
    assert told[end].attributes == {"class": "database", "name": "orders", "provider": "aws"}


def test_a_group_of_one_is_plain() -> None:
    told = estate(resource(USER, "app", name="app", needs=["i-00000001"]))
    assert [r for r in told["app"].relations or () if r["type"] == "depends_on"] == [
        {"type": "depends_on", "to": "i-00000001"}
    ]


def test_two_accounts_call_one_zone_by_other_names() -> None:
    machines = [
        resource(
            MACHINE,
            account,
            account=account,
            id=f"i-0000000{account}",
            zone=zone,
            availability_zone_id="use1-az4",
        )
        for account, zone in (("1", "us-east-1a"), ("2", "us-east-1c"))
    ]
    zones = [
        one
        for one in estate(*machines).values()
        if (one.attributes or {}).get("class") == "availability_zone"
    ]
    assert [one.native_id for one in zones] == ["aws/zone/use1-az4"]


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("i-0123456789abcdef0", "i-0123456789abcdef0"),
        ("arn:aws:lambda:eu-west-1:1:function:pay", "pay"),
        ("arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/0123456789abcdef", "web"),
        ("projects/shop/zones/europe-west1-b/instances/web", "web"),
    ],
)
def test_short_names(identifier: str, name: str) -> None:
    assert short_name(identifier) == name
