"""Turns records of CIs into attributes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from cmdb.catalogue import RESERVED, Attribute, Catalogue, Problem, check_attributes
from importers.hosts import full_name
from importers.servicenow.classes import class_of, table_of
from importers.servicenow.fields import (
    BY_CLASS,
    CRITICALITIES,
    ENVIRONMENTS,
    GRAVEST,
    MANAGED,
    NAMES,
    OMITTED,
    OPERATIONAL_STATUSES,
    OWNERS,
    SERVICES,
    STATUSES,
    SUPPORTERS,
    UUIDS,
    VIRTUAL_MAKERS,
)
from importers.servicenow.record import Cell, Record

MENTIONED = frozenset({"cmdb_ci_lb_pool_member", "cmdb_ci_pool_member", "cmdb_ci_kong_target"})
"""Tables whose records only refer to a machine."""
AS_STORED = ("integer", "number", "boolean", "date", "datetime", "ip")
"""Types of attributes that are taken as stored: people see `16,384`, and times of their own zone."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A CI: the key of its record, its table, and its attributes, with those that do not fit told apart."""

    native_id: str
    table: str
    record: Record
    attributes: dict[str, object]
    problems: list[Problem]

    @property
    def class_name(self) -> str:
        """Our class."""
        return str(self.attributes["class"])

    @property
    def mentioned(self) -> bool:
        """Whether the record only refers to it."""
        return self.table in MENTIONED


def real_table(record: Record) -> str:
    """The table of a record's own class, whichever table was exported."""
    return table_of(record["sys_class_name"].value or record.table)


def native_id(record: Record) -> str:
    """ServiceNow's own key; without one, the table and name."""
    return record["sys_id"].value or f"{real_table(record)}:{record['name'].display}"


def thing_of(
    catalogue: Catalogue, own: Mapping[str, str], teams: Mapping[str, str], record: Record
) -> Thing | None:
    """The CI of a record; `teams` are names of groups by sys_id. None where no class is known."""
    table = real_table(record)
    if not (class_name := class_of(table, own)):
        return None
    class_name = _refined(class_name, table, record)
    attributes = {
        **_plain(catalogue.ci_class(class_name).attributes, class_name, table, record),
        **dict(_read(record, teams)),
    }
    checked = check_attributes(catalogue, class_name, attributes)
    for problem in checked.problems:
        attributes.pop(problem.attribute, None)
    said = {name: value for name, value in attributes.items() if value}
    return Thing(native_id(record), table, record, {"class": class_name, **said}, checked.problems)


def _refined(class_name: str, table: str, record: Record) -> str:
    """What other columns tell of the class: `virtual` is false, too, where nobody knows."""
    if class_name == "business_service":
        return SERVICES.get(record["service_classification"].display.lower(), class_name)
    if class_name != "server" or table in MENTIONED:
        return class_name
    maker = record["manufacturer"].label.lower()
    if record["virtual"].value in ("true", "1") or maker.startswith(VIRTUAL_MAKERS):
        return "virtual_machine"
    return "physical_server" if maker and record["serial_number"].value else class_name


def _plain(known: Mapping[str, Attribute], class_name: str, table: str, record: Record) -> dict[str, object]:
    """Columns as they are, under our names where the class has them."""
    names = {**NAMES, "object_id": "manager_id" if table.startswith(MANAGED) else "cloud_id"}
    names |= BY_CLASS.get(class_name, {})
    attributes: dict[str, object] = {}
    for column, cell in record.cells.items():
        if column in OMITTED or column.startswith("sys_") or "." in column:
            continue
        ours = names.get(column, column)
        name = ours if ours in known else column
        typed = name in known and known[name].type in AS_STORED
        if (text := cell.value if typed else cell.label) and name not in RESERVED:
            attributes.setdefault(name, text)
    return attributes


def _read(record: Record, teams: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    """What is read in a way of its own."""
    yield "name", record["name"].display
    yield from _said(record, "status", status_of(record), "install_status", "operational_status")
    environment = record["environment"].display or record["used_for"].display
    yield from _said(record, "environment", ENVIRONMENTS.get(environment.lower()), "environment", "used_for")
    critical = record["busines_criticality"].value
    yield from _said(record, "criticality", CRITICALITIES.get(critical[:1]), "busines_criticality")
    if fqdn := _fqdn(record):
        yield "fqdn", fqdn
    for attribute, choices in (("owner", OWNERS), ("supported_by", SUPPORTERS)):
        yield attribute, next(filter(None, (team_of(record[name], teams) for name in choices)), "")
    if cores := _cores(record):
        yield "cpu_count", cores
    for name, columns in UUIDS.items():
        if uuid := next(filter(None, (_uuid(record[column].value) for column in columns)), ""):
            yield name, uuid


def _said(record: Record, name: str, word: str | None, *columns: str) -> Iterator[tuple[str, object]]:
    """Our word, or the columns as they are where we have none."""
    if word:
        yield name, word
    else:
        yield from ((column, record[column].display) for column in columns)


def team_of(cell: Cell, teams: Mapping[str, str]) -> str:
    """The name of a team; empty where only a sys_id is known that no group explains."""
    return cell.label or teams.get(cell.value, "")


def status_of(record: Record) -> str:
    """The graver of the two statuses; the label counts before the number, which a class may redefine."""
    told = [
        words.get(cell.display.lower()) or words.get(cell.value)
        for words, cell in (
            (STATUSES, record["install_status"]),
            (OPERATIONAL_STATUSES, record["operational_status"]),
        )
    ]
    return next((status for status in GRAVEST if status in told), "")


def _fqdn(record: Record) -> str:
    host = record["host_name"].value or record["name"].value
    domain = record["dns_domain"].value.strip(".")
    return full_name(record["fqdn"].value or (f"{host}.{domain}" if domain and "." not in host else ""))


def _cores(record: Record) -> int:
    """ServiceNow counts processors, and cores of each."""
    sockets, cores = record["cpu_count"].value, record["cpu_core_count"].value
    return int(sockets) * int(cores) if sockets.isdecimal() and cores.isdecimal() else 0


def _uuid(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""
