"""Networks, balancers, addresses and names, as AWS tells of them."""

from importers.aws.described import Described
from importers.cloud import Link, Shape, joins, on

ZONE = "availability_zone"
SUBNETS = "subnets"
TARGETS = "targets"
POOL = "default_actions.target_group_arn|default_actions.forward_config.target_groups.target_group_arn"

NETWORK = {
    "vpc": Described(
        "Vpcs",
        Shape("cloud_network", cloud_id="vpc_id", name="tags.Name|vpc_id", values={"prefix": "cidr_block"}),
        "AWS::EC2::VPC",
    ),
    "subnet": Described(
        "Subnets",
        Shape(
            "network",
            cloud_id="subnet_id",
            name="tags.Name|subnet_id",
            values={"prefix": "cidr_block", "vrf": "vpc_id"},
            links=(on("connects_to", "vpc_id|related.vpc", "cloud_network"),),
            zones=ZONE,
        ),
        "AWS::EC2::Subnet",
    ),
    "zone": Described(
        "AvailabilityZones",
        Shape(cloud_id="zone_id", zones="zone_name", remark="tells the ids of zones"),
    ),
    "nat_gateway": Described(
        "NatGateways",
        Shape(
            "router",
            cloud_id="nat_gateway_id",
            name="tags.Name|nat_gateway_id",
            values={"ip_address": "nat_gateway_addresses.public_ip"},
            links=(
                on("connects_to", "subnet_id|related.subnet", "network"),
                on("depends_on", "nat_gateway_addresses.allocation_id", "ip_address"),
            ),
        ),
        "AWS::EC2::NatGateway",
    ),
    "internet_gateway": Described(
        "InternetGateways",
        Shape("router", cloud_id="internet_gateway_id", name="tags.Name|internet_gateway_id"),
        "AWS::EC2::InternetGateway",
    ),
    "transit_gateway": Described(
        "TransitGateways",
        Shape(
            "router",
            cloud_id="transit_gateway_id",
            name="tags.Name|transit_gateway_id",
            known_as=("transit_gateway_arn",),
        ),
        "AWS::EC2::TransitGateway",
    ),
    "vpn": Described(
        "VpnConnections",
        Shape(
            "vpn",
            cloud_id="vpn_connection_id",
            name="tags.Name|vpn_connection_id",
            fixed={"protocol": "IPsec"},
            links=(on("connects_to", "transit_gateway_id", "router"),),
        ),
        "AWS::EC2::VPNConnection",
    ),
    "address": Described(
        "Addresses",
        Shape(
            "ip_address",
            cloud_id="allocation_id",
            name="tags.Name|public_ip",
            hosts=("public_ip",),
            values={"address": "public_ip"},
            links=(on("provided_by", "instance_id|related.instance", "virtual_machine"),),
        ),
        "AWS::EC2::EIP",
    ),
    "load_balancer": Described(
        "LoadBalancers",
        Shape(
            "load_balancer",
            cloud_id="load_balancer_arn|arn",
            name="load_balancer_name",
            hosts=("dns_name",),
            values={"fqdn": "dns_name"},
            links=(on("connects_to", "availability_zones.subnet_id|related.subnet", "network", SUBNETS),),
        ),
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
    ),
    "classic_load_balancer": Described(
        "LoadBalancerDescriptions",
        Shape(
            "load_balancer",
            cloud_id="arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/{load_balancer_name}",
            name="load_balancer_name",
            hosts=("dns_name",),
            values={"fqdn": "dns_name"},
            links=(
                on("connects_to", "subnets", "network", SUBNETS),
                on("depends_on", "instances.instance_id", "virtual_machine", TARGETS),
            ),
        ),
        "AWS::ElasticLoadBalancing::LoadBalancer",
    ),
    "target_group": Described(
        "TargetGroups",
        Shape(
            "load_balancer_pool",
            cloud_id="target_group_arn",
            name="target_group_name",
            known_as=("target_group_name",),
        ),
        "AWS::ElasticLoadBalancingV2::TargetGroup",
    ),
    "target": Described(
        "TargetHealthDescriptions",
        joins(
            Link(
                "composed_of",
                of="target_group_arn|target_group",
                of_class="load_balancer_pool",
                to="target.id",
                to_class="virtual_machine",
                group=TARGETS,
            ),
            remark="healthy ones, or all where none is",
        ),
    ),
    "listener": Described(
        "Listeners",
        joins(
            Link(
                "depends_on",
                of="load_balancer_arn",
                of_class="load_balancer",
                to=POOL,
                to_class="load_balancer_pool",
                group="pools",
            ),
            Link(
                "uses",
                of="load_balancer_arn",
                of_class="load_balancer",
                to=POOL,
                to_class="load_balancer_pool",
            ),
            remark="the balancer is down when all its pools are lost, degraded when one is",
        ),
        "AWS::ElasticLoadBalancingV2::Listener",
    ),
    "hosted_zone": Described(
        "HostedZones",
        Shape(
            "dns_record",
            cloud_id="id",
            values={"zone": "id"},
            fixed={"record_type": "SOA"},
            remark="the record at its head stands for the zone",
        ),
        "AWS::Route53::HostedZone",
    ),
    "record": Described(
        "ResourceRecordSets",
        Shape(
            "dns_record",
            cloud_id="{hosted_zone_id}_{name}_{type}_{set_identifier}|{hosted_zone_id}_{name}_{type}",
            name="{name} ({set_identifier})|name",
            hosts=("name",),
            values={
                "record_type": "type",
                "answer": "resource_records.value|alias_target.dns_name",
                "ttl_seconds": "ttl",
                "zone": "hosted_zone_id",
            },
            links=(
                on("depends_on", "hosted_zone_id", "dns_record"),
                on("depends_on", "alias_target.dns_name|resource_records.value", "", "answers"),
            ),
            remark="but SOA, for which the zone stands; depends on one of the things it answers with",
        ),
    ),
}
