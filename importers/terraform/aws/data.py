"""Databases, caches and queues, as Terraform has them."""

from importers.cloud import Link, Shape, joins, on, part_of

SUBNETS = "subnets"
MEMBERS = "members"
ZONE = "availability_zone"

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
