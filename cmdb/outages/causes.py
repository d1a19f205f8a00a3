"""Outages by what caused them."""

from cmdb.history import Draft
from cmdb.records import Record, locked

CAUSED_BY = "caused_by"


def outages_of(draft: Draft, number: str) -> list[Record]:
    """The outages that an incident or a change caused, by number, locked."""
    rows = draft.run(
        """
        MATCH (:Record {number: $number})<-[:RELATES_TO {type: $caused_by}]-(outage:Outage)
        RETURN outage.number AS number ORDER BY number
        """,
        number=number,
        caused_by=CAUSED_BY,
    )
    return [locked(draft, row["number"]) for row in rows]
