"""What a NetBox holds, in one form, however it was read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from cmdb.reconciliation import Gap, Rejection, Relation
from importers import redundancy
from importers.netbox.models import Key, Row, fault


def native(key: Key) -> str:
    """The native id of an object, such as `device:17`."""
    return f"{key[0]}:{key[1]}"


class Inventory:
    """Rows by model and id, and what could not be read."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[int, Row]] = defaultdict(dict)
        self._brief: set[Key] = set()
        self.rejected: list[Rejection] = []
        self.gaps: list[Gap] = []

    def add(self, model: str, row: Row) -> None:
        """Take in an object that describes itself."""
        if reason := fault(model, row):
            self.reject(model, row, reason)
        else:
            self._tables[model][row["id"]] = row
            self._brief.discard((model, row["id"]))

    def mention(self, model: str, row: Row) -> None:
        """Take in what another object tells of this one; it counts as long as nothing better comes."""
        if not fault(model, row) and row["id"] not in self._tables[model]:
            self._tables[model][row["id"]] = row
            self._brief.add((model, row["id"]))

    def reject(self, model: str, row: Row, reason: str) -> None:
        """Note an object that cannot be taken in."""
        self.rejected.append(Rejection(model, 0, row, reason))

    def rows(self, model: str) -> Iterator[Row]:
        """The objects of a model, by id."""
        table = self._tables[model]
        return (table[id_] for id_ in sorted(table))

    def get(self, model: str, id_: int | None) -> Row:
        """One object; empty where it is not known."""
        return self._tables[model].get(id_, {}) if id_ is not None else {}

    def name(self, model: str, id_: int | None) -> str:
        """The name of an object; empty where it is not known."""
        return str(self.get(model, id_).get("name") or "")

    def has(self, key: Key) -> bool:
        """Whether anything is known of the object."""
        return key[1] in self._tables[key[0]]

    def is_mentioned(self, key: Key) -> bool:
        """Whether others tell of the object, and it does not itself."""
        return key in self._brief

    def count(self, model: str) -> int:
        """How many objects of a model describe themselves."""
        return sum((model, id_) not in self._brief for id_ in self._tables[model])


def reference(model: str, id_: int | None) -> Key | None:
    """A key, if there is an id."""
    return (model, id_) if id_ is not None else None


def relation(type_: str, to: Key) -> Relation:
    """A plain relation."""
    return Relation(type=type_, to=native(to))


def redundant(
    type_: str, to: Iterable[Key], group: str, need: int = 1, *, assumed: bool = True
) -> list[Relation]:
    """Relations to objects, of which `need` must be up; a single one is plain."""
    return redundancy.redundant(type_, map(native, to), group, need, assumed=assumed)
