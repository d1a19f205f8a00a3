"""Databases, caches and queues, as AWS tells of them."""

from importers.aws.described import Described
from importers.cloud import Link, Shape, joins, on, part_of

ZONE = "availability_zone"
SUBNETS = "subnets"
MEMBERS = "members"

DATA = {
    "database": Described(
        "DBInstances",
        Shape(
            "database",
            cloud_id="db_instance_arn|arn",
            name="db_instance_identifier",
            known_as=("db_instance_identifier", "dbi_resource_id"),
            hosts=("endpoint.address",),
            values={
                "host": "endpoint.address",
                "port": "endpoint.port",
                "product": "engine",
                "version": "engine_version",
                "size_gb": "allocated_storage",
            },
            links=(
                on("connects_to", "db_subnet_group.subnets.subnet_identifier", "network", SUBNETS),
                Link("replicates_to", of="read_replica_source_db_instance_identifier", of_class="database"),
                Link(
                    "composed_of",
                    of="db_cluster_identifier",
                    of_class="database_cluster",
                    group=MEMBERS,
                    assumed=False,
                ),
            ),
            zones=ZONE,
            spread="multi_az",
            remark="with a standby it needs one of two zones; any member of a cluster takes over",
        ),
        "AWS::RDS::DBInstance",
    ),
    "database_cluster": Described(
        "DBClusters",
        Shape(
            "database_cluster",
            cloud_id="db_cluster_arn|arn",
            name="db_cluster_identifier",
            known_as=("db_cluster_identifier",),
            hosts=("endpoint", "reader_endpoint"),
            values={"endpoint": "endpoint", "product": "engine", "version": "engine_version"},
            links=(
                on("connects_to", "db_subnet_group", "network", SUBNETS),
                Link(
                    "composed_of",
                    to="db_cluster_members.db_instance_identifier",
                    to_class="database",
                    group=MEMBERS,
                    assumed=False,
                ),
            ),
        ),
        "AWS::RDS::DBCluster",
    ),
    "database_subnets": Described(
        "DBSubnetGroups",
        Shape(
            cloud_id="db_subnet_group_arn",
            known_as=("db_subnet_group_name",),
            stands_for={"network": "subnets.subnet_identifier"},
            remark="means its subnets",
        ),
    ),
    "cache": Described(
        "CacheClusters",
        Shape(
            "cache",
            cloud_id="arn",
            name="cache_cluster_id",
            known_as=("cache_cluster_id",),
            hosts=("configuration_endpoint.address", "cache_nodes.endpoint.address"),
            values={
                "host": "configuration_endpoint.address|cache_nodes.endpoint.address",
                "port": "configuration_endpoint.port|cache_nodes.endpoint.port",
                "product": "engine",
                "version": "engine_version",
            },
            links=(
                on("connects_to", "cache_subnet_group_name", "network", SUBNETS),
                part_of("replication_group_id", "cache", MEMBERS),
            ),
            zones="cache_nodes.customer_availability_zone|preferred_availability_zone",
        ),
        "AWS::ElastiCache::CacheCluster",
    ),
    "replication_group": Described(
        "ReplicationGroups",
        Shape(
            "cache",
            cloud_id="arn",
            name="replication_group_id",
            known_as=("replication_group_id",),
            hosts=("node_groups.primary_endpoint.address", "configuration_endpoint.address"),
            values={
                "host": "node_groups.primary_endpoint.address|configuration_endpoint.address",
                "port": "node_groups.primary_endpoint.port|configuration_endpoint.port",
            },
            links=(on("composed_of", "member_clusters", "cache", MEMBERS),),
            remark="needs one of its members; that is assumed",
        ),
        "AWS::ElastiCache::ReplicationGroup",
    ),
    "cache_subnets": Described(
        "CacheSubnetGroups",
        Shape(
            cloud_id="arn",
            known_as=("cache_subnet_group_name",),
            stands_for={"network": "subnets.subnet_identifier"},
            remark="means its subnets",
        ),
    ),
    "table": Described(
        "TableNames",
        Shape(
            "database",
            cloud_id="arn:aws:dynamodb:{region}:{account}:table/{name}",
            fixed={"product": "Amazon DynamoDB"},
        ),
        "AWS::DynamoDB::Table",
    ),
    "queue": Described(
        "QueueUrls",
        Shape("message_queue", cloud_id="arn", known_as=("url",), fixed={"product": "Amazon SQS"}),
        "AWS::SQS::Queue",
    ),
    "topic": Described(
        "Topics",
        Shape("message_queue", cloud_id="topic_arn|arn", fixed={"product": "Amazon SNS"}),
        "AWS::SNS::Topic",
    ),
    "subscription": Described(
        "Subscriptions",
        joins(
            Link("uses", of="topic_arn", of_class="message_queue", to="endpoint"),
            remark="to a queue or a function of the reading; the topic works on without it",
        ),
    ),
}
