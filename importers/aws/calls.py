"""The requests that bring the resources of AWS, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Call:
    """One operation of a service of boto3.

    With `each`, it is asked for everything that this other operation brought; `under` is where that stands in
    its answers, and `given` maps parameters to paths in one of them; `[path]` makes a list of one.
    """

    service: str
    operation: str
    each: str = ""
    under: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, object] = field(default_factory=dict)
    is_global: bool = False


CALLS = (
    *(
        Call("ec2", f"describe_{what}")
        for what in (
            "availability_zones",
            "vpcs",
            "subnets",
            "instances",
            "volumes",
            "nat_gateways",
            "internet_gateways",
            "transit_gateways",
            "vpn_connections",
            "addresses",
        )
    ),
    Call("elbv2", "describe_load_balancers"),
    Call(
        "elbv2",
        "describe_listeners",
        "describe_load_balancers",
        "LoadBalancers",
        {"LoadBalancerArn": "load_balancer_arn"},
    ),
    Call("elbv2", "describe_target_groups"),
    Call(
        "elbv2",
        "describe_target_health",
        "describe_target_groups",
        "TargetGroups",
        {"TargetGroupArn": "target_group_arn"},
    ),
    Call("elb", "describe_load_balancers"),
    Call("autoscaling", "describe_auto_scaling_groups"),
    Call("rds", "describe_db_instances"),
    Call("rds", "describe_db_clusters"),
    Call("rds", "describe_db_subnet_groups"),
    Call("elasticache", "describe_cache_clusters", fixed={"ShowCacheNodeInfo": True}),
    Call("elasticache", "describe_replication_groups"),
    Call("elasticache", "describe_cache_subnet_groups"),
    Call("lambda", "list_functions"),
    Call("lambda", "list_event_source_mappings"),
    Call("dynamodb", "list_tables"),
    Call("sqs", "list_queues"),
    Call("sns", "list_topics"),
    Call("sns", "list_subscriptions"),
    Call("efs", "describe_file_systems"),
    Call(
        "efs",
        "describe_mount_targets",
        "describe_file_systems",
        "FileSystems",
        {"FileSystemId": "file_system_id"},
    ),
    Call("eks", "list_clusters"),
    Call("eks", "describe_cluster", "list_clusters", "clusters", {"name": "name"}),
    Call("eks", "list_nodegroups", "list_clusters", "clusters", {"clusterName": "name"}),
    Call(
        "eks",
        "describe_nodegroup",
        "list_nodegroups",
        "nodegroups",
        {"clusterName": "cluster_name", "nodegroupName": "name"},
    ),
    Call("ecs", "list_clusters"),
    Call("ecs", "describe_clusters", "list_clusters", "clusterArns", {"clusters": "[name]"}),
    Call("ecs", "list_services", "list_clusters", "clusterArns", {"cluster": "name"}),
    Call(
        "ecs",
        "describe_services",
        "list_services",
        "serviceArns",
        {"cluster": "cluster", "services": "[name]"},
    ),
    Call("s3", "list_buckets", is_global=True),
    Call("route53", "list_hosted_zones", is_global=True),
    Call(
        "route53",
        "list_resource_record_sets",
        "list_hosted_zones",
        "HostedZones",
        {"HostedZoneId": "id"},
        is_global=True,
    ),
)
