"""Networks, balancers, addresses and names, as Terraform has them."""

from importers.cloud import Link, Shape, joins, on

NAMED = "tags.Name|name|id"
SUBNETS = "subnets"
TARGETS = "targets"
POOLS = "pools"
ZONE = "availability_zone"

BALANCER = Shape(
    "load_balancer",
    cloud_id="arn",
    known_as=("id", "name"),
    hosts=("dns_name",),
    values={"fqdn": "dns_name"},
    links=(on("connects_to", "subnets|subnet_mapping.subnet_id", "network", SUBNETS),),
)
SUBNET = Shape(
    "network",
    name=NAMED,
    known_as=("arn",),
    values={"prefix": "cidr_block", "vrf": "vpc_id"},
    links=(on("connects_to", "vpc_id", "cloud_network"),),
    zones=ZONE,
)
LISTENER = joins(
    Link(
        "depends_on",
        of="load_balancer_arn",
        of_class="load_balancer",
        to="default_action.target_group_arn|default_action.forward.target_group.arn",
        to_class="load_balancer_pool",
        group=POOLS,
    ),
    Link(
        "uses",
        of="load_balancer_arn",
        of_class="load_balancer",
        to="default_action.target_group_arn|default_action.forward.target_group.arn",
        to_class="load_balancer_pool",
    ),
    remark="the balancer is down when all its pools are lost, degraded when one is",
)
TARGET_GROUP = Shape(
    "load_balancer_pool", cloud_id="arn", known_as=("id",), values={"method": "load_balancing_algorithm_type"}
)
ATTACHMENT = joins(
    Link(
        "composed_of",
        of="target_group_arn",
        of_class="load_balancer_pool",
        to="target_id",
        to_class="virtual_machine",
        group=TARGETS,
    )
)

NETWORK = {
    "aws_vpc": Shape("cloud_network", name=NAMED, known_as=("arn",), values={"prefix": "cidr_block"}),
    "aws_default_vpc": Shape("cloud_network", name=NAMED, known_as=("arn",), values={"prefix": "cidr_block"}),
    "aws_subnet": SUBNET,
    "aws_default_subnet": SUBNET,
    "aws_network_interface": Shape(
        known_as=("arn",),
        stands_for={"network": "subnet_id", "virtual_machine": "attachment.instance"},
        remark="means its subnet or its machine",
    ),
    "aws_nat_gateway": Shape(
        "router",
        name=NAMED,
        values={"ip_address": "public_ip"},
        links=(on("connects_to", "subnet_id", "network"), on("depends_on", "allocation_id", "ip_address")),
    ),
    "aws_internet_gateway": Shape("router", name=NAMED, known_as=("arn",)),
    "aws_ec2_transit_gateway": Shape("router", name=NAMED, known_as=("arn",)),
    "aws_vpn_connection": Shape(
        "vpn",
        name=NAMED,
        known_as=("arn",),
        links=(on("connects_to", "transit_gateway_id", "router"),),
        fixed={"protocol": "IPsec"},
    ),
    "aws_dx_connection": Shape(
        "circuit",
        cloud_id="arn",
        known_as=("id",),
        values={"circuit_id": "id"},
        fixed={"supplier": "AWS Direct Connect"},
    ),
    "aws_eip": Shape(
        "ip_address",
        cloud_id="allocation_id|id",
        name="tags.Name|public_ip|id",
        hosts=("public_ip",),
        values={"address": "public_ip", "dns_name": "public_dns"},
        links=(on("provided_by", "instance", "virtual_machine"),),
    ),
    "aws_eip_association": joins(
        Link(
            "provided_by",
            of="allocation_id",
            of_class="ip_address",
            to="instance_id",
            to_class="virtual_machine",
        )
    ),
    "aws_lb": BALANCER,
    "aws_alb": BALANCER,
    "aws_elb": Shape(
        "load_balancer",
        cloud_id="arn",
        known_as=("id", "name"),
        hosts=("dns_name",),
        values={"fqdn": "dns_name"},
        links=(
            on("connects_to", "subnets", "network", SUBNETS),
            on("depends_on", "instances", "virtual_machine", TARGETS),
        ),
    ),
    "aws_elb_attachment": joins(
        Link(
            "depends_on",
            of="elb",
            of_class="load_balancer",
            to="instance",
            to_class="virtual_machine",
            group=TARGETS,
        )
    ),
    "aws_lb_target_group": TARGET_GROUP,
    "aws_alb_target_group": TARGET_GROUP,
    "aws_lb_target_group_attachment": ATTACHMENT,
    "aws_alb_target_group_attachment": ATTACHMENT,
    "aws_lb_listener": LISTENER,
    "aws_alb_listener": LISTENER,
    "aws_autoscaling_attachment": joins(
        Link(
            "composed_of",
            of="lb_target_group_arn|alb_target_group_arn",
            of_class="load_balancer_pool",
            to="autoscaling_group_name",
            to_class="cluster",
            group=TARGETS,
        ),
        Link(
            "depends_on",
            of="elb",
            of_class="load_balancer",
            to="autoscaling_group_name",
            to_class="cluster",
            group=TARGETS,
        ),
    ),
    "aws_route53_zone": Shape(
        "dns_record",
        cloud_id="zone_id|id",
        values={"zone": "zone_id|id"},
        fixed={"record_type": "SOA"},
        remark="the record at its head stands for the zone",
    ),
    "aws_route53_record": Shape(
        "dns_record",
        cloud_id="{zone_id}_{fqdn}_{type}_{set_identifier}|{zone_id}_{fqdn}_{type}",
        name="{fqdn} ({set_identifier})|fqdn|name",
        hosts=("fqdn",),
        values={
            "record_type": "type",
            "answer": "records|alias.name",
            "ttl_seconds": "ttl",
            "zone": "zone_id",
        },
        links=(
            on("depends_on", "zone_id", "dns_record"),
            on("depends_on", "alias.name|records", "", "answers"),
        ),
        remark="depends on its zone, and on one of the things it answers with that are in the state",
    ),
    "aws_cloudfront_distribution": Shape(
        "load_balancer",
        cloud_id="arn",
        name="aliases|domain_name|id",
        known_as=("id",),
        hosts=("domain_name", "aliases"),
        values={"fqdn": "domain_name"},
        links=(
            on("depends_on", "origin.domain_name", "", "origins"),
            on("secured_by", "viewer_certificate.acm_certificate_arn", "certificate"),
        ),
    ),
    "aws_api_gateway_rest_api": Shape(
        "api_endpoint",
        cloud_id="arn:aws:apigateway:{region}::/restapis/{id}",
        known_as=("id", "arn", "execution_arn"),
        values={"description": "description"},
        fixed={"protocol": "REST"},
    ),
    "aws_api_gateway_integration": joins(
        Link("depends_on", of="rest_api_id", of_class="api_endpoint", to="uri"),
        remark="to a function of the state",
    ),
    "aws_apigatewayv2_api": Shape(
        "api_endpoint",
        cloud_id="arn",
        known_as=("id", "execution_arn"),
        values={"url": "api_endpoint", "protocol": "protocol_type"},
    ),
    "aws_apigatewayv2_integration": joins(
        Link("depends_on", of="api_id", of_class="api_endpoint", to="integration_uri"),
        remark="to a function or a balancer of the state",
    ),
    "aws_acm_certificate": Shape(
        "certificate",
        cloud_id="arn",
        known_as=("id",),
        name="domain_name",
        values={
            "expires": "not_after",
            "valid_from": "not_before",
            "key_algorithm": "key_algorithm",
            "names": "subject_alternative_names|domain_name",
        },
    ),
}
