"""A year of incidents at the sample company, as its service desk wrote them down."""

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from api.demo.sources import ESTATE
from cmdb.access import Actor, Role
from cmdb.history import Author, Draft, revise
from cmdb.records import By, Desk, Edit, Wanted, list_records, moved, opened
from cmdb.store import find_ci

INCIDENTS = ESTATE / "service-desk" / "incidents.csv"
BATCH = 48
ORIGIN = "sample estate"
WRITTEN = "title", "category", "urgency", "caller"
SOLVED = "resolution_code", "resolution", "cause"
Row = Mapping[str, str]


def write_past_year(desk: Desk, today: datetime) -> None:
    """Write the incidents as if the last of them had happened just before today; once."""
    if list_records(desk.database, Wanted(kind="incident"), limit=1).items:
        return
    rows = list(_rows())
    ids = {name: find_ci(desk.database, name) for name in {row["ci"] for row in rows}}
    for batch in _batches(rows):
        revise(desk.database, Author(ORIGIN, ORIGIN), partial(_write_all, desk, batch, ids, today))


def _rows() -> Iterator[Row]:
    with INCIDENTS.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    yield from (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _write_all(desk: Desk, rows: list[Row], ids: Mapping[str, str], today: datetime, draft: Draft) -> None:
    for row in rows:
        _write(draft, desk, row, ids[row["ci"]], today)


def _write(draft: Draft, desk: Desk, row: Row, ci: str, today: datetime) -> None:
    hour, minute = map(int, row["time"].split(":"))
    day = (today - timedelta(days=int(row["days_ago"]))).replace(hour=hour, minute=minute, second=0)
    start, end = (timedelta(minutes=int(row[name])) for name in ("minutes_to_start", "minutes_to_resolve"))
    told = Edit(values={name: row[name] for name in WRITTEN}, links={ci: row["condition"]})
    team = Edit(values={"team": row["team"], "assignee": row["assignee"]})
    solved = Edit(values={name: row[name] for name in SOLVED})
    record = opened(draft, desk, _by(row, day), "incident", told)
    record = moved(draft, desk, _by(row, day + start), record, "start", team)
    record = moved(draft, desk, _by(row, day + end), record, "resolve", solved)
    moved(draft, desk, _by(row, day + end + timedelta(days=1)), record, "close")


def _by(row: Row, at: datetime) -> By:
    return By(Actor(row["assignee"], Role.OPERATOR), ORIGIN, at=at)
