"""Reads exported tables of incidents and changes: what they say now, and the times that they still know."""

from collections.abc import Iterator
from dataclasses import dataclass

from cmdb.arrivals import Foreign
from cmdb.policy import Policies
from cmdb.reconciliation import Rejection
from cmdb.records import Happening
from importers.importer import Origin
from importers.record_reader import RecordReader
from importers.rejects import IGNORED
from importers.servicenow.exports import read_exports
from importers.servicenow.record import Record
from importers.servicenow.tasks.mapping import NOBODY, RecordMapping, Said, TableMapping, load_mapping, said
from importers.servicenow.tasks.times import FORMAT, ZONE, Moment, moments
from importers.tables import ENCODING, encoding_of

UPDATED_AT, UPDATED_BY = "sys_updated_on", "sys_updated_by"


def read(origin: Origin, policies: Policies) -> Iterator[Foreign | Rejection]:
    """Yield the records of a file, or of all files of a folder, each named after its table."""
    tables = _Tables(load_mapping(policies), moments(origin))
    for record in read_exports(origin.path, encoding_of(origin)):
        try:
            yield tables.foreign(record)
        except ValueError as error:
            yield Rejection(record.table, record.line, _plain(record), str(error))


@dataclass(frozen=True, slots=True)
class _Tables:
    mapping: RecordMapping
    moment: Moment

    def foreign(self, record: Record) -> Foreign:
        """The record. Raises ValueError."""
        own = record["sys_class_name"].value.lower().replace(" ", "_") or record.table
        table = self.mapping.tables.get(own)
        if table is None:
            raise ValueError(f"the table {own!r} is none of {', '.join(self.mapping.tables)}")
        number = record["number"].display
        if not number:
            raise ValueError("number is missing")
        row = {name: value for name, value in _plain(record).items() if value not in self.mapping.missing}
        says = said(self.mapping, table, number, row)
        ci = record["cmdb_ci"]
        return Foreign(
            kind=table.kind,
            native_id=record["sys_id"].value or number,
            number=number,
            history=list(self._history(table, row, says)),
            is_log=False,
            cis=(ci.value,) if ci.value else (),
            table=record.table,
            rows=((record.line, _plain(record)),),
            unmapped=says.unmapped,
        )

    def _history(self, table: TableMapping, row: dict[str, str], says: Said) -> Iterator[Happening]:
        """The states that began at known times, and then what it says now."""
        told = [time for time in table.times if time.column in row]
        if not told or told[0] is not table.times[0]:
            raise ValueError(f"{table.times[0].column} is missing")
        state = table.times[0].state
        for time in told:
            at, by, state = self.moment(row[time.column]), row.get(time.by, NOBODY), time.state
            yield Happening(at, by, state, says.values, says.theirs)
        if UPDATED_AT in row:
            at = max(at, self.moment(row[UPDATED_AT]))
        yield Happening(at, row.get(UPDATED_BY, NOBODY), says.state or state, says.values, says.theirs)


def _plain(record: Record) -> dict[str, str]:
    """What people see, and the key where that is all there is."""
    return {name: cell.display for name, cell in record.cells.items() if name not in IGNORED}


READER = RecordReader(
    name="servicenow",
    title="ServiceNow: tables of incidents and changes",
    read=read,
    options=(ZONE, FORMAT, ENCODING),
)
