"""How AWS tells of one type of resource: where it stands in answers, and what it is called in snapshots."""

from dataclasses import dataclass

from importers.cloud import Shape


@dataclass(frozen=True, slots=True)
class Described:
    """`under` is the path to the resources in what `describe-*` and `list-*` write.

    `config` is the type that AWS Config gives them. Several types may stand under one name; then `has`
    is a path that only this one fills. Paths are in snake case (`DBInstanceArn`: `db_instance_arn`).
    """

    under: str
    shape: Shape
    config: str = ""
    has: str = ""
