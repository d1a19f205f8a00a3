"""What discovery says of CIs: the records of all sources but people, and when each last looked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from cmdb.catalogue import MANUAL
from cmdb.database import Database
from cmdb.runs import last_seen


@dataclass(frozen=True, slots=True)
class Seen:
    """What one record of a source says of a CI, and when that was last seen to be so."""

    ci: str
    record: str
    attributes: Mapping[str, Any]
    at: datetime


def discovered(database: Database, cis: Collection[str]) -> list[Seen]:
    """What sources say of CIs (by id) now; nothing that they miss or have withdrawn."""
    rows = database.read(
        """
        MATCH (record:SourceRecord)-[:DESCRIBES]->(ci:CI)
        WHERE ci.id IN $cis AND record.source <> $manual AND record.attributes IS NOT NULL
          AND record.withdrawn IS NULL AND record.missing_since IS NULL
        RETURN ci.id AS ci, record.no AS no, record.source + '/' + record.native_id AS name,
               record.attributes AS attributes, record.observed_at AS observed_at
        ORDER BY ci, name
        """,
        cis=list(cis),
        manual=MANUAL,
    )
    seen = last_seen(database) if rows else {}
    return [
        Seen(
            row["ci"],
            row["name"],
            orjson.loads(row["attributes"]),
            datetime.fromisoformat(max(row["observed_at"], seen.get(row["no"], ""))),
        )
        for row in rows
        if row["observed_at"]
    ]
