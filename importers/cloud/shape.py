"""How a type of cloud resource is told in our words: one entry of a mapping table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.importer import Kind


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that a resource tells of, between what is found at `of` and at `to` (paths).

    An empty path is the resource itself. An end that nobody describes is mentioned with its class, or
    passed over if no class is given. Ends that share a group need one of its members.
    """

    type: str
    to: str = ""
    to_class: str = ""
    of: str = ""
    of_class: str = ""
    group: str = ""
    assumed: bool = True


def on(type_: str, path: str, class_: str = "", group: str = "") -> Link:
    """The resource depends on what is at the path."""
    return Link(type_, to=path, to_class=class_, group=group)


def part_of(path: str, class_: str, group: str) -> Link:
    """What is at the path is composed of the resource and its like, and needs one of them."""
    return Link("composed_of", of=path, of_class=class_, group=group)


@dataclass(frozen=True, slots=True)
class Shape:
    """What becomes of one type of resource. Values are found by paths (see `paths`).

    A template in `cloud_id` may hold `{region}` and `{account}`. `known_as` finds what
    others call it beside its cloud id, `hosts` the names and addresses it answers at. Without a class
    it is no thing: its `links` join others, and a reference to it means what it `stands_for` (class
    wanted → path).
    `zones` finds the availability zones; `spread` a flag that it is in more of them than it tells.
    """

    becomes: str = ""
    cloud_id: str = "id"
    name: str = "name|id"
    known_as: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    stands_for: Mapping[str, str] = field(default_factory=dict)
    zones: str = ""
    spread: str = ""
    remark: str = ""


def joins(*links: Link, remark: str = "") -> Shape:
    """A resource that is no thing and joins others."""
    return Shape(cloud_id="", links=links, remark=remark)


def kinds(shapes: Mapping[str, Shape]) -> tuple[Kind, ...]:
    """A table as documentation."""
    return tuple(
        Kind(theirs, shape.becomes or _types(shape), shape.remark) for theirs, shape in shapes.items()
    )


def _types(shape: Shape) -> str:
    """What a resource that is no thing itself becomes: relations of others."""
    return ", ".join(dict.fromkeys(link.type for link in shape.links))
