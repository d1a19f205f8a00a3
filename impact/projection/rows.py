"""What a projection is built from: one row a CI, one row a relationship."""

from typing import NamedTuple


class CIRow(NamedTuple):
    """A CI: its number, its class and status as in the graph."""

    no: int
    class_: str
    status: str


class RelationshipRow(NamedTuple):
    """A relationship, from the number of the dependent to the number of the provider.

    `type` is a name of the catalogue (`runs_on`). `group`, `need`, `strength` and `weight` are None
    where the graph does not say: a group of one, all members, as the type says, 1.
    """

    dependent: int
    provider: int
    type: str
    group: str | None = None
    need: int | str | None = None
    strength: str | None = None
    weight: int | None = None
    assumed: bool = False
