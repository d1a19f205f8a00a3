"""What changed beneath a CI: in the graph, and by changes and releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cmdb.database import Database
from cmdb.history import Difference, Kind, difference, latest, moment
from cmdb.records import instant
from impact.beneath.foundation import Foundation


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change or release that was carried out, or is, on CIs beneath; their distances by id."""

    number: str
    kind: str
    title: str
    state: str
    at: str
    by: str
    cis: dict[str, int]


def changed_beneath(database: Database, foundation: Foundation, since: datetime) -> list[Difference]:
    """What differs between then and now of the CIs beneath and of what they depend on, by CI."""
    before, now = moment(database, since.isoformat()), latest(database)
    differences = difference(database, before.seq, now.seq)
    beneath = foundation.distances(_subject(one) for one in differences)
    return sorted(
        (one for one in differences if _subject(one) in beneath),
        key=lambda one: (beneath[_subject(one)], one.subject),
    )


def carried_out(database: Database, foundation: Foundation, since: datetime) -> list[ChangeRecord]:
    """The changes and releases beneath of which something was done since then, the newest first.

    What is merely planned does not count.
    """
    rows = database.read(
        """
        CALL () {
            MATCH (record:ChangeRecord|Release) WHERE record.changed_at >= $since
            MATCH (entry:LogEntry {record: record.number})
            WHERE entry.at >= $since AND entry.to_state IN ['under_way', 'implemented', 'failed',
                'backed_out', 'deploying', 'deployed', 'reversed']
            WITH record, max(entry.at) AS at
            RETURN record, at, [(record)-[:CONCERNS]->(ci) | ci.id] AS cis
        }
        RETURN record.number AS number, record.kind AS kind, record.title AS title,
            record.state AS state, at, cis, coalesce(record.assigned_to, record.team, record.opened_by) AS by
        ORDER BY at DESC, number
        """,
        since=instant(since),
    )
    found = (ChangeRecord(**{**row.data(), "cis": foundation.distances(row["cis"])}) for row in rows)
    return [record for record in found if record.cis]


def _subject(one: Difference) -> str:
    """The CI that a difference is of: the dependent of a relationship."""
    return one.subject.split(" ", 1)[0] if one.kind is Kind.RELATIONSHIP else one.subject


def cis_of(differences: Sequence[Difference]) -> list[str]:
    """The CIs that differences are of, by id, in their order."""
    return list(dict.fromkeys(map(_subject, differences)))
