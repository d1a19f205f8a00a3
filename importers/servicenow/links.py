"""Turns records of relations into relations from dependent to provider."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from cmdb.catalogue import Catalogue
from cmdb.reconciliation import Rejection, Relation
from importers.servicenow.record import Cell, Record, is_sys_id
from importers.servicenow.relation_types import CHILD, MEMBERS, PARENT, Way, ways_of
from importers.servicenow.things import Thing

RELATIONS = "cmdb_rel_ci"
ALTERNATIVES = {"powered_by": "power", "connects_to": "uplinks"}
"""Types of which one of several is taken to be enough, and the name of the group."""
NEEDS: Mapping[str, Callable[[int], int]] = {
    "hypervisor_cluster": lambda members: members - 1,
    "database_cluster": lambda members: members // 2 + 1,
    "load_balancer_pool": lambda _: 1,
}
"""How many of its members a cluster or pool is taken to need; others half of them, rounded up."""


@dataclass
class Links:
    """The relations of each CI by native id, and the rows that do not fit.

    `left_out` are sys_ids and names of CIs that are left out on purpose, and so are their relations.
    """

    catalogue: Catalogue
    things: Mapping[str, Thing]
    left_out: set[str]
    types: Mapping[str, str]
    rejected: list[Rejection] = field(default_factory=list)
    holders: dict[str, str] = field(default_factory=dict)
    _found: dict[str, dict[tuple[str, str, str], Relation]] = field(default_factory=lambda: defaultdict(dict))
    _named: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for thing in self.things.values():
            self._named[str(thing.attributes["name"])].append(thing.native_id)

    def add(self, row: Record) -> None:
        """Take in one record of cmdb_rel_ci."""
        name = self.types.get(row["type"].value) or row["type"].display
        known = None if is_sys_id(name) else ways_of(name)
        if known is None:
            self._reject(row, _untold(name))
            return
        ways, reversed_ = known
        ends = ("child", "parent") if reversed_ else ("parent", "child")
        cells = [row[end] for end in ends]
        if not ways or any(map(self._is_left_out, cells)):
            return
        parent, child = (self._end(cell) for cell in cells)
        for end, told in zip(ends, (parent, child), strict=True):
            if isinstance(told, _Fault):
                self._reject(row, f"{end} {told.reason}")
                return
        self._relate(ways, str(parent), str(child), row)

    def of(self, native_id: str) -> tuple[Relation, ...]:
        """All relations of a CI, grouped where redundancy is assumed."""
        relations = list(self._found.get(native_id, {}).values())
        thing = self.things[native_id]
        for group, members in _groups(relations).items():
            need = _need(thing.class_name, group, len(members))
            for relation in members:
                relation.pop("group", None)
                if len(members) > 1:
                    relation["group"], relation["need"], relation["assumed"] = group, need, True
        return tuple(relations)

    def holder(self, cells: Iterable[Cell]) -> str:
        """The native id of the first CI that one of the cells refers to."""
        ends = (self._end(cell) for cell in cells if cell.value)
        return next((end for end in ends if isinstance(end, str) and end in self.things), "")

    def _relate(self, ways: Iterable[Way], parent: str, child: str, row: Record) -> None:
        if parent == child:
            self._reject(row, "parent and child are the same CI; nothing depends on itself")
            return
        kinds = self._kinds(parent), self._kinds(child)
        way = next(way for way in ways if way.parent in kinds[0] and way.child in kinds[1])
        dependent, provider = (parent, child) if way.dependent == PARENT else (child, parent)
        if dependent not in self.things:
            self._reject(row, f"{dependent} is not among the CIs; export its table too")
            return
        relation = Relation(type=way.type, to=provider)
        if way.strength:
            relation["strength"] = way.strength
        if way.group:
            relation["group"] = way.group
        self._found[dependent].setdefault((way.type, provider, way.group), relation)
        if way.dependent == CHILD and way.type in ("belongs_to", "located_in", "stored_on"):
            self.holders.setdefault(child, parent)

    def _kinds(self, native_id: str) -> frozenset[str]:
        thing = self.things.get(native_id)
        return self.catalogue.ci_class(thing.class_name).kinds if thing else frozenset({"any"})

    def _is_left_out(self, cell: Cell) -> bool:
        named = cell.display in self.left_out and cell.display not in self._named
        return named or cell.value in self.left_out

    def _end(self, cell: Cell) -> "str | _Fault":
        """The native id of an end; one with a sys_id need not be among the CIs."""
        if not cell.value:
            return _Fault("is empty")
        if cell.value in self.things or cell.refers:
            return cell.value
        named = self._named.get(cell.display, [])
        if len(named) == 1:
            return named[0]
        if named:
            return _Fault(f"{cell.display!r} is the name of {len(named)} CIs; export sys_id too")
        return _Fault(f"{cell.display!r} is not among the CIs; export its table too")

    def _reject(self, row: Record, reason: str) -> None:
        self.rejected.append(Rejection(RELATIONS, row.line, row.plain(), reason))


@dataclass(frozen=True, slots=True)
class _Fault:
    reason: str


def _untold(name: str) -> str:
    if not name:
        return "type is empty"
    if is_sys_id(name):
        return f"type {name} is not named; export cmdb_rel_type too, or display values"
    return f"the meaning of the relation type {name!r} is not known"


def _groups(relations: Iterable[Relation]) -> dict[str, list[Relation]]:
    groups: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        if group := relation.get("group") or ALTERNATIVES.get(relation["type"]):
            groups[group].append(relation)
    return groups


def _need(class_name: str, group: str, members: int) -> int:
    if group != MEMBERS:
        return 1
    return NEEDS[class_name](members) if class_name in NEEDS else (members + 1) // 2
