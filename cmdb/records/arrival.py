"""Records of other systems, and what happened to them there, in the terms of our life cycles.

Steps, roles and checks of the life cycle do not apply to what happened elsewhere; the types of its fields do.
What was said there counts; only what follows from it and was not said is filled in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from cmdb.catalogue.attribute import Attribute
from cmdb.catalogue.convert import converter, plain
from cmdb.catalogue.suggest import did_you_mean
from cmdb.records.desk import Desk, Kind
from cmdb.records.edit import missing
from cmdb.records.life_cycle import LifeCycle
from cmdb.records.log import Entry, Sealed, sealed
from cmdb.records.record import CILink, Record, Values, instant
from cmdb.records.writing import FUTURE

IMPORTED = "imported"
"""The field with all that the kind has no field for."""
EXTERNAL_NUMBER = "external_number"
"""The field with the number that the other system gave."""
TYPED = {"type", "values", "minimum", "maximum"}
"""What a field declares of its type."""
MOVED = "import"
"""What the log calls a change of state that is no step of the life cycle."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What a record said from a time on: its state, the values of our fields, and those we have none for.

    Nothing that is empty is among the values.
    """

    at: datetime
    by: str
    state: str
    values: Values
    theirs: Values = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record of another system. What happened is oldest first; the first opens it.

    `is_log` says whether `history` is all that was logged, so that it cannot change later on. Otherwise only
    the last word counts, and what lies before it is what the other system still knows. `links` are ids of
    CIs.
    """

    kind: str
    source: str
    native_id: str
    history: Sequence[Happening]
    external_number: str = ""
    is_log: bool = True
    links: frozenset[str] = frozenset()

    @property
    def origin(self) -> str:
        """What tells it apart from all other records."""
        return f"{self.source}/{self.native_id}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An arrival as the record it comes to, without a number; `values` are those after each happening."""

    arrival: Arrival
    record: Record
    log: Sequence[Sealed]
    values: Sequence[Values]


Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Preparation:
    """Brings arrivals into the form of records, without looking at the database."""

    desk: Desk
    _converters: dict[str, Mapping[str, Convert]] = field(default_factory=dict)

    def prepare(self, arrival: Arrival) -> Prepared:
        """Type what an arrival says, and tell each happening from the one before. Raises ValueError."""
        kind = self.desk.kind(arrival.kind)
        cycle = kind.life_cycle
        _require_order(cycle, arrival.history)
        values = self._typed(kind, arrival)
        entries = entries_of(cycle, arrival.history, values)
        log = sealed(one for one in entries if arrival.is_log or one.to_state or one.changes)
        record = _record(cycle, arrival, log, values[-1])
        if lacking := missing(kind, record):
            raise ValueError(lacking.detail)
        return Prepared(arrival, record, log, values)

    def _typed(self, kind: Kind, arrival: Arrival) -> list[Values]:
        """What the record said after each happening; values that did not change are typed once."""
        if arrival.kind not in self._converters:
            self._converters[arrival.kind] = _converters(kind)
        convert = self._converters[arrival.kind]
        said: list[Values] = []
        for number, happening in enumerate(arrival.history):
            same = number and _says(happening) == _says(arrival.history[number - 1])
            if same:
                said.append(said[-1])
            else:
                typed = _typed(convert, arrival.external_number, happening)
                said.append({**kind.derive(typed), **typed})
        return said


def _record(cycle: LifeCycle, arrival: Arrival, log: Sequence[Sealed], values: Values) -> Record:
    state, entries = arrival.history[-1].state, [one.entry for one in log]
    return Record(
        number="",
        kind=arrival.kind,
        state=state,
        open=cycle.states[state].open,
        values=values,
        links=tuple(CILink(ci, cycle.conditions[0]) for ci in sorted(arrival.links)),
        opened_at=entries[0].at,
        opened_by=entries[0].by,
        changed_at=entries[-1].at,
        closed_at=closed_at(cycle, entries),
        entries=len(log),
        seal=log[-1].seal,
        origin=arrival.origin,
    )


def entries_of(cycle: LifeCycle, history: Sequence[Happening], values: Sequence[Values]) -> Iterator[Entry]:
    """The log: how each happening differs from the one before."""
    opening = history[0]
    yield Entry(instant(opening.at), opening.by, "open", opening.note, None, opening.state)
    for (earlier, said), (later, says) in pairwise(zip(history, values, strict=True)):
        yield entry(cycle, later, (earlier.state, said), says)


def entry(cycle: LifeCycle, happening: Happening, before: tuple[str, Values], says: Values) -> Entry:
    """What the log says of a happening; `before` is the state and what the record said until then."""
    state, said = before
    changes = _changes(said, says)
    at, by, note = instant(happening.at), happening.by, happening.note
    if happening.state == state:
        return Entry(at, by, "edit", note, changes=changes)
    return Entry(at, by, _step(cycle, state, happening.state), note, state, happening.state, changes)


def _changes(said: Values, says: Values) -> dict[str, tuple[Any, Any]]:
    """What differs, before and after; of what has no field of its own, each part by itself."""
    if said is says:
        return {}
    before, after = _flat(said), _flat(says)
    names = sorted(before.keys() | after.keys())
    return {
        name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    }


def _flat(values: Values) -> dict[str, Any]:
    theirs = {f"{IMPORTED}.{name}": value for name, value in values.get(IMPORTED, {}).items()}
    return {name: value for name, value in values.items() if name != IMPORTED} | theirs


def _step(cycle: LifeCycle, state: str, to: str) -> str:
    steps = cycle.transitions.items()
    return next((name for name, step in steps if step.to == to and state in step.from_), MOVED)


def closed_at(cycle: LifeCycle, entries: Iterable[Entry], closed_at: str | None = None) -> str | None:
    """Since when a record is done with, by what goes on after it was so since `closed_at`."""
    for entry in entries:
        if entry.to_state:
            closed_at = None if cycle.states[entry.to_state].open else closed_at or entry.at
    return closed_at


def _require_order(cycle: LifeCycle, history: Sequence[Happening]) -> None:
    if not history:
        raise ValueError("nothing happened to it")
    for happening in history:
        if happening.state not in cycle.states:
            raise ValueError(
                f"{cycle.kind} has no state {happening.state!r}{did_you_mean(happening.state, cycle.states)}"
            )
    for earlier, later in pairwise(history):
        if later.at < earlier.at:
            raise ValueError(
                f"what happened at {instant(later.at)} comes after what did at {instant(earlier.at)}"
            )
    if history[-1].at > datetime.now(UTC) + FUTURE:
        raise ValueError(f"{instant(history[-1].at)} is in the future")


def _converters(kind: Kind) -> dict[str, Convert]:
    return {
        name: _document(kind.documents[name])
        if declared.type == "document"
        else converter(Attribute(name=name, **declared.model_dump(include=TYPED)))
        for name, declared in kind.life_cycle.fields.items()
    }


def _document(model: type[BaseModel]) -> Convert:
    return lambda value: model.model_validate(value).model_dump(mode="json")


def _says(happening: Happening) -> tuple[Values, Values]:
    return happening.values, happening.theirs


def _typed(convert: Mapping[str, Convert], external_number: str, happening: Happening) -> Values:
    """Values in the types of our fields, all others in one document. Raises ValueError."""
    if unknown := sorted(happening.values.keys() - convert.keys()):
        raise ValueError(f"there is no field {', '.join(unknown)}")
    ours = {name: _converted(name, convert[name], value) for name, value in happening.values.items()}
    theirs = {name: _converted(name, plain, value) for name, value in happening.theirs.items()}
    own = {EXTERNAL_NUMBER: external_number, IMPORTED: theirs}
    return ours | {name: value for name, value in own.items() if value}


def _converted(name: str, convert: Convert, value: Any) -> Any:
    try:
        return convert(value)
    except ValueError as error:
        raise ValueError(f"{name} {value!r} {error}") from error
