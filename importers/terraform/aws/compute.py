"""Machines, functions and clusters, as Terraform has them."""

from importers.cloud import Link, Shape, on, part_of

NAMED = "tags.Name|name|id"
SUBNETS = "subnets"
TARGETS = "targets"
ZONE = "availability_zone"
HOST = {"ip_address": "private_ip", "instance_type": "instance_type"}

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
