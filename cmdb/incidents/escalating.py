"""Escalation by a person: to another team, or to management."""

from dataclasses import replace

from cmdb.errors import InvalidInput
from cmdb.history import Draft, revise
from cmdb.records import By, Desk, Edit, Record, locked, moved, noted


def escalate(desk: Desk, by: By, number: str, to: str, hierarchical: bool = False) -> Record:
    """Escalate an incident: functionally, so that another team takes over, or hierarchically.

    Raises InvalidInput without a word on why, NotFound, Refused and Conflict.
    """
    if not by.note.strip():
        raise InvalidInput("An escalation says why.")

    def work(draft: Draft) -> Record:
        record = locked(draft, number)
        if hierarchical:
            said = replace(by, note=f"Escalated (hierarchical) to {to}: {by.note}")
            return noted(draft, desk, said, record, "escalate")
        handed = Edit(values={"team": to, "assignee": None})
        said = replace(by, note=f"Escalated (functional) to {to}: {by.note}")
        return moved(draft, desk, said, record, "escalate", handed)

    return revise(desk.database, by.author, work)[0]
