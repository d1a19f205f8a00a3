"""Resolves attributes that are declared more than once: by an ancestor, a set, an own file."""

from collections.abc import Iterable

from cmdb.catalogue.attribute import Attribute
from cmdb.catalogue.convert import converter
from cmdb.catalogue.merge import Placed
from cmdb.catalogue.mistakes import Mistakes


def resolve_attributes(placed: Iterable[Placed], mistakes: Mistakes) -> dict[str, Attribute]:
    """Attributes by name, from all their declarations in order."""
    resolved: dict[str, Placed] = {}
    for new in placed:
        old = resolved.get(new.attribute.name)
        resolved[new.attribute.name] = _again(old, new, mistakes) if old else new
    for found in resolved.values():
        _check_default(found, mistakes)
    return {name: found.attribute for name, found in resolved.items()}


def _again(old: Placed, new: Placed, mistakes: Mistakes) -> Placed:
    """An attribute declared again keeps its type, the values it had, and what is not said."""
    before, after = old.attribute, new.attribute
    said = {key: getattr(after, key) for key in after.model_fields_set}
    if said.setdefault("type", before.type) != before.type:
        mistakes.add(
            new.file,
            new.key,
            f"is of type {after.type} here and of type {before.type} in {old.file}: {old.key}",
        )
    said["values"] = tuple(dict.fromkeys(before.values + after.values))
    return new._replace(attribute=before.model_copy(update=said))


def _check_default(placed: Placed, mistakes: Mistakes) -> None:
    attribute, file, key = placed
    if attribute.default is None:
        return
    try:
        kept = converter(attribute)(attribute.default)
    except ValueError as error:
        mistakes.add(file, f"{key}.default", str(error))
    else:
        if kept != attribute.default or type(kept) is not type(attribute.default):
            mistakes.add(file, f"{key}.default", f"write it as {kept!r}")
