"""Reports: figures in rows, one for each period and, where it is divided, each group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cmdb.reports.periods import Periods
from cmdb.reports.rules import Target, Targets

Figure = int | float | None
"""None where there is nothing to compute it from."""


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of each row: its name and its unit, empty for counts."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Figures by column; `target` is what the main one is held against, `met` whether it keeps to that."""

    period: str
    group: str
    figures: Mapping[str, Figure]
    target: float | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `main` is the column that is drawn and has targets; times are ISO 8601 in the time zone."""

    name: str
    title: str
    by: str
    zone: str
    since: str
    until: str
    per: str
    main: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]

    @property
    def unit(self) -> str:
        """The unit of the main column."""
        return next(column.unit for column in self.columns if column.name == self.main)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a report is called, and what it tells."""

    name: str
    title: str
    main: str
    columns: tuple[Column, ...]


Rows = Iterable[tuple[str, str, Mapping[str, Figure]]]
"""Period, group and figures."""


def report(kind: Kind, periods: Periods, per: str, rows: Rows, targets: Targets) -> Report:
    """Rows as a report, each held against its target."""
    return Report(
        name=kind.name,
        title=kind.title,
        by=periods.by,
        zone=periods.zone,
        since=_moment(int(periods.edges[0])),
        until=_moment(int(periods.edges[-1])),
        per=per,
        main=kind.main,
        columns=kind.columns,
        rows=[_row(kind, *row, targets.of(kind.name, row[1])) for row in rows],
    )


def _row(kind: Kind, period: str, group: str, figures: Mapping[str, Figure], target: Target | None) -> Row:
    value = figures[kind.main]
    if target is None:
        return Row(period, group, figures)
    return Row(period, group, figures, target.bound, None if value is None else target.met(value))


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
