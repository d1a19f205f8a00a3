"""What becomes of the resource types of Terraform's AWS provider."""

from importers.cloud import Link, Shape, joins, on, part_of

NAMED = "tags.Name|name|id"
SUBNETS = "subnets"
TARGETS = "targets"
POOLS = "pools"
MEMBERS = "members"
ZONE = "availability_zone"

HOST = {"ip_address": "private_ip", "instance_type": "instance_type"}
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
COMPUTE = {
    "aws_instance": Shape(
        "virtual_machine",
        name=NAMED,
        known_as=("arn",),
        hosts=("private_dns", "public_dns", "private_ip", "public_ip"),
        values={**HOST, "fqdn": "private_dns"},
        links=(
            on("connects_to", "subnet_id", "network"),
            on("stored_on", "root_block_device.volume_id", "volume"),
            on("stored_on", "ebs_block_device.volume_id", "volume"),
        ),
        zones=ZONE,
    ),
    "aws_spot_instance_request": Shape(
        "virtual_machine",
        cloud_id="spot_instance_id",
        name="tags.Name|spot_instance_id|id",
        values=HOST,
        links=(on("connects_to", "subnet_id", "network"),),
        zones=ZONE,
        remark="the machine that the request was given",
    ),
    "aws_autoscaling_group": Shape(
        "cluster",
        cloud_id="arn",
        known_as=("name",),
        links=(
            on("connects_to", "vpc_zone_identifier", "network", SUBNETS),
            Link(
                "composed_of",
                of="target_group_arns",
                of_class="load_balancer_pool",
                group=TARGETS,
            ),
            Link("depends_on", of="load_balancers", of_class="load_balancer", group=TARGETS),
        ),
        zones="availability_zones",
        remark="needs one of its zones and subnets; that is assumed",
    ),
    "aws_lambda_function": Shape(
        "serverless_function",
        cloud_id="arn",
        known_as=("function_name", "qualified_arn", "invoke_arn"),
        name="function_name",
        values={"runtime": "runtime", "memory_mb": "memory_size"},
        links=(
            on("connects_to", "vpc_config.subnet_ids", "network", SUBNETS),
            on("depends_on", "environment.variables.*"),
            on("stored_on", "file_system_config.arn", "file_share"),
        ),
        remark="depends on what its environment variables name, if it is in the state",
    ),
    "aws_ecs_cluster": Shape(
        "cluster", cloud_id="arn", known_as=("id", "name"), fixed={"product": "Amazon ECS"}
    ),
    "aws_ecs_service": Shape(
        "application",
        values={"namespace": "cluster"},
        fixed={"product": "Amazon ECS service"},
        links=(
            on("runs_on", "cluster", "cluster"),
            on("connects_to", "network_configuration.subnets", "network", SUBNETS),
            part_of("load_balancer.target_group_arn", "load_balancer_pool", TARGETS),
        ),
    ),
    "aws_eks_cluster": Shape(
        "kubernetes_cluster",
        cloud_id="arn",
        known_as=("id", "name"),
        values={"api_url": "endpoint", "version": "version"},
        links=(on("connects_to", "vpc_config.subnet_ids", "network", SUBNETS),),
    ),
    "aws_eks_node_group": Shape(
        "cluster",
        cloud_id="arn",
        known_as=("id",),
        name="node_group_name",
        links=(
            part_of("cluster_name", "kubernetes_cluster", "node groups"),
            on("connects_to", "subnet_ids", "network", SUBNETS),
            on("composed_of", "resources.autoscaling_groups.name", "cluster"),
        ),
    ),
}

STORAGE = {
    "aws_ebs_volume": Shape(
        "volume",
        name=NAMED,
        known_as=("arn",),
        values={"capacity_gb": "size", "encrypted": "encrypted"},
        zones=ZONE,
    ),
    "aws_volume_attachment": joins(
        Link("stored_on", of="instance_id", of_class="virtual_machine", to="volume_id", to_class="volume")
    ),
    "aws_efs_file_system": Shape(
        "file_share", name=NAMED, known_as=("arn",), hosts=("dns_name",), values={"encrypted": "encrypted"}
    ),
    "aws_efs_mount_target": joins(
        Link(
            "connects_to",
            of="file_system_id",
            of_class="file_share",
            to="subnet_id",
            to_class="network",
            group=SUBNETS,
        ),
        remark="a file system is reached through any of its subnets",
    ),
    "aws_efs_access_point": Shape(
        stands_for={"file_share": "file_system_id"},
        cloud_id="arn",
        known_as=("id",),
        remark="means its file system",
    ),
    "aws_s3_bucket": Shape(
        "object_bucket",
        cloud_id="arn:aws:s3:::{bucket}",
        name="bucket",
        known_as=("id", "arn"),
        hosts=("bucket_domain_name", "bucket_regional_domain_name", "website_endpoint"),
        links=(on("replicates_to", "replication_configuration.rules.destination.bucket", "object_bucket"),),
    ),
    "aws_s3_bucket_replication_configuration": joins(
        Link(
            "replicates_to",
            of="bucket",
            of_class="object_bucket",
            to="rule.destination.bucket",
            to_class="object_bucket",
        )
    ),
    "aws_s3_bucket_notification": joins(
        Link(
            "uses",
            of="bucket",
            of_class="object_bucket",
            to="lambda_function.lambda_function_arn",
            to_class="serverless_function",
        ),
        Link("uses", of="bucket", of_class="object_bucket", to="queue.queue_arn", to_class="message_queue"),
        Link("uses", of="bucket", of_class="object_bucket", to="topic.topic_arn", to_class="message_queue"),
        remark="what a bucket notifies works on without it",
    ),
}

DATA = {
    "aws_db_instance": Shape(
        "database",
        cloud_id="arn",
        name="identifier|id",
        known_as=("id", "identifier", "resource_id"),
        hosts=("address",),
        values={
            "host": "address",
            "port": "port",
            "product": "engine",
            "version": "engine_version",
            "size_gb": "allocated_storage",
        },
        links=(
            on("connects_to", "db_subnet_group_name", "network", SUBNETS),
            Link("replicates_to", of="replicate_source_db", of_class="database"),
        ),
        zones=ZONE,
        spread="multi_az",
        remark="with a standby in another zone it does not depend on the zone that it is in now",
    ),
    "aws_db_subnet_group": Shape(
        cloud_id="arn",
        known_as=("id", "name"),
        stands_for={"network": "subnet_ids"},
        remark="means its subnets",
    ),
    "aws_rds_cluster": Shape(
        "database_cluster",
        cloud_id="arn",
        name="cluster_identifier|id",
        known_as=("id", "cluster_identifier"),
        hosts=("endpoint", "reader_endpoint"),
        values={"endpoint": "endpoint", "product": "engine", "version": "engine_version"},
        links=(on("connects_to", "db_subnet_group_name", "network", SUBNETS),),
    ),
    "aws_rds_cluster_instance": Shape(
        "database",
        cloud_id="arn",
        name="identifier|id",
        known_as=("id", "identifier"),
        hosts=("endpoint",),
        values={"host": "endpoint", "port": "port", "product": "engine", "version": "engine_version"},
        links=(
            Link(
                "composed_of",
                of="cluster_identifier",
                of_class="database_cluster",
                group=MEMBERS,
                assumed=False,
            ),
        ),
        zones=ZONE,
        remark="any member of a cluster takes over from another",
    ),
    "aws_elasticache_cluster": Shape(
        "cache",
        cloud_id="arn",
        name="cluster_id|id",
        known_as=("id", "cluster_id"),
        hosts=("cluster_address", "configuration_endpoint", "cache_nodes.address"),
        values={
            "host": "cluster_address|cache_nodes.address",
            "port": "port",
            "product": "engine",
            "version": "engine_version_actual|engine_version",
        },
        links=(
            on("connects_to", "subnet_group_name", "network", SUBNETS),
            part_of("replication_group_id", "cache", MEMBERS),
        ),
        zones="cache_nodes.availability_zone|availability_zone",
    ),
    "aws_elasticache_replication_group": Shape(
        "cache",
        cloud_id="arn",
        name="replication_group_id|id",
        known_as=("id", "replication_group_id"),
        hosts=("primary_endpoint_address", "configuration_endpoint_address", "reader_endpoint_address"),
        values={
            "host": "primary_endpoint_address|configuration_endpoint_address",
            "port": "port",
            "product": "engine",
            "version": "engine_version_actual|engine_version",
        },
        links=(on("connects_to", "subnet_group_name", "network", SUBNETS),),
    ),
    "aws_elasticache_subnet_group": Shape(
        cloud_id="arn",
        known_as=("id", "name"),
        stands_for={"network": "subnet_ids"},
        remark="means its subnets",
    ),
    "aws_dynamodb_table": Shape(
        "database", cloud_id="arn", known_as=("id", "name"), fixed={"product": "Amazon DynamoDB"}
    ),
    "aws_sqs_queue": Shape(
        "message_queue", cloud_id="arn", known_as=("id", "url"), fixed={"product": "Amazon SQS"}
    ),
    "aws_sns_topic": Shape(
        "message_queue", cloud_id="arn", known_as=("id",), fixed={"product": "Amazon SNS"}
    ),
    "aws_sns_topic_subscription": joins(
        Link("uses", of="topic_arn", of_class="message_queue", to="endpoint"),
        remark="to a queue or a function of the state; the topic works on without it",
    ),
    "aws_lambda_event_source_mapping": joins(
        Link(
            "depends_on",
            of="function_name|function_arn",
            of_class="serverless_function",
            to="event_source_arn",
            to_class="message_queue",
        )
    ),
    "aws_mq_broker": Shape(
        "message_queue",
        cloud_id="arn",
        known_as=("id",),
        name="broker_name",
        values={"product": "engine_type", "version": "engine_version"},
        links=(on("connects_to", "subnet_ids", "network", SUBNETS),),
    ),
    "aws_msk_cluster": Shape(
        "message_queue",
        cloud_id="arn",
        known_as=("id",),
        name="cluster_name",
        values={"version": "kafka_version"},
        fixed={"product": "Amazon MSK"},
        links=(on("connects_to", "broker_node_group_info.client_subnets", "network", SUBNETS),),
    ),
}

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

AWS = COMPUTE | STORAGE | DATA | NETWORK
