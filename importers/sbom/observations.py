"""Turns bills into observations."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cmdb.reconciliation import Observation, Rejection, Relation
from importers.sbom.bill import Bill, Edge, Part

MOST_CHARACTERS = 500
"""What a native id may have."""


def observe(bill: Bill, whole: str) -> Iterator[Observation | Rejection]:
    """Yield the parts of one bill under native ids that begin with `whole`, what it is of."""
    ids: dict[str, str] = {}
    parts: dict[str, Part] = {}
    for part in bill.all_parts:
        native_id = whole if part is bill.application else f"{whole}#{part.key}"
        if fault := _fault(part, native_id, ids):
            bill.reject({"ref": part.ref, "name": part.name}, fault)
        else:
            ids[part.ref] = native_id
            parts.setdefault(native_id, part)
    relations = _relations(bill, ids)
    yield from bill.rejected
    for native_id, part in parts.items():
        mentioned = part.class_name == "technical_service"
        yield Observation(native_id, part.attributes, tuple(relations[native_id]), mentioned=mentioned)


def _fault(part: Part, native_id: str, ids: Mapping[str, str]) -> str:
    if part.ref in ids:
        return f"another component is called {part.ref!r} too"
    if len(native_id) > MOST_CHARACTERS or not native_id.isprintable() or "name" not in part.attributes:
        return "has no name that can be kept"
    return ""


def _relations(bill: Bill, ids: Mapping[str, str]) -> Mapping[str, list[Relation]]:
    """The relations of each native id; an edge to or from what is no part is rejected."""
    found: defaultdict[str, dict[tuple[str, str], Relation]] = defaultdict(dict)
    for edge in (*bill.edges, *_first_edges(bill)):
        absent = [end for end in edge[:2] if end not in ids]
        if absent:
            row = {"ref": edge.dependent, "dependsOn": edge.provider}
            bill.reject(row, f"{' and '.join(map(repr, absent))} is not among the components")
            continue
        dependent, provider = ids[edge.dependent], ids[edge.provider]
        if dependent != provider:
            found[dependent].setdefault((edge.type, provider), _relation(edge, provider))
    return defaultdict(list, {key: list(of.values()) for key, of in found.items()})


def _first_edges(bill: Bill) -> Iterator[Edge]:
    """Where nothing is told of the application, it depends on the parts that no other one depends on."""
    if bill.application and all(edge.dependent != bill.application.ref for edge in bill.edges):
        inner = {edge.provider for edge in bill.edges}
        for part in bill.parts:
            if part.ref not in inner:
                yield Edge(bill.application.ref, part.ref, "depends_on")


def _relation(edge: Edge, provider: str) -> Relation:
    relation = Relation(type=edge.type, to=provider)
    return {**relation, "strength": edge.strength} if edge.strength else relation
