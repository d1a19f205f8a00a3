"""The desk: the kinds of records there are, and who acts at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from pydantic import BaseModel

from cmdb.access import Actor
from cmdb.catalogue.suggest import did_you_mean
from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from cmdb.history import Author, Draft
from cmdb.records.life_cycle import LifeCycle
from cmdb.records.record import Record, Values


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, by which way, what they say to it, and when it happened (None: now)."""

    actor: Actor
    origin: str
    note: str = ""
    at: datetime | None = None

    @property
    def author(self) -> Author:
        """The author of the revision."""
        return Author(self.actor.name, self.origin, self.note)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A transition about to be taken: the record as it would be, and the transaction to look around in."""

    draft: Draft
    record: Record
    by: By
    at: str


Check = Callable[[Attempt], str | None]
"""What is missing for a transition, as the end of "… cannot be closed: "; None where nothing is."""


Follow = Callable[["Desk", Attempt], None]
"""What else is written, in the same revision, once a record has taken a step: of the record as it is then."""


def _nothing(desk: "Desk", taken: Attempt) -> None:
    """No more than the record itself."""


def _as_said(values: Values) -> Values:
    return values


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its life cycle, and the code that the life cycle speaks of by name.

    `documents` are the models of its fields of that type; `derive` fills in what follows from the rest,
    `follow` writes what follows from a step in other records.
    """

    life_cycle: LifeCycle
    checks: Mapping[str, Check] = field(default_factory=lambda: MappingProxyType({}))
    documents: Mapping[str, type[BaseModel]] = field(default_factory=lambda: MappingProxyType({}))
    derive: Callable[[Values], Values] = _as_said
    follow: Follow = _nothing

    def __post_init__(self) -> None:
        declared = {name for name, one in self.life_cycle.fields.items() if one.type == "document"}
        if declared != self.documents.keys():
            raise ValueError(f"{self.life_cycle.kind}: documents without a model, or models without a field")
        named = {check for step in self.life_cycle.transitions.values() for check in step.checks}
        if unknown := named - self.checks.keys():
            raise InvalidInput(f"{self.life_cycle.kind}: there is no check {', '.join(sorted(unknown))}.")


@dataclass(frozen=True, slots=True)
class Desk:
    """A database, and the kinds of records that are kept in it, by name."""

    database: Database
    kinds: Mapping[str, Kind]

    def kind(self, name: str) -> Kind:
        """One kind; raises NotFound."""
        if name not in self.kinds:
            raise NotFound(
                f"There are no records of the kind {name!r}{did_you_mean(name, self.kinds)}; "
                f"there are {', '.join(self.kinds)}."
            )
        return self.kinds[name]
