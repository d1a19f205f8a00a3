"""What the fields of an entity refer to, and what follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cmdb.errors import InvalidInput
from importers.backstage.entities import Entity, Reference

THINGS = frozenset({"component", "api", "resource", "system", "domain"})
"""Kinds that become CIs."""

OWNERS = frozenset({"group", "user"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of `spec` that refers to entities.

    `usual` is the kind of a reference that names none. `turned`: the one that is referred to is the
    dependent.
    """

    name: str
    kinds: frozenset[str]
    usual: str
    type: str
    turned: bool = False
    strength: str = ""


FIELDS = (
    Field("dependsOn", THINGS, "", "depends_on"),
    Field("dependencyOf", THINGS, "", "depends_on", turned=True),
    Field("consumesApis", frozenset({"api"}), "api", "calls"),
    Field("providesApis", frozenset({"api"}), "api", "provided_by", turned=True),
    Field("subcomponentOf", frozenset({"component"}), "component", "composed_of", True, "soft"),
    Field("system", frozenset({"system"}), "system", "composed_of", True, "soft"),
    Field("domain", frozenset({"domain"}), "domain", "composed_of", True, "soft"),
    Field("subdomainOf", frozenset({"domain"}), "domain", "composed_of", True, "soft"),
)

OWNER = Field("owner", OWNERS, "group", "")


def values(spec: Mapping[str, Any], field: Field) -> Iterator[Any]:
    """What a field says, one or several."""
    said = spec.get(field.name)
    yield from said if isinstance(said, list) else [said] if said else []


def refer(entity: Entity, field: Field, value: Any) -> Reference:
    """What one value of a field refers to, in the entity's namespace where it names none.

    Raises InvalidInput where it is no reference or of the wrong kind.
    """
    text = value.strip() if isinstance(value, str) else ""
    before, colon, rest = text.rpartition(":")
    namespace, slash, name = rest.rpartition("/")
    kind = (before if colon else field.usual).lower()
    if not name or not text.isprintable() or (slash and not namespace) or (colon and not before):
        raise InvalidInput(f"{field.name} {value!r} is no reference such as component:default/name")
    if kind not in field.kinds:
        wanted = ", ".join(sorted(field.kinds))
        raise InvalidInput(f"{field.name} {value!r} is {kind or 'of no kind'}, and is to be {wanted}")
    return Reference(kind, namespace or entity.reference.namespace, name)
