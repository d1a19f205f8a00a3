"""Which columns each table of the exchange format has."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cmdb.catalogue import RESERVED
from cmdb.errors import InvalidInput
from importers.rejects import IGNORED
from importers.tables import Table


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table; `optional` is None where any others may follow.

    The table is told from others by any column of `marks`; its rows are sorted by `key`.
    """

    table: str
    key: str
    marks: frozenset[str]
    required: tuple[str, ...]
    optional: tuple[str, ...] | None

    def mistakes(self, columns: tuple[str, ...]) -> Iterator[str]:
        """Tell what is wrong with a header."""
        for position, name in enumerate(columns, 1):
            if not name:
                yield f"column {position} has no name"
        yield from (f"{name!r} is missing" for name in self.required if name not in columns)
        for name, count in Counter(filter(None, columns)).items():
            if count > 1:
                yield f"{name!r} stands there {count} times"
            if name not in (*self.required, *IGNORED):
                yield from self._unfit(name)

    def _unfit(self, name: str) -> Iterator[str]:
        if self.optional is None:
            if name in RESERVED:
                yield f"{name!r} is a name that Linchpin keeps for itself; give it another"
            elif not name.isprintable():
                yield f"{name!r} is not a name for an attribute"
        elif name and name not in self.optional:
            known = ", ".join(self.required + self.optional)
            yield f"{name!r} is none of the columns of {self.table}: {known}"


CIS = Layout(
    "cis",
    key="native_id",
    marks=frozenset({"native_id", "class"}),
    required=("native_id", "class", "name"),
    optional=None,
)
RELATIONSHIPS = Layout(
    "relationships",
    key="from",
    marks=frozenset({"from", "to"}),
    required=("from", "type", "to"),
    optional=("group", "need", "strength", "weight", "failover", "tolerates", "assumed"),
)
TEAMS = Layout(
    "teams",
    key="name",
    marks=frozenset({"name"}),
    required=("name",),
    optional=("email", "chat", "on_call", "phone", "members"),
)
LAYOUTS = (CIS, RELATIONSHIPS, TEAMS)


def layout_of(table: Table) -> Layout:
    """Tell from its header which table it is. Raises InvalidInput that lists all mistakes in it."""
    for layout in LAYOUTS:
        if layout.marks.isdisjoint(table.columns):
            continue
        if mistakes := list(layout.mistakes(table.columns)):
            raise InvalidInput(f"{table.place}: in the header, {'; '.join(mistakes)}.")
        return layout
    headers = ", or ".join(",".join(layout.required) for layout in LAYOUTS)
    raise InvalidInput(
        f"{table.place}: the header must begin with {headers}, separated by commas, semicolons or tabs; "
        f"it is {','.join(table.columns)[:200]!r}."
    )
