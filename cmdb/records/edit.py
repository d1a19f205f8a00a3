"""What somebody wants a record to say from now on, and what is wrong with that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from cmdb.catalogue import Problem
from cmdb.catalogue.attribute import Attribute
from cmdb.catalogue.convert import converter
from cmdb.catalogue.suggest import did_you_mean
from cmdb.errors import Invalid, InvalidInput
from cmdb.records.desk import Kind
from cmdb.records.life_cycle import FieldDeclaration
from cmdb.records.record import Attachment, CILink, Record, Related, Values


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes to a record; a value of None clears a field.

    `links` maps CIs (by id) to conditions, None for the usual one; `unlinked` are those to let go.
    """

    values: Values = field(default_factory=dict)
    links: Mapping[str, str | None] = field(default_factory=dict)
    unlinked: frozenset[str] = frozenset()
    related: frozenset[Related] = frozenset()
    unrelated: frozenset[Related] = frozenset()
    attached: tuple[Attachment, ...] = ()


def edited(kind: Kind, record: Record, edit: Edit, derived: Values) -> Record:
    """The record with an edit by people, and with what Linchpin itself fills in.

    Raises Invalid that lists every problem of the values, InvalidInput for links that the kind does not have.
    """
    cycle = kind.life_cycle
    problems = [*_unwritable(kind, record, edit.values)]
    values = dict(record.values)
    for name, value in {**edit.values, **derived}.items():
        try:
            values[name] = _typed(kind, name, value)
        except ValueError as error:
            problems.append(Problem(cycle.kind, name, value, str(error)))
    if problems:
        raise Invalid.of(problems)
    given = {name: value for name, value in values.items() if value is not None}
    return replace(
        record,
        values=kind.derive(given),
        links=_links(kind, record, edit),
        related=_related(kind, record, edit),
        attachments=(*record.attachments, *(one for one in edit.attached if one not in record.attachments)),
    )


def missing(kind: Kind, record: Record) -> Invalid | None:
    """What a record lacks that every record of its kind has."""
    lacking = [
        Problem(record.kind, name, None, "is required")
        for name, declared in kind.life_cycle.fields.items()
        if declared.required and record.values.get(name) in (None, "")
    ]
    return Invalid.of(lacking) if lacking else None


def _unwritable(kind: Kind, record: Record, values: Values) -> Iterator[Problem]:
    fields, states = kind.life_cycle.fields, kind.life_cycle.states
    for name, value in values.items():
        declared = fields.get(name)
        if declared is None:
            reason = f"{record.kind} has no such field{did_you_mean(name, fields)}"
        elif declared.derived:
            reason = "is filled in by Linchpin"
        elif declared.required and value in (None, ""):
            reason = "is required"
        elif record.state not in (declared.states or (s for s, one in states.items() if one.open)):
            reason = f"cannot be changed while {record.number or 'it'} is {record.state}"
        else:
            continue
        yield Problem(record.kind, name, value, reason)


def _typed(kind: Kind, name: str, value: Any) -> Any:
    declared = kind.life_cycle.fields.get(name)
    if value is None or value == "" or declared is None:
        return None
    if declared.type == "document":
        return _document(kind.documents[name], value)
    return converter(_attribute(name, declared))(value)


def _attribute(name: str, declared: FieldDeclaration) -> Attribute:
    shared = declared.model_dump(include={"type", "values", "minimum", "maximum"})
    return Attribute(name=name, **shared)


def _document(model: type[BaseModel], value: Any) -> Any:
    try:
        return model.model_validate(value).model_dump(mode="json")
    except ValidationError as error:
        raise ValueError(
            "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        ) from error


def _links(kind: Kind, record: Record, edit: Edit) -> tuple[CILink, ...]:
    conditions, linked_in = kind.life_cycle.conditions, kind.life_cycle.linked_in
    if (edit.links or edit.unlinked) and linked_in and record.state not in linked_in:
        raise InvalidInput(f"The CIs of {record.number} cannot be changed while it is {record.state}.")
    said = {ci: told for ci, told in record.conditions.items() if ci not in edit.unlinked}
    for ci, condition in edit.links.items():
        if condition not in (None, *conditions):
            raise InvalidInput(
                f"A link of {record.kind} to a CI says {', '.join(conditions)}, "
                f"not {condition!r}{did_you_mean(str(condition), conditions)}."
            )
        said[ci] = condition or said.get(ci, conditions[0])
    return tuple(CILink(ci, condition) for ci, condition in sorted(said.items()))


def _related(kind: Kind, record: Record, edit: Edit) -> tuple[Related, ...]:
    relations = kind.life_cycle.relations
    for related in edit.related:
        if related.type not in relations:
            raise InvalidInput(
                f"{record.kind} has no relation {related.type!r}{did_you_mean(related.type, relations)}; "
                f"it has {', '.join(relations) or 'none'}."
            )
    kept = ({*record.related} - edit.unrelated) | edit.related
    return tuple(sorted(kept, key=lambda related: (related.type, related.number)))
