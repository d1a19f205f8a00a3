"""Amazon Web Services: saved answers of its command line, snapshots of AWS Config, and the account itself."""

from importers.aws.read import read
from importers.aws.types import TYPES
from importers.cloud import kinds
from importers.importer import Importer, Kind, Option

_SHAPES = {" or ".join(name for name in (one.under, one.config) if name): one.shape for one in TYPES.values()}

IMPORTER = Importer(
    name="aws",
    title="Amazon Web Services",
    read=read,
    kinds=(
        *kinds(_SHAPES),
        Kind(
            "AWS::IAM::*, AWS::KMS::*, AWS::SecretsManager::*", "", "a permission, key or secret, not a thing"
        ),
        Kind("AWS::EC2::SecurityGroup, NetworkAcl, RouteTable", "", "how a network is set up"),
        Kind("AWS::EC2::NetworkInterface", "", "its machine tells its subnet and addresses"),
        Kind("LaunchTemplates, TaskDefinitions, images, snapshots", "", "what other things are made from"),
        Kind("listener rules", "", "serve some requests only; the default action of a listener is followed"),
    ),
    options=(
        Option("region", "the region of saved answers, for those that do not tell"),
        Option("account", "the account of saved answers, for those that do not tell"),
        Option("profile", "live: the profile of the AWS configuration"),
        Option("role_arn", "live: the role to take"),
        Option("workers", "live: how many requests at a time", "4"),
    ),
)

__all__ = ["IMPORTER"]
