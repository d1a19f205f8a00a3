"""What becomes of the types of resources of AWS, as Terraform has them."""

from importers.terraform.aws.compute import COMPUTE
from importers.terraform.aws.data import DATA
from importers.terraform.aws.network import NETWORK
from importers.terraform.aws.storage import STORAGE

AWS = COMPUTE | STORAGE | DATA | NETWORK

__all__ = ["AWS"]
