"""Volumes, file systems and buckets, as Terraform has them."""

from importers.cloud import Link, Shape, joins, on

NAMED = "tags.Name|name|id"
SUBNETS = "subnets"
ZONE = "availability_zone"

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
