"""Finds what references mean, and joins things by relations."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from cmdb.catalogue import Catalogue
from cmdb.errors import InvalidInput
from cmdb.reconciliation import Rejection, Relation
from importers.mapped.cells import text_of, value_of, values_of
from importers.mapped.load import relation_terms
from importers.mapped.model import Links, Reference
from importers.mapped.tables import Line
from importers.mapped.things import Thing, sound_key


class Joined:
    """The relations of each thing by its native id, and the rows whose references mean nothing."""

    def __init__(self, catalogue: Catalogue, things: Mapping[str, Thing]) -> None:
        self.rejected: list[Rejection] = []
        self._catalogue = catalogue
        self._things = things
        self._relations: dict[str, dict[tuple[str, str, str], Relation]] = defaultdict(dict)
        self._indexes: dict[str, dict[str, list[Thing]]] = {}
        for thing in things.values():
            self._relate(thing)

    def of(self, native_id: str) -> tuple[Relation, ...]:
        """All relations of a thing; a group of one is none."""
        relations = self._relations.get(native_id, {}).values()
        sizes = Counter(relation.get("group") for relation in relations)
        return tuple(one if sizes[one.get("group")] > 1 else _alone(one) for one in relations)

    def within(self, thing: Thing) -> str:
        """The native id of what holds a thing, empty where nothing known does."""
        if not thing.within:
            return ""
        reference, value = thing.within
        try:
            holder = self._find(reference, value)
            if holder not in self._things:
                raise ValueError(f"{holder!r} is described by no row")
        except ValueError as error:
            self.rejected.append(thing.line.rejected(f"within: {error}"))
            return ""
        return holder

    def link(self, links: Links, line: Line) -> None:
        """Take in a row of relations."""
        reverse = text_of(links.type, line.cells).casefold() in map(str.casefold, links.reversed)
        try:
            type_ = self._catalogue.relationship(value_of(links.type, line.cells)).name
            for dependent in values_of(links.dependent, line.cells):
                for provider in values_of(links.provider, line.cells):
                    ends = self._find(links.dependent, dependent), self._find(links.provider, provider)
                    self._add(Relation(type=type_), *(ends[::-1] if reverse else ends))
        except InvalidInput as error:
            self.rejected.append(line.rejected(error.detail))
        except ValueError as error:
            self.rejected.append(line.rejected(str(error)))

    def _relate(self, thing: Thing) -> None:
        for relation, value, line in thing.refers:
            try:
                ends = thing.native_id, self._find(relation, value)
                terms = relation_terms(self._catalogue, relation)
                self._add(terms, *(ends[::-1] if relation.reverse else ends))
            except ValueError as error:
                self.rejected.append(line.rejected(f"{relation.type}: {error}"))

    def _add(self, terms: Relation, dependent: str, provider: str) -> None:
        if dependent == provider:
            raise ValueError(f"{dependent!r} would depend on itself")
        if dependent not in self._things:
            raise ValueError(f"{dependent!r} is described by no row")
        relation = terms.copy()
        relation["to"] = provider
        key = terms["type"], provider, terms.get("group", "")
        self._relations[dependent].setdefault(key, relation)

    def _find(self, reference: Reference, value: str) -> str:
        """The native id of what is meant. Raises ValueError where nothing is, or several things are."""
        if reference.finds == "native_id":
            return sound_key(value)
        found = self._index(reference.finds).get(value.casefold(), [])
        if reference.among:
            among = self._catalogue.refining([reference.among])
            found = [thing for thing in found if thing.class_name in among]
        if len(found) == 1:
            return found[0].native_id
        if found:
            raise ValueError(
                f"{reference.finds} {value!r} belongs to {len(found)} things; say among which class"
            )
        raise ValueError(f"nothing has the {reference.finds} {value!r}")

    def _index(self, attribute: str) -> dict[str, list[Thing]]:
        if attribute not in self._indexes:
            index = self._indexes[attribute] = defaultdict(list)
            for thing in self._things.values():
                if value := thing.attributes.get(attribute):
                    index[str(value).casefold()].append(thing)
        return self._indexes[attribute]


def _alone(relation: Relation) -> Relation:
    relation = relation.copy()
    relation.pop("group", None)
    relation.pop("need", None)
    relation.pop("assumed", None)
    return relation
