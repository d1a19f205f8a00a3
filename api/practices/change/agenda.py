"""What the board has before it: the forward schedule by risk, with what was decided and said."""

from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel, Field

from api.practices.change.bureau import Bureau
from cmdb.changes import Decision, Missing, Window, changes_between, decisions_on, missing_approvals
from cmdb.database import Database
from cmdb.history import Draft, revise
from cmdb.records import By, Record, locked, noted, read_log

RISKS = ("very high", "high", "medium", "low", None)
MINUTES = "minutes"
"""How the log calls what was said of a change in a meeting."""


class Minutes(BaseModel):
    """What was said of a change in a meeting."""

    at: str
    by: str
    text: str


class Point(BaseModel):
    """A change on the agenda."""

    number: str
    title: str
    state: str
    risk: str | None = Field(description="Null: it has not been assessed.")
    starts: str
    ends: str
    team: str | None
    decisions: list[Decision] = Field(description="Those on the change as it is now, with their conditions.")
    missing: list[Missing]
    minutes: list[Minutes]


class Agenda(BaseModel):
    """The changes whose windows have a moment in a time, the riskiest first."""

    window: Window
    points: list[Point]


def agenda(bureau: Bureau, begin: datetime, end: datetime) -> Agenda:
    """The changes ahead from one time to another, by risk and then by begin."""
    window = Window(start=begin, end=end)
    found = changes_between(bureau.store.database, window)
    ranked = sorted(found, key=lambda one: (RISKS.index(one.values.get("risk")), one.values["starts"]))
    return Agenda(window=window, points=[_point(bureau.store.database, record) for record in ranked])


def minute(bureau: Bureau, by: By, number: str, text: str) -> Record:
    """Write into the log of a change what was said of it in a meeting."""
    by = replace(by, note=text)
    known = bureau.change(number).number

    def work(draft: Draft) -> Record:
        return noted(draft, bureau.desk, by, locked(draft, known), MINUTES)

    return revise(bureau.store.database, by.author, work)[0]


def _point(database: Database, record: Record) -> Point:
    values = record.values
    return Point(
        number=record.number,
        title=values["title"],
        state=record.state,
        risk=values.get("risk"),
        starts=values["starts"],
        ends=values["ends"],
        team=values.get("team"),
        decisions=list(decisions_on(record)),
        missing=list(missing_approvals(record)),
        minutes=[
            Minutes(at=one.entry.at, by=one.entry.by, text=one.entry.note)
            for one in read_log(database, record.number)
            if one.entry.what == MINUTES
        ],
    )
