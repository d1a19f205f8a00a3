"""Reads ServiceNow's CMDB, exported or live."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cmdb.catalogue import Catalogue, load_catalogue
from cmdb.errors import InvalidInput
from cmdb.people import Team
from cmdb.reconciliation import Gap, Observation, Rejection
from importers.holding import holders_first
from importers.importer import Origin, Row
from importers.servicenow.classes import LEFT_OUT
from importers.servicenow.exports import read_exports
from importers.servicenow.fields import HOLDERS
from importers.servicenow.links import RELATIONS, Links
from importers.servicenow.live import read_live
from importers.servicenow.record import Record
from importers.servicenow.things import Thing, native_id, real_table, thing_of
from importers.tables import encoding_of

WITHIN_ANOTHER = frozenset({"room", "rack", "power_feed", "power_unit", "cooling_unit", "file_share"})
"""Classes whose name means something inside what holds them, told by a relation."""


def read(origin: Origin) -> Iterator[Row]:
    """Yield teams, CIs with what they depend on, rejections and gaps."""
    sorted_ = _Sorted()
    for record in _records(origin):
        sorted_.add(record)
    if not sorted_.cis and not sorted_.gaps:
        raise InvalidInput(f"{origin.location} holds no records of cmdb_ci or a table below it.")
    yield from sorted_.gaps
    yield from _read(sorted_, _own(origin.options.get("classes", "")))


def _records(origin: Origin) -> Iterator[Record | Gap]:
    if origin.is_address:
        return read_live(origin)
    return read_exports(origin.path, encoding_of(origin))


@dataclass
class _Sorted:
    """Records by what they tell of."""

    cis: list[Record] = field(default_factory=list)
    relations: list[Record] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    groups: dict[str, Team] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)

    def add(self, record: Record | Gap) -> None:
        if isinstance(record, Gap):
            self.gaps.append(record)
        elif {"parent", "child", "type"} <= record.cells.keys() or record.table == RELATIONS:
            self.relations.append(record)
        elif "parent_descriptor" in record.cells or record.table == "cmdb_rel_type":
            self.types[record["sys_id"].value] = record["name"].value
        elif record.table == "sys_user_group":
            self.groups[record["sys_id"].value] = Team(record["name"].display, record["email"].value)
        else:
            self.cis.append(record)


def _read(records: _Sorted, own: Mapping[str, str]) -> Iterator[Row]:
    catalogue = load_catalogue()
    for class_name in own.values():
        catalogue.ci_class(class_name)
    teams = {key: team.name for key, team in records.groups.items()}
    things: dict[str, Thing] = {}
    left_out: set[str] = set()
    for record in _united(records.cis):
        told = _thing(catalogue, own, teams, record, things)
        if isinstance(told, Thing):
            things[told.native_id] = told
            yield from _misfits(told)
        elif isinstance(told, Rejection):
            yield told
        else:
            left_out |= {record["sys_id"].value or record["name"].value}
    links = Links(catalogue, things, left_out, records.types)
    for row in records.relations:
        links.add(row)
    yield from links.rejected
    yield from _teams(things.values(), records.groups.values())
    yield from _observed(things, links)


def _united(records: Iterable[Record]) -> Iterator[Record]:
    """One record a CI: exported from several tables, it has the columns of all."""
    by_id: dict[str, Record] = {}
    for record in records:
        if (key := record["sys_id"].value) and key in by_id:
            record = Record(by_id[key].table, by_id[key].line, {**record.cells, **by_id[key].cells})
        by_id[key or f"{record.table} {record.line}"] = record
    yield from by_id.values()


def _thing(
    catalogue: Catalogue,
    own: Mapping[str, str],
    teams: Mapping[str, str],
    record: Record,
    things: Mapping[str, Thing],
) -> Thing | Rejection | None:
    """The CI of a record, why it is rejected, or None where it is left out."""
    table = real_table(record)
    if table in LEFT_OUT and table not in own:
        return None
    if not record["name"].value:
        return _rejection(record, "name is empty")
    if native_id(record) in things:
        return _rejection(record, f"two of {table} are called {record['name'].value!r}; export sys_id too")
    thing = thing_of(catalogue, own, teams, record)
    return thing or _rejection(
        record, f"no class is known for the table {table!r}; give one, -o classes={table}=application"
    )


def _misfits(thing: Thing) -> Iterator[Rejection]:
    for problem in thing.problems:
        reason = f"{problem.attribute} {problem.value!r} {problem.reason}; the CI is kept without it"
        yield _rejection(thing.record, reason)


def _rejection(record: Record, reason: str) -> Rejection:
    return Rejection(record.table, record.line, record.plain(), reason)


def _teams(things: Iterable[Thing], groups: Iterable[Team]) -> Iterator[Team]:
    """The teams that CIs name and whose address is known; what others know of the rest stays."""
    known = {team.name: team for team in groups if team.email}
    named = {
        str(team)
        for thing in things
        for name in ("owner", "supported_by")
        if (team := thing.attributes.get(name))
    }
    yield from (known[name] for name in sorted(named & known.keys()))


def _observed(things: Mapping[str, Thing], links: Links) -> Iterator[Observation]:
    within = {key: _within(thing, links) for key, thing in things.items()}
    for key, holder in holders_first(within).items():
        thing = things[key]
        yield Observation(
            key, thing.attributes, links.of(key), holder, thing.mentioned, line=thing.record.line
        )


def _within(thing: Thing, links: Links) -> str:
    columns = HOLDERS.get(thing.class_name, ())
    if holder := links.holder(thing.record[name] for name in columns):
        return holder
    named = thing.class_name in HOLDERS or thing.class_name in WITHIN_ANOTHER
    return links.holders.get(thing.native_id, "") if named else ""


def _own(text: str) -> dict[str, str]:
    """An organisation's own choices: `u_till=workstation,cmdb_ci_iot=network_device`."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if bad := [table for table, _, class_name in pairs if not class_name.strip()]:
        raise InvalidInput(f"classes: {bad[0]!r} names no class; write TABLE=CLASS,TABLE=CLASS.")
    return {table.strip(): class_name.strip() for table, _, class_name in pairs}
