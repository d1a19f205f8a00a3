"""Turns bills into observations."""

from collections.abc import Iterator, Mapping

from cmdb.reconciliation import Observation, Rejection, Relation
from cmdb.runs import unfit_native_id
from importers.sbom.bill import Bill, Edge, Part, package_url

STRENGTHS = ("hard", "soft", "none")
USUAL = {"depends_on": "hard", "composed_of": "hard", "uses": "soft", "calls": "soft"}
"""How strong an edge is that says nothing of it."""


def observe(bills: Mapping[str, Bill]) -> Iterator[Observation | Rejection]:
    """Yield the parts of bills, by what each is of.

    What is the same package is one thing, however often it is installed and in however many bills. Its
    native id is its own; that of a part without one begins with what its bill is of.
    """
    things = _Things(bills)
    for whole, bill in bills.items():
        things.add(whole, bill)
        yield from bill.rejected
    yield from things.observations()


class _Things:
    """The parts of all bills, and what they depend on, by native id."""

    def __init__(self, bills: Mapping[str, Bill]) -> None:
        self._applications = {
            package_url(bill.application.purl): whole
            for whole, bill in bills.items()
            if bill.application and bill.application.purl
        }
        self._attributes: dict[str, dict[str, str]] = {}
        self._mentioned: set[str] = set()
        self._edges: dict[str, dict[str, Edge]] = {}

    def add(self, whole: str, bill: Bill) -> None:
        """Take in what one bill tells."""
        ids: dict[str, str] = {}
        for part in bill.all_parts:
            native_id = whole if part is bill.application else self._native_id(whole, part)
            if fault := _fault(part, native_id, ids):
                bill.reject({"ref": part.ref, "name": part.name}, fault)
            else:
                ids[part.ref] = native_id
                self._describe(native_id, part)
        self._relate(bill, ids)
        self._relate_first(whole, bill, ids)

    def observations(self) -> Iterator[Observation]:
        """All that was taken in."""
        for native_id, attributes in self._attributes.items():
            edges = self._edges.get(native_id, {})
            relations = tuple(_relation(edge, provider) for provider, edge in edges.items())
            yield Observation(native_id, attributes, relations, mentioned=native_id in self._mentioned)

    def _native_id(self, whole: str, part: Part) -> str:
        if own := part.own_key:
            return self._applications.get(own, own)
        return f"{whole}#{part.key}"

    def _describe(self, native_id: str, part: Part) -> None:
        """Note what a part says; what was said before stays, unless only now it is told as an application."""
        known, told = self._attributes.get(native_id, {}), part.attributes
        self._attributes[native_id] = known | told if part.class_name == "application" else told | known
        if part.class_name == "technical_service":
            self._mentioned.add(native_id)

    def _relate(self, bill: Bill, ids: Mapping[str, str]) -> None:
        """Note the edges of a bill; one to or from what is no part is rejected."""
        for edge in bill.edges:
            if absent := [end for end in edge[:2] if end not in ids]:
                row = {"ref": edge.dependent, "dependsOn": edge.provider}
                bill.reject(row, f"{' and '.join(map(repr, absent))} is not among the components")
            else:
                self._depend(edge, ids[edge.dependent], ids[edge.provider])

    def _relate_first(self, whole: str, bill: Bill, ids: Mapping[str, str]) -> None:
        """Where nothing is told of the application, it depends on the parts that no other one depends on."""
        application = bill.application
        if application is None or any(edge.dependent == application.ref for edge in bill.edges):
            return
        inner = {ids.get(edge.provider) for edge in bill.edges}
        for ref, native_id in ids.items():
            if native_id not in inner:
                self._depend(Edge(application.ref, ref, "depends_on"), whole, native_id)

    def _depend(self, edge: Edge, dependent: str, provider: str) -> None:
        """Note an edge, unless a stronger one between the two is known."""
        if dependent != provider:
            edges = self._edges.setdefault(dependent, {})
            edges[provider] = min(edges.get(provider, edge), edge, key=_weakness)


def _fault(part: Part, native_id: str, ids: Mapping[str, str]) -> str:
    if part.ref in ids and not (part.own_key and ids[part.ref] == native_id):
        return f"another component is called {part.ref!r} too"
    if unfit_native_id(native_id) or "name" not in part.attributes:
        return "has no name that can be kept"
    return ""


def _weakness(edge: Edge) -> tuple[int, bool]:
    """The weaker, the greater; that something is a part says less than that it is needed as much."""
    return STRENGTHS.index(edge.strength or USUAL[edge.type]), edge.type == "composed_of"


def _relation(edge: Edge, provider: str) -> Relation:
    relation = Relation(type=edge.type, to=provider)
    return {**relation, "strength": edge.strength} if edge.strength else relation
