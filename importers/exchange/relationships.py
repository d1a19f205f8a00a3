"""Turns rows of relationships into observations, one for all rows of a dependent."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from cmdb.catalogue import Catalogue
from cmdb.errors import InvalidInput
from cmdb.reconciliation import Observation, Rejection, Relation, disagreements, relation_of
from importers.exchange.rows import Form, lines, unfit
from importers.sorting import Keyed

VARYING = ("from", "to", "group")
"""Columns in which rows differ; the rest repeats, so that it is worth while to parse it only once."""


class Parsed(NamedTuple):
    """A row and what it says."""

    row: Keyed
    relation: Relation


class RelationshipRows:
    """The rows of a table of relationships, with what parsing them takes.

    `complete`: they are all that there is to say of their dependents.
    """

    def __init__(self, catalogue: Catalogue, form: Form, complete: bool = False) -> None:
        self._catalogue = catalogue
        self._adds = not complete
        self._form = form
        self._at = {name: position for position, name in enumerate(form.columns)}
        self._to = self._at["to"]
        self._group = self._at.get("group")
        self._repeating = [i for name, i in self._at.items() if name not in VARYING]
        self._terms = lru_cache(10_000)(self._parse_terms)

    def observe(self, rows: Iterable[Keyed]) -> Iterator[Observation | Rejection]:
        """Yield one observation a dependent, from rows sorted by it.

        Rejected are rows that cannot be read; all rows of a group that disagree on what a group has
        one of; and rows of the same type, provider and group that differ otherwise. Rows that
        say the same count once.
        """
        for dependent, same in self._form.by_key(rows):
            parsed = []
            for row in same:
                if isinstance(result := self._parse(row), str):
                    yield self._form.rejection(row, result)
                else:
                    parsed.append(Parsed(row, result))
            distinct = {_identity(one.relation): one.relation for one in parsed}
            if len(parsed) > 1 and (refused := _refused(parsed, repeated=len(distinct) < len(parsed))):
                for position, reason in refused.items():
                    yield self._form.rejection(parsed[position].row, reason)
                parsed = [one for i, one in enumerate(parsed) if i not in refused]
                distinct = {_identity(one.relation): one.relation for one in parsed}
            if parsed:
                line = parsed[0].row[1]
                yield Observation(dependent, None, tuple(distinct.values()), adds=self._adds, line=line)

    def _parse(self, row: Keyed) -> Relation | str:
        """What a row says, or why it is rejected."""
        if reason := self._form.fault(row):
            return reason
        cells = row[2]
        to = cells[self._to].strip()
        if reason := unfit("to", to):
            return reason
        if to == row[0]:
            return f"from and to are both {to!r}; nothing depends on itself"
        terms = self._terms(tuple([cells[i] for i in self._repeating]))
        if isinstance(terms, str):
            return terms
        relation = terms.copy()
        relation["to"] = to
        if self._group is not None and (group := cells[self._group].strip()):
            relation["group"] = group
        return relation

    def _parse_terms(self, cells: tuple[str, ...]) -> Relation | str:
        names = (name for name in self._form.columns if name not in VARYING)
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        try:
            return relation_of(self._catalogue, row | {"to": ""})
        except InvalidInput as error:
            return error.detail


def _refused(parsed: list[Parsed], repeated: bool) -> dict[int, str]:
    """Which rows (by position) cannot all be meant, and why."""
    return (_contradicting(parsed) if repeated else {}) | _disagreeing(parsed)


def _disagreeing(parsed: list[Parsed]) -> dict[int, str]:
    """Which rows (by position) belong to groups that disagree within, and why."""
    found = disagreements(one.relation for one in parsed)
    if not found:
        return {}
    return {
        position: f"group {group!r}: {found[group]}; all its rows must agree"
        for position, one in enumerate(parsed)
        if (group := one.relation.get("group", "")) in found
    }


def _contradicting(parsed: list[Parsed]) -> dict[int, str]:
    """Which rows (by position) tell of one relationship in different words, and why."""
    same: dict[tuple[str, str, str], list[int]] = {}
    for position, one in enumerate(parsed):
        same.setdefault(_identity(one.relation), []).append(position)
    return {
        position: f"{lines(parsed[i].row for i in positions)} say different things of one "
        "relationship; keep one"
        for positions in same.values()
        if any(parsed[i].relation != parsed[positions[0]].relation for i in positions)
        for position in positions
    }


def _identity(relation: Relation) -> tuple[str, str, str]:
    return relation["type"], relation["to"], relation.get("group", "")
