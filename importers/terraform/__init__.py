"""Terraform and OpenTofu: states of versions 3 and 4, and what `terraform show -json` writes."""

from importers.cloud import kinds
from importers.importer import Importer, Kind
from importers.terraform.left_out import KINDS
from importers.terraform.read import SHAPES, read

IMPORTER = Importer(
    name="terraform",
    title="Terraform state",
    read=read,
    kinds=(
        *kinds(SHAPES),
        Kind("any type, as data", "", "a thing that is only mentioned, if the type is mapped"),
        Kind("deposed object", "", "replaced already, and waits to be destroyed"),
        Kind("dependencies, depends_on", "depends_on (soft)", "where no attribute tells better"),
        *KINDS,
    ),
)

__all__ = ["IMPORTER"]
