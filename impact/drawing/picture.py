"""What can be drawn or exported: CIs, redundancy groups and plain relationships, with their states."""

from dataclasses import dataclass

from impact.state import GroupStateName
from impact.strength import StrengthName


@dataclass(frozen=True)
class Node:
    """A CI, or after folding `count` alike ones, whose first and last `name` then says."""

    id: str
    name: str
    class_: str
    state: str
    """A key of `impact.drawing.style.STATES`."""
    criticality: str | None = None
    distance: int | None = None
    """Steps from a cause, or the layer of a service map."""
    cause: bool = False
    """The scenario declares its state."""
    count: int = 1


@dataclass(frozen=True)
class Group:
    """A redundancy group: of the `of` that its members weigh, `owner` needs `need` up.

    After folding it may stand for `count` groups that are alike.
    """

    owner: str
    name: str | None
    need: int
    of: int
    strength: StrengthName
    state: GroupStateName
    members: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True)
class Edge:
    """A relationship that stands alone."""

    dependent: str
    provider: str
    type: str
    strength: StrengthName


@dataclass(frozen=True)
class Picture:
    """What is drawn. Owners, members and ends are ids of its nodes."""

    nodes: tuple[Node, ...]
    groups: tuple[Group, ...] = ()
    edges: tuple[Edge, ...] = ()
    title: str = ""
