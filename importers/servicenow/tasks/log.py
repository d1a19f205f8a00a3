"""Reads an audit log of incidents: a row for each time that one was saved, those of one incident together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, groupby

from cmdb.arrivals import Foreign
from cmdb.errors import InvalidInput
from cmdb.policy import Policies
from cmdb.reconciliation import Rejection
from cmdb.records import Happening
from importers.importer import Origin
from importers.record_reader import RecordReader
from importers.rejects import IGNORED
from importers.servicenow.tasks.mapping import NOBODY, RecordMapping, load_mapping, said
from importers.servicenow.tasks.times import FORMAT, ZONE, Moment, moments
from importers.tables import ENCODING, Table, encoding_of, open_tables

TABLE = "incident"
NEEDED = ("number", "opened_at", "sys_updated_at")
Row = tuple[int, dict[str, str]]


def read(origin: Origin, policies: Policies) -> Iterator[Foreign | Rejection]:
    """Yield the incidents of a table of text or of a workbook."""
    log = _Log(load_mapping(policies), moments(origin))
    for table in open_tables(origin.path, encoding_of(origin)):
        for number, rows in groupby(_rows(table), lambda row: row[1]["number"]):
            yield from log.incident(number, list(rows))


def _rows(table: Table) -> Iterator[Row]:
    if lacking := [name for name in NEEDED if name not in table.columns]:
        raise InvalidInput(
            f"{table.place} has no column {', '.join(lacking)}; is it an audit log of incidents?"
        )
    for line, cells in table.rows:
        row = dict(zip(table.columns, cells, strict=False))
        yield line, {name: row.get(name, "") for name in table.columns if name not in IGNORED}


@dataclass(frozen=True, slots=True)
class _Log:
    mapping: RecordMapping
    moment: Moment

    def incident(self, number: str, rows: Sequence[Row]) -> Iterator[Foreign | Rejection]:
        """The incident that rows tell of, or all of them rejected for what is wrong with one."""
        unmapped: set[str] = set()
        try:
            history = self._history(number, [self._present(row) for _, row in rows], unmapped)
        except ValueError as error:
            yield from (Rejection(TABLE, line, row, str(error)) for line, row in rows)
            return
        ci = self._present(rows[-1][1]).get("cmdb_ci")
        yield Foreign(
            kind=self.mapping.tables[TABLE].kind,
            native_id=number,
            number=number,
            history=history,
            is_log=True,
            cis=(ci,) if ci else (),
            table=TABLE,
            rows=tuple(rows),
            unmapped=frozenset(unmapped),
        )

    def _present(self, row: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in row.items() if value not in self.mapping.missing}

    def _history(self, number: str, rows: Sequence[dict[str, str]], unmapped: set[str]) -> list[Happening]:
        """It is opened at the time that it says, and then what each row says happens."""
        table = self.mapping.tables[TABLE]
        for row in rows:
            if lacking := [name for name in NEEDED if name not in row]:
                raise ValueError(f"{', '.join(lacking)} is missing")
        opened = self.moment(rows[0]["opened_at"])
        saved = [self.moment(row["sys_updated_at"]) for row in rows]
        state, history = table.times[0].state, list[Happening]()
        for row, at, told in zip(rows, _in_order(opened, saved), saved, strict=True):
            says = said(self.mapping, table, number, row)
            unmapped |= says.unmapped
            if not history:
                by = row.get("opened_by", NOBODY)
                history.append(Happening(opened, by, state, says.values, says.theirs))
            state = says.state or state
            note = "" if at == told else f"The log says: at {row['sys_updated_at']}."
            by = row.get("sys_updated_by", NOBODY)
            history.append(Happening(at, by, state, says.values, says.theirs, note))
        return history


def _in_order(opened: datetime, saved: Sequence[datetime]) -> list[datetime]:
    """Times that follow the order of the rows.

    Nothing happens before a record is opened, nor after what the next row tells of: the order of the rows is
    believed rather than the time of one that stands out.
    """
    not_after_the_next = [*accumulate(reversed(saved), min)][::-1]
    return [max(opened, at) for at in not_after_the_next]


READER = RecordReader(
    name="servicenow-log",
    title="ServiceNow: audit log of incidents",
    read=read,
    options=(ZONE, FORMAT, ENCODING),
)
