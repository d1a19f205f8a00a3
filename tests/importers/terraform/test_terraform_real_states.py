"""The real states of the driftctl project, whose figures are counted from the files."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.terraform import IMPORTER
from tests.importers.contract import read

STATES = Path("../shared/data/terraform")
INVALID = "testdata-v4-invalid.tfstate"
pytestmark = pytest.mark.skipif(not STATES.exists(), reason="the shared data are not there")

CLASSES = {
    "aws_api_gateway_rest_api": "api_endpoint",
    "aws_db_instance": "database",
    "aws_elasticache_cluster": "cache",
    "aws_lambda_function": "serverless_function",
    "aws_route53_record": "dns_record",
    "aws_route53_zone": "dns_record",
    "aws_s3_bucket": "object_bucket",
    "aws_sns_topic": "message_queue",
    "aws_default_subnet": "network",
    "aws_subnet": "network",
    "azurerm_lb": "load_balancer",
    "azurerm_private_dns_cname_record": "dns_record",
    "azurerm_private_dns_txt_record": "dns_record",
    "google_compute_instance_group_manager": "cluster",
    "google_sql_database_instance": "database",
}
"""The types in these states that are things; roles, policies, ACLs, settings and GitHub teams are none."""

TERRITORY = {"cloud_account", "cloud_region", "availability_zone"}

AROUND: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    # state: what is mentioned besides the resources, by class; relations by type. Read off the files by hand:
    # account and region stand in the ARNs or ids, zones in availability_zone; every thing belongs to its
    # account, is in its zone or else its region, and each zone is in its region.
    "aws_api_gateway_rest_api": ({"cloud_region": 1}, {"located_in": 2}),  # these ARNs name no account
    "aws_db_instance": (
        {"cloud_account": 1, "cloud_region": 1, "availability_zone": 1},
        {"belongs_to": 1, "located_in": 2},
    ),
    "aws_elasticache_cluster": (
        {"cloud_account": 1, "cloud_region": 1, "availability_zone": 1},
        {"belongs_to": 1, "located_in": 2},
    ),
    "aws_iam_role_multiple": ({}, {}),
    "aws_iam_user_policy_multiple": ({}, {}),
    "aws_lambda_function": ({"cloud_account": 1, "cloud_region": 1}, {"belongs_to": 2, "located_in": 2}),
    "aws_network_acl": ({}, {}),
    "aws_route53_record": ({}, {"depends_on": 2}),  # both records on their zone
    # two of the three buckets notify the same two functions of another state
    "aws_s3_full": ({"cloud_region": 1, "serverless_function": 2}, {"located_in": 3, "uses": 4}),
    "aws_sns_topic": ({"cloud_account": 1, "cloud_region": 1}, {"belongs_to": 3, "located_in": 3}),
    # six subnets in two VPCs of other states and four zones (a, b, c, d): 6 + 4 located_in
    "aws_subnet": (
        {"cloud_account": 1, "cloud_region": 1, "availability_zone": 4, "cloud_network": 2},
        {"belongs_to": 6, "connects_to": 6, "located_in": 10},
    ),
    "azurerm_lb": (
        {"cloud_account": 1, "cloud_region": 1, "ip_address": 1},
        {"belongs_to": 1, "depends_on": 1, "located_in": 1},
    ),
    # both records stand in one zone, which another state has
    "azurerm_private_dns_cname_record": (
        {"cloud_account": 1, "dns_record": 1},
        {"belongs_to": 2, "depends_on": 2},
    ),
    "azurerm_private_dns_txt_record": (
        {"cloud_account": 1, "dns_record": 1},
        {"belongs_to": 2, "depends_on": 2},
    ),
    "github_team": ({}, {}),
    "google_bucket_iam_policy": ({}, {}),
    "google_compute_instance_group_manager": (
        {"cloud_account": 1, "cloud_region": 1, "availability_zone": 1},
        {"belongs_to": 1, "located_in": 2},
    ),
    "google_sql_database_instance": (
        {"cloud_account": 1, "cloud_region": 1},
        {"belongs_to": 1, "located_in": 1},
    ),
}


def managed(path: Path) -> Counter[str]:
    """The things of a state by class, counted from its JSON."""
    document: dict[str, Any] = json.loads(path.read_text())
    types = (r["type"] for r in document["resources"] for _ in r["instances"] if r["mode"] == "managed")
    return Counter(CLASSES[type_] for type_ in types if type_ in CLASSES)


@pytest.mark.parametrize("name", AROUND)
def test_a_real_state(name: str) -> None:
    path = STATES / f"test-{name}-terraform.tfstate"
    reading = read(IMPORTER, Origin(str(path)))
    mentioned, relations = AROUND[name]
    assert reading.classes == managed(path) + Counter(mentioned)
    assert reading.relations == Counter(relations)
    assert not reading.groups, "nothing in these states is there twice for the same purpose"
    assert not reading.rejected and not reading.gaps and not reading.dangling


def test_a_malformed_state_is_refused_with_its_line() -> None:
    with pytest.raises(
        InvalidInput, match="line 16, column 7 is not JSON"
    ):  # a bare word where a name should be
        list(IMPORTER.read(Origin(str(STATES / INVALID))))


def test_the_folder_is_one_estate_with_one_gap() -> None:
    reading = read(IMPORTER, Origin(str(STATES)))
    assert len(AROUND) == len(list(STATES.glob("*.tfstate"))) - 1
    assert [INVALID in gap.what for gap in reading.gaps] == [True]
    counted = sum(
        (managed(path) for path in STATES.glob("*.tfstate") if path.name != INVALID), Counter[str]()
    )
    found = Counter({class_: n for class_, n in reading.classes.items() if class_ not in TERRITORY})
    # Beyond what the states manage: two functions, two VPCs, one public address and two zones (in two
    # subscriptions) that are only mentioned. No state has what another mentions.
    assert found == counted + Counter(serverless_function=2, cloud_network=2, ip_address=1, dns_record=2)
