"""Saved answers of the AWS command line."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cmdb.errors import InvalidInput
from importers.aws import IMPORTER
from importers.aws.documents import snake
from importers.importer import Origin
from tests.importers.contract import Reading, read

REGION = "arn:aws:%s:eu-west-1:111122223333:%s"
POOL = REGION % ("elasticloadbalancing", "targetgroup/web/0123456789abcdef")
GROUP = REGION % ("autoscaling", "autoScalingGroup:1:autoScalingGroupName/web")


def saved(folder: Path, **answers: Any) -> Reading:
    for name, answer in answers.items():
        (folder / f"{name.replace('_', '-')}.json").write_text(json.dumps(answer))
    return read(IMPORTER, Origin(str(folder)))


def told(reading: Reading, native_id: str) -> Mapping[str, Any]:
    return reading.things[native_id].attributes or {}


def targets(*states: str) -> dict[str, Any]:
    return {
        "TargetHealthDescriptions": [
            {"Target": {"Id": f"i-0000000{n}", "Port": 80}, "TargetHealth": {"State": state}}
            for n, state in enumerate(states, 1)
        ]
    }


@pytest.mark.parametrize(
    ("states", "members"),
    [
        (("healthy", "healthy", "unhealthy"), {"i-00000001", "i-00000002"}),
        (("healthy", "draining"), {"i-00000001"}),
        (
            ("unhealthy", "unhealthy"),
            {"i-00000001", "i-00000002"},
        ),  # a pool that is down still has its targets
    ],
)
def test_a_pool_is_composed_of_its_healthy_targets(
    states: tuple[str, ...], members: set[str], tmp_path: Path
) -> None:
    groups = {"TargetGroups": [{"TargetGroupArn": POOL, "TargetGroupName": "web"}]}
    reading = saved(tmp_path, groups=groups, target_health_web=targets(*states))
    assert reading.provides(POOL, "composed_of") == members
    assert reading.groups == ({(POOL, "targets")} if len(members) > 1 else set())
    assert all(reading.things[one].mentioned for one in members)


def test_a_standby_needs_one_of_its_two_zones_and_that_is_known(tmp_path: Path) -> None:
    name = REGION % ("rds", "db:orders")
    database = {
        "DBInstanceIdentifier": "orders",
        "DBInstanceArn": name,
        "MultiAZ": True,
        "AvailabilityZone": "eu-west-1a",
        "SecondaryAvailabilityZone": "eu-west-1b",
    }
    reading = saved(tmp_path, dbs={"DBInstances": [database]})
    zones = [r for r in reading.things[name].relations or () if r["type"] == "located_in"]
    assert zones == [
        {"type": "located_in", "to": f"aws/zone/eu-west-1{zone}", "group": "zones", "need": 1}
        for zone in "ab"
    ]


def test_any_member_of_a_cluster_takes_over(tmp_path: Path) -> None:
    cluster = REGION % ("rds", "cluster:orders")
    members = [REGION % ("rds", f"db:orders-{n}") for n in (1, 2)]
    instances = [
        {"DBInstanceIdentifier": f"orders-{n}", "DBInstanceArn": one, "DBClusterIdentifier": "orders"}
        for n, one in enumerate(members, 1)
    ]
    parts = [{"DBInstanceIdentifier": f"orders-{n}", "IsClusterWriter": n == 1} for n in (1, 2)]
    clusters = [{"DBClusterIdentifier": "orders", "DBClusterArn": cluster, "DBClusterMembers": parts}]
    reading = saved(tmp_path, dbs={"DBInstances": instances}, clusters={"DBClusters": clusters})
    rows = [r for r in reading.things[cluster].relations or () if r["type"] == "composed_of"]
    assert rows == [{"type": "composed_of", "to": one, "group": "members", "need": 1} for one in members]


def test_an_auto_scaling_group_needs_one_machine_and_one_subnet(tmp_path: Path) -> None:
    group = {
        "AutoScalingGroupName": "web",
        "AutoScalingGroupARN": GROUP,
        "TargetGroupARNs": [POOL],
        "VPCZoneIdentifier": "subnet-00000001,subnet-00000002",
        "Instances": [{"InstanceId": "i-00000001"}, {"InstanceId": "i-00000002"}],
        "Tags": [
            {
                "ResourceId": "web",
                "ResourceType": "auto-scaling-group",
                "Key": "Env",
                "Value": "prod",
                "PropagateAtLaunch": True,
            }
        ],
    }
    reading = saved(tmp_path, groups={"AutoScalingGroups": [group]})
    assert reading.groups == {(GROUP, "members"), (GROUP, "subnets")}
    assert reading.provides(GROUP, "connects_to") == {"subnet-00000001", "subnet-00000002"}
    assert reading.provides(POOL, "composed_of") == {GROUP}
    assert told(reading, GROUP)["environment"] == "production"


def test_kinds_that_share_a_key_are_told_apart(tmp_path: Path) -> None:
    ecs = REGION % ("ecs", "cluster/jobs")
    eks = REGION % ("eks", "cluster/shop")
    reading = saved(
        tmp_path,
        ecs={"clusters": [{"clusterArn": ecs, "clusterName": "jobs"}]},
        names={"clusters": ["shop"]},
        eks={
            "cluster": {
                "arn": eks,
                "name": "shop",
                "version": "1.31",
                "endpoint": "https://x.eks.amazonaws.com",
            }
        },
    )
    assert told(reading, ecs)["class"] == "cluster"
    assert told(reading, eks)["class"] == "kubernetes_cluster"


def test_an_alias_is_followed_whatever_it_is_called(tmp_path: Path) -> None:
    balancer = REGION % ("elasticloadbalancing", "loadbalancer/app/shop/0123456789abcdef")
    alias = {"DNSName": "dualstack.shop-1.eu-west-1.elb.amazonaws.com."}
    record = {"Name": "shop.example.com.", "Type": "A", "AliasTarget": alias}
    reading = saved(
        tmp_path,
        zones={"HostedZones": [{"Id": "/hostedzone/Z1", "Name": "example.com."}]},
        records_Z1={"ResourceRecordSets": [record, {"Name": "example.com.", "Type": "SOA"}]},
        lbs={
            "LoadBalancers": [{"LoadBalancerArn": balancer, "DNSName": "shop-1.eu-west-1.elb.amazonaws.com"}]
        },
    )
    assert reading.provides("Z1_shop.example.com_A", "depends_on") == {"Z1", balancer}
    assert reading.classes["dns_record"] == 2  # the zone stands for its SOA record


def test_a_part_of_an_answer_is_a_gap(tmp_path: Path) -> None:
    reading = saved(tmp_path, vpcs={"Vpcs": [{"VpcId": "vpc-00000001"}], "NextToken": "x"})
    assert [gap.what for gap in reading.gaps] == [
        "vpcs.json holds only a part of the answer; ask again without --max-items."
    ]
    assert "vpc-00000001" in reading.things


def test_an_unreadable_file_of_several_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"Vpcs": [')
    reading = saved(tmp_path, b={"Vpcs": [{"VpcId": "vpc-00000001"}]}, c={"Users": []})
    assert len(reading.gaps) == 2
    assert "a.json, line 1" in reading.gaps[0].what
    assert "c.json" in reading.gaps[1].what and "Users" in reading.gaps[1].what


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"Users": []}', '{"Vpcs": [', "7"])
def test_what_is_no_answer_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text)
    for place in (tmp_path / "a.json", tmp_path):
        with pytest.raises(InvalidInput):
            list(IMPORTER.read(Origin(str(place))))


@pytest.mark.parametrize("odd", [None, 7, "x", [], [None, 7, ["x"]], {"VpcId": {"deep": ["x"]}}])
def test_odd_values_break_nothing(odd: Any, tmp_path: Path) -> None:
    reading = saved(
        tmp_path, vpcs={"Vpcs": odd}, others={"Subnets": [{"SubnetId": "subnet-00000001", "VpcId": odd}]}
    )
    assert "subnet-00000001" in reading.things


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("DBInstanceArn", "db_instance_arn"),
        ("dBInstanceArn", "db_instance_arn"),
        ("AutoScalingGroupARN", "auto_scaling_group_arn"),
        ("DNSName", "dns_name"),
        ("VpcId", "vpc_id"),
        ("vpcId", "vpc_id"),
        ("TargetGroupARNs", "target_group_arns"),
        ("VPCZoneIdentifier", "vpc_zone_identifier"),
        ("Ec2InstanceId", "ec2_instance_id"),
    ],
)
def test_names_in_snake_case(theirs: str, ours: str) -> None:
    assert snake({theirs: 1}) == {ours: 1}


def test_tags_are_one_mapping_in_any_spelling() -> None:
    assert snake({"Tags": [{"Key": "Name", "Value": "a"}]}) == {"tags": {"Name": "a"}}
    assert snake({"TagList": [{"key": "Name", "value": "a"}]}) == {"tags": {"Name": "a"}}
