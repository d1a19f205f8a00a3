"""Machines, functions and clusters, as AWS tells of them."""

from importers.aws.described import Described
from importers.cloud import Link, Shape, joins, on, part_of

SUBNETS = "subnets"
TARGETS = "targets"
MEMBERS = "members"

COMPUTE = {
    "instance": Described(
        "Reservations.Instances",
        Shape(
            "virtual_machine",
            cloud_id="instance_id",
            name="tags.Name|instance_id",
            hosts=("private_dns_name", "public_dns_name", "private_ip_address", "public_ip_address"),
            values={
                "ip_address": "private_ip_address",
                "fqdn": "private_dns_name",
                "instance_type": "instance_type",
            },
            links=(
                on("connects_to", "subnet_id|related.subnet", "network"),
                on("stored_on", "block_device_mappings.ebs.volume_id|related.volume", "volume"),
            ),
            zones="placement.availability_zone|availability_zone",
            remark="terminated ones are passed over",
        ),
        "AWS::EC2::Instance",
    ),
    "auto_scaling_group": Described(
        "AutoScalingGroups",
        Shape(
            "cluster",
            cloud_id="auto_scaling_group_arn|arn",
            name="auto_scaling_group_name",
            known_as=("auto_scaling_group_name",),
            links=(
                on("composed_of", "instances.instance_id|related.instance", "virtual_machine", MEMBERS),
                on("connects_to", "vpc_zone_identifier|related.subnet", "network", SUBNETS),
                part_of("target_group_arns", "load_balancer_pool", TARGETS),
            ),
            remark="needs one of its machines and subnets; that is assumed",
        ),
        "AWS::AutoScaling::AutoScalingGroup",
    ),
    "function": Described(
        "Functions",
        Shape(
            "serverless_function",
            cloud_id="function_arn|arn",
            name="function_name",
            known_as=("function_name",),
            values={"runtime": "runtime", "memory_mb": "memory_size"},
            links=(
                on("connects_to", "vpc_config.subnet_ids", "network", SUBNETS),
                on("depends_on", "environment.variables.*"),
                on("stored_on", "file_system_configs.arn", "file_share"),
            ),
            remark="depends on what its environment variables name, if it is in the reading",
        ),
        "AWS::Lambda::Function",
    ),
    "event_source": Described(
        "EventSourceMappings",
        joins(
            Link(
                "depends_on",
                of="function_arn",
                of_class="serverless_function",
                to="event_source_arn",
                to_class="message_queue",
            )
        ),
    ),
    "ecs_cluster": Described(
        "clusters",
        Shape(
            "cluster",
            cloud_id="cluster_arn|arn",
            name="cluster_name|name",
            known_as=("cluster_name",),
            fixed={"product": "Amazon ECS"},
        ),
        "AWS::ECS::Cluster",
        has="cluster_arn|arn",
    ),
    "ecs_service": Described(
        "services",
        Shape(
            "application",
            cloud_id="service_arn|arn",
            name="service_name|name",
            values={"namespace": "cluster_arn|cluster"},
            fixed={"product": "Amazon ECS service"},
            links=(
                on("runs_on", "cluster_arn|cluster", "cluster"),
                on("connects_to", "network_configuration.awsvpc_configuration.subnets", "network", SUBNETS),
                part_of("load_balancers.target_group_arn", "load_balancer_pool", TARGETS),
            ),
        ),
        "AWS::ECS::Service",
        has="service_arn|arn",
    ),
    "eks_cluster": Described(
        "cluster",
        Shape(
            "kubernetes_cluster",
            cloud_id="arn",
            known_as=("name",),
            values={"api_url": "endpoint", "version": "version"},
            links=(on("connects_to", "resources_vpc_config.subnet_ids", "network", SUBNETS),),
        ),
        "AWS::EKS::Cluster",
        has="arn",
    ),
    "eks_node_group": Described(
        "nodegroup",
        Shape(
            "cluster",
            cloud_id="nodegroup_arn|arn",
            name="nodegroup_name",
            links=(
                part_of("cluster_name", "kubernetes_cluster", "node groups"),
                on("composed_of", "resources.auto_scaling_groups.name", "cluster"),
            ),
        ),
        "AWS::EKS::Nodegroup",
    ),
}
