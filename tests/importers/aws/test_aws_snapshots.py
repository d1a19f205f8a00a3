"""Snapshots of AWS Config."""

import json
from pathlib import Path
from typing import Any

from importers.aws import IMPORTER
from importers.importer import Origin
from tests.importers.contract import Reading, read

DATABASE = "arn:aws:rds:eu-west-1:111122223333:db:orders"


def item(
    type_: str, identifier: str, configuration: Any = None, *related: tuple[str, str], **more: Any
) -> dict[str, Any]:
    relationships = [{"resourceType": theirs, "resourceId": other, "name": "-"} for theirs, other in related]
    return {
        "configurationItemStatus": "OK",
        "resourceType": type_,
        "resourceId": identifier,
        "awsAccountId": "111122223333",
        "awsRegion": "eu-west-1",
        "configuration": configuration,
        "relationships": relationships,
        **more,
    }


SUBNET = {
    "subnetId": "subnet-00000001",
    "vpcId": "vpc-00000001",
    "availabilityZone": "eu-west-1a",
    "availabilityZoneId": "euw1-az3",
    "cidrBlock": "10.0.1.0/24",
}
SNAPSHOT = (
    item("AWS::EC2::VPC", "vpc-00000001", {"vpcId": "vpc-00000001", "cidrBlock": "10.0.0.0/16"}),
    item("AWS::EC2::Subnet", "subnet-00000001", SUBNET),
    item(
        "AWS::EC2::Instance",
        "i-00000001",
        {
            "instanceId": "i-00000001",
            "placement": {"availabilityZone": "eu-west-1a"},
            "tags": [{"key": "Name", "value": "web"}],
        },
        ("AWS::EC2::Subnet", "subnet-00000001"),
        ("AWS::EC2::Volume", "vol-00000001"),
        ("AWS::EC2::SecurityGroup", "sg-00000001"),
        tags={"Name": "web"},
    ),
    item(
        "AWS::EC2::Volume",
        "vol-00000001",
        {"volumeId": "vol-00000001", "size": 8},
        availabilityZone="eu-west-1a",
    ),
    item("AWS::EC2::SecurityGroup", "sg-00000001", {"groupId": "sg-00000001"}),
    item("AWS::EC2::Volume", "vol-00000002", None, configurationItemStatus="ResourceDeleted"),
    item(
        "AWS::RDS::DBInstance",
        "db-ABC",
        json.dumps({"dBInstanceIdentifier": "orders", "dBInstanceArn": DATABASE, "multiAZ": False}),
        resourceName="orders",
        arn=DATABASE,
        availabilityZone="eu-west-1a",
    ),
    item("AWS::S3::Bucket", "images", {"name": "images"}, resourceName="images", arn="arn:aws:s3:::images"),
    item("AWS::IAM::Role", "ROLE", {}, awsRegion="global"),
    item("AWS::Acme::Anvil", "anvil-1", {}),
    {"resourceId": "what?"},
)


def snapshot(folder: Path) -> Reading:
    (folder / "snapshot.json").write_text(json.dumps({"fileVersion": "1.0", "configurationItems": SNAPSHOT}))
    return read(IMPORTER, Origin(str(folder / "snapshot.json")))


def test_a_snapshot_is_mapped_like_an_answer(tmp_path: Path) -> None:
    reading = snapshot(tmp_path)
    # of eleven items: a VPC, a subnet, a machine, a volume, a database and a bucket; the group and the role
    # are left out, one volume is gone, two items are rejected. Around them an account, a region and a zone.
    assert reading.classes == {
        "cloud_network": 1,
        "network": 1,
        "virtual_machine": 1,
        "volume": 1,
        "database": 1,
        "object_bucket": 1,
        "cloud_account": 1,
        "cloud_region": 1,
        "availability_zone": 1,
    }
    assert not reading.dangling


def test_relationships_are_turned_to_the_provider(tmp_path: Path) -> None:
    reading = snapshot(tmp_path)
    assert reading.provides("i-00000001", "connects_to") == {"subnet-00000001"}
    assert reading.provides("i-00000001", "stored_on") == {"vol-00000001"}
    assert reading.provides("subnet-00000001", "connects_to") == {"vpc-00000001"}
    for one in ("i-00000001", "vol-00000001", DATABASE):
        assert reading.provides(one, "located_in") == {"aws/zone/euw1-az3"}


def test_what_does_not_fit_is_rejected_with_its_number(tmp_path: Path) -> None:
    assert [(one.line, one.reason) for one in snapshot(tmp_path).rejected] == [
        (10, "no class is known for the resource type AWS::Acme::Anvil"),
        (11, "is no configuration item: it has no resourceType"),
    ]
