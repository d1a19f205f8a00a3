"""An estate in moto, the simulator of AWS: two zones, a balanced pair of machines, a database …"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import boto3

REGION = "eu-west-1"
SECRETS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}


@dataclass(frozen=True, slots=True)
class Built:
    """Identifiers of what was built."""

    vpc: str
    subnets: list[str]
    machines: list[str]
    volume: str
    balancer: str
    pool: str
    database: str
    queue: str
    function: str
    zone: str


def client(service: str) -> Any:
    return boto3.client(
        service, region_name=REGION, aws_access_key_id="testing", aws_secret_access_key="testing"
    )


def build() -> Built:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"{REGION}{zone}")[
            "Subnet"
        ]["SubnetId"]
        for n, zone in enumerate("ab")
    ]
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    machines = [machine(ec2, image, subnet, f"web-{n}") for n, subnet in enumerate(subnets)]
    ec2.terminate_instances(InstanceIds=[machine(ec2, image, subnets[0], "gone")])
    volume = ec2.create_volume(Size=50, AvailabilityZone=f"{REGION}a")["VolumeId"]
    ec2.attach_volume(VolumeId=volume, InstanceId=machines[0], Device="/dev/sdf")
    balancer, pool = balance(vpc, subnets, machines)
    queue = client("sqs").create_queue(QueueName="jobs")["QueueUrl"]
    database = store(subnets)
    client("dynamodb").create_table(
        TableName="carts",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client("s3").create_bucket(Bucket="shop-images", CreateBucketConfiguration={"LocationConstraint": REGION})
    client("sns").create_topic(Name="orders")
    function = compute(database["Endpoint"]["Address"])
    return Built(
        vpc,
        subnets,
        machines,
        volume,
        balancer["LoadBalancerArn"],
        pool,
        database["DBInstanceArn"],
        queue,
        function,
        name(balancer["DNSName"]),
    )


def machine(ec2: Any, image: str, subnet: str, label: str) -> str:
    tags = [
        {
            "ResourceType": "instance",
            "Tags": [{"Key": "Name", "Value": label}, {"Key": "Env", "Value": "prod"}],
        }
    ]
    told = ec2.run_instances(
        ImageId=image,
        MinCount=1,
        MaxCount=1,
        SubnetId=subnet,
        InstanceType="t3.small",
        TagSpecifications=tags,
    )
    return str(told["Instances"][0]["InstanceId"])


def balance(vpc: str, subnets: list[str], machines: list[str]) -> tuple[dict[str, Any], str]:
    elb = client("elbv2")
    balancer = elb.create_load_balancer(Name="shop", Subnets=subnets)["LoadBalancers"][0]
    pool = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0][
        "TargetGroupArn"
    ]
    elb.register_targets(TargetGroupArn=pool, Targets=[{"Id": one} for one in machines])
    elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": pool}],
    )
    return balancer, pool


def store(subnets: list[str]) -> dict[str, Any]:
    rds = client("rds")
    rds.create_db_subnet_group(DBSubnetGroupName="data", DBSubnetGroupDescription="data", SubnetIds=subnets)
    told = rds.create_db_instance(
        DBInstanceIdentifier="orders",
        DBInstanceClass="db.t3.small",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="root",
        MasterUserPassword="not-kept-anywhere",
        MultiAZ=True,
        DBSubnetGroupName="data",
    )
    found: dict[str, Any] = told["DBInstance"]
    return found


def compute(database: str) -> str:
    policy = {"Version": "2012-10-17", "Statement": []}
    role = client("iam").create_role(RoleName="pay", AssumeRolePolicyDocument=json.dumps(policy))["Role"][
        "Arn"
    ]
    code = BytesIO()
    with ZipFile(code, "w") as archive:
        archive.writestr("pay.py", "")
    told = client("lambda").create_function(
        FunctionName="pay",
        Runtime="python3.12",
        Role=role,
        Handler="pay.pay",
        Code={"ZipFile": code.getvalue()},
        Environment={"Variables": {"DB": f"mysql://{database}:3306/orders"}},
    )
    return str(told["FunctionArn"])


def name(balancer: str) -> str:
    route53 = client("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]
    alias = {"HostedZoneId": "Z32O12XQLNTSW2", "DNSName": balancer, "EvaluateTargetHealth": False}
    record = {"Name": "shop.example.com", "Type": "A", "AliasTarget": alias}
    route53.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )
    return str(zone).removeprefix("/hostedzone/")


def save(folder: Path, name_: str, answer: Mapping[str, Any]) -> None:
    """As `aws … > file.json` writes an answer."""
    told = {key: value for key, value in answer.items() if key != "ResponseMetadata"}
    (folder / f"{name_}.json").write_text(json.dumps(told, default=str))
