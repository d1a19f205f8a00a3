"""Writes the reference page of the shipped catalogue.

python -m cmdb.catalogue.reference > docs/reference/catalogue.md
"""

import sys
from collections.abc import Iterable, Iterator
from typing import get_args

from cmdb.catalogue.attribute import Attribute
from cmdb.catalogue.load import load_catalogue
from cmdb.catalogue.model import Catalogue, CIClass, Domain, IdentifierRule, RelationshipType

HEAD = """\
# Catalogue reference

Written by `python -m cmdb.catalogue.reference` from the shipped files. How to read and extend them:
[the catalogue](../catalogue.md)."""


RECOMMENDED = {"always": "Recommended.", "services": "Recommended of services and what carries them."}


def reference(catalogue: Catalogue) -> str:
    """The page in Markdown."""
    parts = (_relationships, _sources, _common, _classes)
    return "\n\n".join([HEAD, *(text for part in parts for text in part(catalogue))])


def _relationships(catalogue: Catalogue) -> Iterator[str]:
    yield "## Relationship types"
    yield "Read from the dependent to the provider."
    columns = ("type", "inverse", "strength", "usual dependents", "usual providers", "meaning")
    yield _table(columns, map(_relationship_row, catalogue.relationships.values()))


def _relationship_row(relationship: RelationshipType) -> tuple[str, ...]:
    return (
        f"`{relationship.name}`",
        relationship.inverse,
        relationship.strength,
        ", ".join(sorted(relationship.usual_dependents)),
        ", ".join(sorted(relationship.usual_providers)),
        relationship.description,
    )


def _sources(catalogue: Catalogue) -> Iterator[str]:
    yield "## Whom to believe"
    yield (
        "Where sources disagree, the one that stands first is right. Behind the sources of an attribute come"
        " those of the class, then those of any class."
    )
    yield _table(("class", "attribute", "sources"), _order_rows(catalogue))


def _order_rows(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    for (class_name, attribute), orders in catalogue.precedence.orders.items():
        of = f"`{attribute}`" if attribute else "any"
        for order in orders:
            yield class_name or "any", of, ", ".join(order)


def _common(catalogue: Catalogue) -> Iterator[str]:
    yield "## Attributes of every class"
    yield _attributes(catalogue.common.values())


def _classes(catalogue: Catalogue) -> Iterator[str]:
    for domain in get_args(Domain):
        yield f"## Classes: {domain}"
        for ci_class in catalogue.classes.values():
            if ci_class.domain == domain:
                yield from _class(catalogue, ci_class)


def _class(catalogue: Catalogue, ci_class: CIClass) -> Iterator[str]:
    inherited = catalogue.classes[ci_class.parent].attributes if ci_class.parent else {}
    inherited = {**catalogue.common, **inherited}
    yield f"### {ci_class.name}"
    yield f"{ci_class.description}{' Answers list it first.' * ci_class.is_service}"
    yield "\n".join(_facts(ci_class))
    own = [a for name, a in ci_class.attributes.items() if inherited.get(name) != a]
    if own:
        yield _attributes(own)


def _facts(ci_class: CIClass) -> Iterator[str]:
    yield f"- Labels: {' '.join(f'`:{label}`' for label in ci_class.labels)}"
    if ci_class.parent:
        yield f"- Refines [{ci_class.parent}](#{ci_class.parent}) and has its attributes"
    yield f"- Identified by: {'; '.join(map(_rule, ci_class.identifiers)) or 'nothing'}"
    yield f"- Retired when missed for {_days(ci_class.grace_days)}"
    yield f"- Stale after {_days(ci_class.stale_days)}"


def _rule(rule: IdentifierRule) -> str:
    return " + ".join(("container",) * rule.within + rule.attributes)


def _days(days: float) -> str:
    return f"{days:g} days" if days >= 1 else f"{days * 24:g} hours"


def _attributes(attributes: Iterable[Attribute]) -> str:
    return _table(("attribute", "type", "meaning"), map(_attribute_row, attributes))


def _attribute_row(attribute: Attribute) -> tuple[str, ...]:
    notes = [attribute.description]
    if attribute.values:
        notes.append(f"One of {', '.join(attribute.values)}.")
    if attribute.default is not None:
        notes.append(f"Unless said: {attribute.default}.")
    if attribute.cloned:
        notes.append("Copied with a cloned machine: repeated within one source it identifies nothing.")
    if note := RECOMMENDED.get(attribute.recommended):
        notes.append(note)
    if attribute.required:
        notes.append("**Required.**")
    return f"`{attribute.name}`", attribute.type, " ".join(notes)


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (columns, ("---",) * len(columns), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(reference(load_catalogue()) + "\n")
