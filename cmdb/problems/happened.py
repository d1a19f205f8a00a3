"""The incidents of a period, as whoever looks for problems sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cmdb.database import Database
from cmdb.records import instant


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident: since when, which CIs (by id) it took down or degraded, and of which kind it was."""

    number: str
    title: str
    at: datetime
    cis: Sequence[str]
    classes: Sequence[str]
    team: str | None
    category: str | None
    cause: str | None
    major: bool
    problems: Sequence[str]
    """The problems that it is put down to."""


def happened(database: Database, since: datetime, until: datetime) -> list[Happened]:
    """The incidents that began in a period, oldest first; none cancelled, no duplicate or part of others."""
    rows = database.read(
        """
        MATCH (record:Incident)
        WHERE record.state <> 'cancelled'
          AND NOT EXISTS {
              (record)-[link:RELATES_TO]->(:Incident) WHERE link.type IN ['duplicate_of', 'child_of']
          }
        WITH record, datetime(coalesce(record.onset, record.opened_at)) AS at
        WHERE at >= datetime($since) AND at < datetime($until)
        RETURN record.number AS number, record.title AS title, at, record.team AS team,
               record.category AS category, record.cause AS cause, coalesce(record.major, false) AS major,
               COLLECT {
                   MATCH (record)-[link:CONCERNS]->(ci:CI) WHERE link.condition IN ['down', 'degraded']
                   RETURN [ci.id, ci.class] AS hit ORDER BY ci.id
               } AS hit,
               COLLECT {
                   MATCH (record)-[link:RELATES_TO]-(problem:Problem)
                   WHERE link.type IN ['problem', 'raised_by'] AND problem.state <> 'cancelled'
                   RETURN DISTINCT problem.number AS number ORDER BY number
               } AS problems
        ORDER BY at, number
        """,
        since=instant(since),
        until=instant(until),
    )
    return [
        Happened(
            number=row["number"],
            title=row["title"],
            at=row["at"].to_native(),
            cis=[ci for ci, _ in row["hit"]],
            classes=sorted({class_ for _, class_ in row["hit"]}),
            team=row["team"],
            category=row["category"],
            cause=row["cause"],
            major=row["major"],
            problems=row["problems"],
        )
        for row in rows
    ]
