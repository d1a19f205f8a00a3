"""What becomes of the types of resources of AWS, as AWS tells of them."""

from importers.aws.types.compute import COMPUTE
from importers.aws.types.data import DATA
from importers.aws.types.network import NETWORK
from importers.aws.types.storage import STORAGE

TYPES = COMPUTE | STORAGE | DATA | NETWORK

__all__ = ["TYPES"]
