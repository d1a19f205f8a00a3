"""Volumes, file systems and buckets, as AWS tells of them."""

from importers.aws.described import Described
from importers.cloud import Link, Shape, joins

ZONE = "availability_zone"
SUBNETS = "subnets"

STORAGE = {
    "volume": Described(
        "Volumes",
        Shape(
            "volume",
            cloud_id="volume_id",
            name="tags.Name|volume_id",
            values={"capacity_gb": "size", "encrypted": "encrypted"},
            links=(Link("stored_on", of="attachments.instance_id", of_class="virtual_machine"),),
            zones=ZONE,
        ),
        "AWS::EC2::Volume",
    ),
    "file_system": Described(
        "FileSystems",
        Shape(
            "file_share",
            cloud_id="file_system_id|id",
            name="tags.Name|name|file_system_id|id",
            known_as=("file_system_arn",),
            values={"encrypted": "encrypted"},
        ),
        "AWS::EFS::FileSystem",
    ),
    "mount_target": Described(
        "MountTargets",
        joins(
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
    ),
    "access_point": Described(
        "AccessPoints",
        Shape(
            cloud_id="access_point_arn",
            stands_for={"file_share": "file_system_id"},
            remark="means its file system",
        ),
        has="access_point_arn",
    ),
    "bucket": Described(
        "Buckets",
        Shape("object_bucket", cloud_id="arn:aws:s3:::{name}", known_as=("name",)),
        "AWS::S3::Bucket",
    ),
}
