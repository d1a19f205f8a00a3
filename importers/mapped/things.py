"""Turns rows into things, with what they refer to still in their own words."""

from dataclasses import dataclass, field

from cmdb.catalogue import Catalogue, check_attributes
from cmdb.errors import InvalidInput
from cmdb.runs import unfit_native_id
from importers.mapped.cells import value_of, values_of
from importers.mapped.model import Dependency, Reference, Source, Things
from importers.mapped.tables import Line


@dataclass(slots=True)
class Thing:
    """A thing, the row that describes it, and what rows refer to: the reference and its value."""

    native_id: str
    attributes: dict[str, object]
    line: Line
    within: tuple[Reference, str] | None = None
    refers: list[tuple[Dependency, str, Line]] = field(default_factory=list)

    @property
    def class_name(self) -> str:
        """Its class."""
        return str(self.attributes["class"])


def thing_of(catalogue: Catalogue, part: Things, line: Line) -> Thing:
    """The thing of a row. Raises ValueError with the reason where the row does not fit."""
    native_id = sound_key(_said("native_id", part.native_id, line))
    class_name = _said("class", part.class_, line)
    values = {"name": _said("name", part.name, line)}
    values |= {name: _said(name, source, line) for name, source in part.attributes.items()}
    attributes: dict[str, object] = {name: value for name, value in values.items() if value}
    _check(catalogue, class_name, attributes)
    thing = Thing(native_id, {"class": class_name, **attributes}, line)
    if part.within and (holder := _said("within", part.within, line)):
        thing.within = part.within, holder
    for relation in part.relations:
        thing.refers += [(relation, value, line) for value in values_of(relation, line.cells)]
    return thing


def sound_key(text: str) -> str:
    """The text, if it can be a native id. Raises ValueError where it cannot."""
    if reason := unfit_native_id(text):
        raise ValueError(f"native_id {reason}")
    return text


def _said(name: str, source: Source, line: Line) -> str:
    try:
        if source.separator:
            return ";".join(values_of(source, line.cells))
        return value_of(source, line.cells)
    except ValueError as error:
        raise ValueError(f"{name} {error}") from error


def _check(catalogue: Catalogue, class_name: str, attributes: dict[str, object]) -> None:
    if not class_name:
        raise ValueError("class is empty")
    try:
        problems = check_attributes(catalogue, class_name, attributes).problems
    except InvalidInput as error:
        raise ValueError(error.detail) from error
    if problems:
        told = (
            f"{p.attribute} {p.value!r} {p.reason}" if p.value else f"{p.attribute} {p.reason}"
            for p in problems
        )
        raise ValueError("; ".join(told))
