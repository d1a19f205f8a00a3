"""What every importer keeps to, whatever it reads: a check for tests, those of other packages included."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cmdb.catalogue import Catalogue, check_attributes, load_catalogue
from cmdb.people import Team
from cmdb.reconciliation import Gap, Observation, Rejection, Relation, disagreements
from cmdb.reconciliation.observation import relation_identity
from importers.importer import OPEN, Importer, Origin, Row

LONGEST = 500
"""Characters of a native id."""
TOLD = 20
"""Breaches told at once."""


@dataclass
class Reading:
    """What an importer yielded, by kind, and the figures that a test pins."""

    things: dict[str, Observation] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def classes(self) -> Counter[str]:
        """How many things of each class there are."""
        return Counter(str(one.attributes["class"]) for one in self.things.values() if one.attributes)

    @property
    def relations(self) -> Counter[str]:
        """How many relations of each type there are."""
        return Counter(r["type"] for one in self.things.values() for r in one.relations or ())

    @property
    def groups(self) -> set[tuple[str, str]]:
        """The redundancy groups: dependent and name."""
        return {
            (one.native_id, group)
            for one in self.things.values()
            for r in one.relations or ()
            if (group := r.get("group"))
        }

    @property
    def dangling(self) -> set[str]:
        """Native ids that something depends on and that nothing has."""
        ends = {r["to"] for one in self.things.values() for r in one.relations or ()}
        return ends - self.things.keys()

    def provides(self, native_id: str, type_: str) -> set[str]:
        """The ends of a thing's relations of one type."""
        return {r["to"] for r in self.things[native_id].relations or () if r["type"] == type_}


def check(importer: Importer, origin: Origin, catalogue: Catalogue | None = None) -> Reading:
    """Read a source twice, and hold the importer and what comes to the contract.

    `catalogue` is that of the organisation, if not the shipped one. Options that `origin` does not give have
    their defaults. Raises AssertionError that tells the breaches, and whatever the importer raises.
    """
    catalogue = catalogue or load_catalogue()
    told = Origin(origin.location, importer.all_options(origin.options), origin.environment)
    reading, breaches = Reading(), list(declaration_breaches(importer, catalogue))
    first, second = list(importer.read(told)), list(importer.read(told))
    if first != second:
        breaches.append("the same source is read another way the second time")
    for row in first:
        breaches += _take_in(reading, row, catalogue)
    if breaches:
        raise AssertionError("\n".join((f"{importer.name} breaks the contract:", *breaches[:TOLD])))
    return reading


def declaration_breaches(importer: Importer, catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with what the importer says of itself."""
    attributes = {*catalogue.common, *(name for one in catalogue.classes.values() for name in one.attributes)}
    known = {*catalogue.classes, *catalogue.relationships, *attributes, *OPEN}
    if not importer.title or not importer.kinds:
        yield "it has a title, and documents what becomes of each kind of its source"
    for kind in importer.kinds:
        if not kind.becomes and not kind.remark:
            yield f"kind {kind.theirs!r} is left out without a reason"
        for name in kind.names:
            if name not in known:
                yield f"kind {kind.theirs!r} becomes {name!r}, which the catalogue does not have"
    for option in importer.options:
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", option.name) or not option.description:
            yield f"option {option.name!r} is words in lower case joined by _, and has a description"


def _take_in(reading: Reading, row: Row, catalogue: Catalogue) -> Iterator[str]:
    """Put a row where it belongs, and tell what is wrong with it."""
    if isinstance(row, Observation):
        if row.native_id in reading.things:
            yield f"{row.native_id} comes twice"
        if row.within and row.within not in reading.things:
            yield f"{row.native_id} comes before {row.within}, which holds it"
        yield from _observation_breaches(row, catalogue)
        reading.things[row.native_id] = row
    elif isinstance(row, Rejection):
        if not row.reason:
            yield f"{row} has no reason"
        reading.rejected.append(row)
    elif isinstance(row, Team):
        reading.teams.append(row)
    else:
        reading.gaps.append(row)


def _observation_breaches(row: Observation, catalogue: Catalogue) -> Iterator[str]:
    place = row.native_id
    if not 0 < len(place) <= LONGEST or not place.isprintable():
        yield f"{place!r} is not one line of at most {LONGEST} printable characters"
    if row.attributes is None or row.relations is None or row.adds:
        yield f"{place} is not whole: all that the source says of it comes in one observation"
    values = dict(row.attributes or {})
    class_name = str(values.pop("class", ""))
    if class_name in catalogue.classes:
        for problem in check_attributes(catalogue, class_name, values).problems:
            yield f"{place}: {problem.attribute} {problem.value!r} {problem.reason}"
    else:
        yield f"{place}: no class is called {class_name!r}"
    yield from _relation_breaches(place, row.relations or (), catalogue)


def _relation_breaches(place: str, relations: tuple[Relation, ...], catalogue: Catalogue) -> Iterator[str]:
    for relation in relations:
        if relation["type"] not in catalogue.relationships:
            yield f"{place}: no relationship type is called {relation['type']!r}"
        if relation["to"] == place:
            yield f"{place} depends on itself"
    for identity, count in Counter(map(relation_identity, relations)).items():
        if count > 1:
            yield f"{place} says {count} times: {' '.join(identity)}"
    for group, reason in disagreements(relations).items():
        yield f"{place}, group {group!r}: {reason}; all of it must agree"
