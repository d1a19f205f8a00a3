"""Reads a mapping file, and tells all mistakes in it at once."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cmdb.catalogue import RESERVED, Catalogue
from cmdb.errors import InvalidInput
from cmdb.reconciliation import Relation, disagreements, relation_of
from importers.documents import read_text
from importers.mapped.model import ClassSource, Dependency, Links, Mapping, Reference, Things

Mistake = tuple[str, str]
"""A key of the mapping file, and what is wrong there."""


def load_mapping(path: Path, catalogue: Catalogue) -> Mapping:
    """The mapping. Raises InvalidInput that lists all mistakes, each with its key."""
    try:
        mapping = Mapping.model_validate(tomllib.loads(read_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"{path.name} is not TOML: {error}.") from error
    except ValidationError as error:
        tell(path, [_mistake(detail) for detail in error.errors()])
        raise AssertionError("a validation error has details") from error
    tell(path, _mistakes(mapping, catalogue))
    return mapping


def tell(path: Path, mistakes: list[Mistake]) -> None:
    """Raise InvalidInput for all mistakes, if there are any."""
    if mistakes:
        lines = "\n".join(f"  {path.name}: {key}: {reason}" for key, reason in mistakes)
        raise InvalidInput(f"Correct the mapping:\n{lines}")


def key_of(*steps: object) -> str:
    """A key as it is written: `things[1].attributes.site`; positions count from 1."""
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def relation_terms(catalogue: Catalogue, relation: Dependency) -> Relation:
    """The relation without its end. Raises InvalidInput where its terms cannot be meant."""
    return relation_of(
        catalogue,
        {
            **{"type": relation.type, "to": "", "group": relation.group, "need": str(relation.need)},
            **{"strength": relation.strength, "assumed": str(relation.assumed)},
        },
    )


def _mistake(detail: ErrorDetails) -> Mistake:
    reason = {
        "extra_forbidden": "no such key is known",
        "missing": "is missing",
    }.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return key_of(*detail["loc"]), reason


def _mistakes(mapping: Mapping, catalogue: Catalogue) -> list[Mistake]:
    found: list[Mistake] = [] if mapping.things else [("things", "holds nothing")]
    terms: list[Relation] = []
    for number, things in enumerate(mapping.things):
        found += _in_things(catalogue, things, key_of("things", number), terms)
    for number, links in enumerate(mapping.links):
        found += _in_links(catalogue, links, key_of("links", number))
    disagreeing = disagreements(terms).items()
    found += [
        ("relations", f"group {group!r}: {reason}; all of a group must agree")
        for group, reason in disagreeing
    ]
    return found


def _in_things(catalogue: Catalogue, things: Things, key: str, terms: list[Relation]) -> Iterator[Mistake]:
    yield from _in_class(catalogue, things.class_, f"{key}.class")
    for name in things.attributes:
        if name in RESERVED or name == "name":
            yield f"{key}.attributes.{name}", "is not for attributes; native_id, class and name stand above"
    if things.within:
        yield from _in_reference(catalogue, things.within, f"{key}.within")
    for number, relation in enumerate(things.relations):
        place = f"{key}.{key_of('relations', number)}"
        yield from _in_reference(catalogue, relation, place)
        try:
            terms.append(relation_terms(catalogue, relation))
        except InvalidInput as error:
            yield place, error.detail


def _in_links(catalogue: Catalogue, links: Links, key: str) -> Iterator[Mistake]:
    yield from _in_reference(catalogue, links.dependent, f"{key}.dependent")
    yield from _in_reference(catalogue, links.provider, f"{key}.provider")
    for name in (links.type.constant, links.type.default, *links.type.values.values()):
        yield from _unknown(f"{key}.type", catalogue.relationship, name)


def _in_class(catalogue: Catalogue, source: ClassSource, key: str) -> Iterator[Mistake]:
    for name in (source.constant, source.default, *source.values.values()):
        yield from _unknown(key, catalogue.ci_class, name)


def _in_reference(catalogue: Catalogue, reference: Reference, key: str) -> Iterator[Mistake]:
    yield from _unknown(f"{key}.among", catalogue.ci_class, reference.among)


def _unknown(key: str, look_up: Callable[[str], object], name: str) -> Iterator[Mistake]:
    try:
        if name:
            look_up(name)
    except InvalidInput as error:
        yield key, error.detail
