"""AWS resources of a state: direction, redundancy, and where things are."""

from collections import Counter
from pathlib import Path

from tests.importers.contract import Reading
from tests.importers.terraform.states import arn, many, one, read_states, state

SUBNETS = many(
    "aws_subnet",
    "app",
    *(
        {
            "id": f"subnet-0000000{n}",
            "arn": arn("ec2", f"subnet/subnet-0000000{n}"),
            "vpc_id": "vpc-00000001",
            "cidr_block": f"10.0.{n}.0/24",
            "availability_zone": f"eu-west-1{zone}",
            "availability_zone_id": f"euw1-az{n}",
            "owner_id": "111122223333",
        }
        for n, zone in ((1, "a"), (2, "b"))
    ),
    needs=("aws_vpc.main",),
)
VPC = one("aws_vpc", "main", id="vpc-00000001", arn=arn("ec2", "vpc/vpc-00000001"), tags={"Name": "shop"})
POOL = arn("elasticloadbalancing", "targetgroup/shop/0123456789abcdef")
BALANCER = arn("elasticloadbalancing", "loadbalancer/app/shop/fedcba9876543210")


def instance(n: int, zone: str) -> dict[str, object]:
    return {
        "id": f"i-0000000{n}",
        "arn": arn("ec2", f"instance/i-0000000{n}"),
        "subnet_id": f"subnet-0000000{n}",
        "availability_zone": f"eu-west-1{zone}",
        "private_ip": f"10.0.{n}.10",
        "private_dns": f"IP-10-0-{n}-10.eu-west-1.compute.internal",
        "instance_type": "t3.small",
        "root_block_device": [{"volume_id": f"vol-0000000{n}"}],
        "tags": {"Name": f"web-{n}", "Environment": "prod", "Owner": "Web Trading"},
    }


SHOP = (
    VPC,
    SUBNETS,
    many("aws_instance", "web", instance(1, "a"), instance(2, "b"), needs=("aws_subnet.app", "aws_vpc.main")),
    one(
        "aws_ebs_volume", "data", id="vol-00000009", size=100, encrypted=True, availability_zone="eu-west-1a"
    ),
    one("aws_volume_attachment", "data", id="vai-1", instance_id="i-00000001", volume_id="vol-00000009"),
    one(
        "aws_lb",
        "shop",
        id=BALANCER,
        arn=BALANCER,
        name="shop",
        dns_name="shop-1.eu-west-1.elb.amazonaws.com",
        subnets=["subnet-00000001", "subnet-00000002"],
    ),
    one("aws_lb_target_group", "shop", id=POOL, arn=POOL, name="shop", vpc_id="vpc-00000001"),
    one(
        "aws_lb_listener",
        "https",
        id="listener",
        arn="listener",
        load_balancer_arn=BALANCER,
        default_action=[{"type": "forward", "target_group_arn": POOL}],
    ),
    many(
        "aws_lb_target_group_attachment",
        "web",
        *({"id": f"{POOL}-{n}", "target_group_arn": POOL, "target_id": f"i-0000000{n}"} for n in (1, 2)),
    ),
    one(
        "aws_route53_record",
        "shop",
        id="Z1_shop_A",
        zone_id="Z1",
        fqdn="shop.example.com",
        type="A",
        alias=[{"name": "shop-1.eu-west-1.elb.amazonaws.com", "zone_id": "Z2"}],
    ),
)


def shop(folder: Path) -> Reading:
    return read_states(folder, shop=state(*SHOP))


def test_every_thing_has_its_class(tmp_path: Path) -> None:
    reading = shop(tmp_path)
    # 1 VPC, 2 subnets, 2 instances, 1 balancer, 1 target group and 1 record as written above. Volumes: the
    # attached one and, only mentioned, 2 root volumes. Records: the record and its zone, which is mentioned.
    # Territory: one account, one region, zones a and b. Listener and attachments are no things.
    assert reading.classes == Counter(
        cloud_network=1,
        network=2,
        virtual_machine=2,
        volume=3,
        load_balancer=1,
        load_balancer_pool=1,
        dns_record=2,
        cloud_account=1,
        cloud_region=1,
        availability_zone=2,
    )
    assert not reading.dangling and not reading.rejected and not reading.gaps


def test_a_machine_stands_on_its_subnet_volumes_and_zone(tmp_path: Path) -> None:
    reading = shop(tmp_path)
    assert reading.provides("i-00000001", "connects_to") == {"subnet-00000001"}
    assert reading.provides("i-00000001", "stored_on") == {"vol-00000001", "vol-00000009"}
    assert reading.provides("i-00000001", "located_in") == {"aws/zone/euw1-az1"}
    assert reading.provides("aws/zone/euw1-az1", "located_in") == {"aws/region/eu-west-1"}
    assert reading.provides("subnet-00000001", "connects_to") == {"vpc-00000001"}


def test_a_volume_depends_on_no_machine(tmp_path: Path) -> None:
    told = shop(tmp_path).things["vol-00000009"]
    assert [r["to"] for r in told.relations or ()] == ["aws/zone/euw1-az1"]
    assert told.attributes and told.attributes["capacity_gb"] == 100


def test_a_pool_needs_one_of_its_targets_and_a_balancer_one_of_its_subnets(tmp_path: Path) -> None:
    reading = shop(tmp_path)
    assert reading.groups == {(POOL, "targets"), (BALANCER, "subnets")}
    targets = [r for r in reading.things[POOL].relations or () if r.get("group")]
    assert {(r["type"], r["to"], r["need"], r["assumed"]) for r in targets} == {
        ("composed_of", "i-00000001", 1, True),
        ("composed_of", "i-00000002", 1, True),
    }
    assert reading.provides(BALANCER, "depends_on") == {POOL}


def test_a_record_depends_on_what_it_answers_with(tmp_path: Path) -> None:
    answers = shop(tmp_path).provides("Z1_shop.example.com_A", "depends_on")
    assert answers == {"dns_record/Z1", BALANCER}


def test_attributes_are_the_catalogue_s(tmp_path: Path) -> None:
    told = shop(tmp_path).things["i-00000002"].attributes
    assert told == {
        "class": "virtual_machine",
        "name": "web-2",
        "cloud_id": "i-00000002",
        "provider": "aws",
        "account": "111122223333",
        "region": "eu-west-1",
        "ip_address": "10.0.2.10",
        "fqdn": "ip-10-0-2-10.eu-west-1.compute.internal",
        "instance_type": "t3.small",
        "owner": "Web Trading",
        "environment": "production",
        "tags": ["Environment=prod", "Owner=Web Trading"],
    }


def test_a_standby_in_another_zone_frees_a_database_from_its_zone(tmp_path: Path) -> None:
    def database(name: str, multi_az: bool) -> dict[str, object]:
        return one(
            "aws_db_instance",
            name,
            id=name,
            arn=arn("rds", f"db:{name}"),
            availability_zone="eu-west-1a",
            multi_az=multi_az,
            db_subnet_group_name="data",
        )

    group = one(
        "aws_db_subnet_group",
        "data",
        id="data",
        name="data",
        subnet_ids=["subnet-00000001", "subnet-00000002"],
    )
    reading = read_states(
        tmp_path, s=state(VPC, SUBNETS, group, database("solo", False), database("pair", True))
    )
    assert reading.provides(arn("rds", "db:solo"), "located_in") == {"aws/zone/euw1-az1"}
    assert reading.provides(arn("rds", "db:pair"), "located_in") == {"aws/region/eu-west-1"}
    assert reading.provides(arn("rds", "db:pair"), "connects_to") == {"subnet-00000001", "subnet-00000002"}
    assert (arn("rds", "db:pair"), "subnets") in reading.groups


def test_any_member_of_an_aurora_cluster_is_known_to_take_over(tmp_path: Path) -> None:
    cluster = arn("rds", "cluster:orders")
    members = many(
        "aws_rds_cluster_instance",
        "orders",
        *(
            {
                "id": f"orders-{n}",
                "arn": arn("rds", f"db:orders-{n}"),
                "cluster_identifier": "orders",
                "availability_zone": f"eu-west-1{z}",
            }
            for n, z in ((1, "a"), (2, "b"))
        ),
    )
    reading = read_states(
        tmp_path,
        s=state(
            one("aws_rds_cluster", "orders", id="orders", arn=cluster, cluster_identifier="orders"), members
        ),
    )
    rows = [r for r in reading.things[cluster].relations or () if r["type"] == "composed_of"]
    assert [(r["to"], r["group"], r["need"], r.get("assumed")) for r in rows] == [
        (arn("rds", "db:orders-1"), "members", 1, None),
        (arn("rds", "db:orders-2"), "members", 1, None),
    ]


def test_an_auto_scaling_group_serves_its_pool_and_needs_one_subnet(tmp_path: Path) -> None:
    group = arn("autoscaling", "autoScalingGroup:1:autoScalingGroupName/web")
    reading = read_states(
        tmp_path,
        s=state(
            VPC,
            SUBNETS,
            one("aws_lb_target_group", "shop", id=POOL, arn=POOL, name="shop"),
            one(
                "aws_autoscaling_group",
                "web",
                id="web",
                name="web",
                arn=group,
                target_group_arns=[POOL],
                vpc_zone_identifier=["subnet-00000001", "subnet-00000002"],
            ),
        ),
    )
    assert reading.provides(POOL, "composed_of") == {group}
    assert reading.groups == {(group, "subnets")}  # a pool with one target has no group


def test_a_function_depends_on_what_its_environment_names(tmp_path: Path) -> None:
    database = arn("rds", "db:orders")
    function = arn("lambda", "function:pay")
    url = "mysql://pay@orders.abc.eu-west-1.rds.amazonaws.com:3306/pay"
    reading = read_states(
        tmp_path,
        s=state(
            one(
                "aws_db_instance",
                "orders",
                id="orders",
                arn=database,
                address="orders.abc.eu-west-1.rds.amazonaws.com",
            ),
            one(
                "aws_lambda_function",
                "pay",
                id="pay",
                arn=function,
                function_name="pay",
                environment=[{"variables": {"LEVEL": "info", "DB": url}}],
            ),
        ),
    )
    assert [r for r in reading.things[function].relations or () if r["type"] == "depends_on"] == [
        {"type": "depends_on", "to": database}
    ]
