"""Reads tables with foreign headers as a mapping file says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cmdb.catalogue import Catalogue, load_catalogue
from cmdb.errors import InvalidInput
from cmdb.reconciliation import Observation, Rejection
from importers.holding import holders_first
from importers.importer import Origin, Row
from importers.mapped.joining import Joined
from importers.mapped.load import load_mapping, tell
from importers.mapped.model import Links, Things
from importers.mapped.tables import Line, Opened, find_tables
from importers.mapped.things import Thing, thing_of
from importers.tables import encoding_of


def read(origin: Origin) -> Iterator[Row]:
    """Yield a thing for each row, or for several rows of one, and the rows that do not fit."""
    if not (name := origin.options.get("mapping")):
        raise InvalidInput("The option mapping is missing; -o mapping=FILE.toml says what the columns mean.")
    path, catalogue = Path(name), load_catalogue()
    mapping = load_mapping(path, catalogue)
    tables, mistakes = find_tables(origin.path, mapping, encoding_of(origin))
    tell(path, mistakes)
    rows = _Rows(catalogue)
    for table in tables:
        rows.take(table)
    yield from rows.rejected
    joined = Joined(catalogue, rows.things)
    for links, line in rows.links:
        joined.link(links, line)
    yield from _observed(rows.things, joined)
    yield from joined.rejected


@dataclass
class _Rows:
    """What the rows describe: things by native id, relations, and what does not fit."""

    catalogue: Catalogue
    things: dict[str, Thing] = field(default_factory=dict)
    links: list[tuple[Links, Line]] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)

    def take(self, table: Opened) -> None:
        for line in table.lines():
            if isinstance(line, Rejection):
                self.rejected.append(line)
                continue
            for part in table.parts:
                if any(condition.holds(line.cells[condition.column]) for condition in part.skip):
                    continue
                if isinstance(part, Things):
                    self._describe(part, line)
                else:
                    self.links.append((part, line))

    def _describe(self, part: Things, line: Line) -> None:
        try:
            thing = thing_of(self.catalogue, part, line)
        except ValueError as error:
            self.rejected.append(line.rejected(str(error)))
            return
        first = self.things.setdefault(thing.native_id, thing)
        if first is thing:
            return
        if (first.attributes, first.within) == (thing.attributes, thing.within):
            first.refers += thing.refers
        else:
            place = f"{first.line.place}, line {first.line.line}"
            self.rejected.append(
                line.rejected(f"native_id {thing.native_id!r} stands in {place} with other values")
            )


def _observed(things: Mapping[str, Thing], joined: Joined) -> Iterator[Observation]:
    within = {key: joined.within(thing) for key, thing in things.items()}
    for key, holder in holders_first(within).items():
        yield Observation(key, things[key].attributes, joined.of(key), holder, line=things[key].line.line)
