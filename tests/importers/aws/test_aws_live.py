"""The account itself, as moto simulates it."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from moto.core import set_initial_no_auth_action_count

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Observation
from importers.aws import IMPORTER
from importers.aws.documents import Document
from importers.aws.live import live_documents
from importers.importer import Origin
from tests.importers.aws.estate import REGION, SECRETS, Built, build, client, save
from tests.importers.contract import Reading, read

ACCOUNT = "123456789012"  # moto's own
Estate = tuple[Built, Reading]


@pytest.fixture(scope="module")
def estate() -> Iterator[Estate]:
    with mock_aws():
        yield build(), read(IMPORTER, Origin(f"live:{REGION}", {}, SECRETS))


def test_everything_is_found(estate: Estate) -> None:
    _, reading = estate
    # built: 2 machines (and one that is terminated), each with a root volume, 1 more volume, 2 subnets,
    # 1 VPC, a balancer with its pool, 2 databases (RDS, DynamoDB), 2 queues (SQS, SNS), a function, a bucket,
    # and a zone with one record; AWS adds an NS record to the zone, and has a VPC with a subnet in each of
    # three zones from the start.
    assert reading.classes == Counter(
        virtual_machine=2,
        volume=3,
        network=2 + 3,
        cloud_network=1 + 1,
        load_balancer=1,
        load_balancer_pool=1,
        database=2,
        message_queue=2,
        serverless_function=1,
        object_bucket=1,
        dns_record=1 + 1 + 1,
        cloud_account=1,
        cloud_region=1,
        availability_zone=3,
    )
    assert not reading.gaps and not reading.rejected and not reading.dangling


def test_dependencies_lead_from_the_name_to_the_zone(estate: Estate) -> None:
    built, reading = estate
    record = f"{built.zone}_shop.example.com_A"
    assert reading.provides(record, "depends_on") == {built.zone, built.balancer}
    assert reading.provides(built.balancer, "depends_on") == {built.pool}
    assert reading.provides(built.pool, "composed_of") == set(built.machines)
    assert reading.provides(built.machines[1], "connects_to") == {built.subnets[1]}
    assert reading.provides(built.subnets[1], "connects_to") == {built.vpc}
    assert built.volume in reading.provides(built.machines[0], "stored_on")
    assert reading.provides(built.function, "depends_on") == {built.database}


def test_zones_have_the_id_that_is_the_same_in_all_accounts(estate: Estate) -> None:
    built, reading = estate
    told = client_zone_ids()
    assert reading.provides(built.machines[0], "located_in") == {f"aws/zone/{told[f'{REGION}a']}"}
    assert reading.provides(f"aws/zone/{told[f'{REGION}a']}", "located_in") == {f"aws/region/{REGION}"}


def client_zone_ids() -> dict[str, str]:
    zones = client("ec2").describe_availability_zones()["AvailabilityZones"]
    return {zone["ZoneName"]: zone["ZoneId"] for zone in zones}


def test_redundancy(estate: Estate) -> None:
    built, reading = estate
    assert reading.groups == {
        (built.balancer, "subnets"),
        (built.pool, "targets"),
        (built.database, "subnets"),
    }


def test_a_password_is_not_kept(estate: Estate) -> None:
    assert "not-kept-anywhere" not in repr(estate[1].things)


def test_saved_answers_tell_the_same(estate: Estate, tmp_path: Path) -> None:
    for number, document in enumerate(live_documents(Origin(f"live:{REGION}", {}, SECRETS))):
        assert isinstance(document, Document)
        given = document.given
        names = {
            "TargetHealthDescriptions": "target-health-web",
            "ResourceRecordSets": f"records-{given.get('hosted_zone_id')}",
        }
        known = [name for key, name in names.items() if key in document.content]
        save(tmp_path, known[0] if known else f"{number:03}", document.content)
    options = {"region": REGION, "account": ACCOUNT}
    saved = read(IMPORTER, Origin(str(tmp_path), options))
    live = estate[1]
    assert saved.classes == live.classes
    assert saved.groups == live.groups
    # buckets and records belong to no region, which a saved answer does not tell
    for native_id, told in live.things.items():
        if told.attributes and told.attributes["class"] not in ("object_bucket", "dns_record"):
            assert saved.things[native_id] == told


def once(location: str, **options: str) -> dict[str, Observation]:
    rows = IMPORTER.read(Origin(location, options, SECRETS))
    return {row.native_id: row for row in rows if isinstance(row, Observation)}


def test_a_role_and_fewer_workers_change_nothing(estate: Estate) -> None:
    role = client("iam").get_role(RoleName="pay")["Role"]["Arn"]
    assert once(f"live:{REGION}", role_arn=role, workers="1") == estate[1].things


def test_several_regions_are_one_estate(estate: Estate) -> None:
    found = once(f"live:{REGION},eu-central-1")
    assert {one for one in found if one.startswith("aws/region/")} == {
        "aws/region/eu-central-1",
        f"aws/region/{REGION}",
    }
    assert estate[1].things.items() <= found.items(), "what is global is asked for once"


def test_what_may_not_be_asked_is_a_gap(estate: Estate) -> None:
    iam = client("iam")
    iam.create_user(UserName="reader")
    allowed = {"Effect": "Allow", "Action": ["ec2:Describe*", "sts:GetCallerIdentity"], "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    iam.put_user_policy(UserName="reader", PolicyName="read", PolicyDocument=policy)
    key = iam.create_access_key(UserName="reader")["AccessKey"]
    secrets = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
    limited = set_initial_no_auth_action_count(0)(read)
    reading: Reading = limited(IMPORTER, Origin(f"live:{REGION}", {}, secrets))
    assert reading.classes["network"] == estate[1].classes["network"]
    assert "database" not in reading.classes
    told = [gap.what for gap in reading.gaps]
    assert any(one.startswith(f"rds describe_db_instances in {REGION}: AccessDenied") for one in told)
    assert not any(one.startswith("ec2") for one in told)


@pytest.mark.parametrize(
    ("location", "options", "reason"),
    [
        (f"live:{REGION}", {"workers": "0"}, "workers '0' is not a whole number from 1 to 32"),
        (f"live:{REGION}", {"profile": "nobody"}, "profile"),
        ("live", {}, "No region is configured"),
    ],
)
def test_wrong_options_are_told(
    location: str, options: dict[str, str], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.delenv("AWS_REGION", raising=False)
    with mock_aws(), pytest.raises(InvalidInput, match=reason):
        list(IMPORTER.read(Origin(location, options, SECRETS)))


def test_without_credentials_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    boto3.DEFAULT_SESSION = None
    with pytest.raises(InvalidInput, match="Unable to locate credentials"):
        list(IMPORTER.read(Origin(f"live:{REGION}")))
