"""Major incidents: declared and ended by a manager."""

from datetime import UTC, datetime

from api.practices.incident.practice import IncidentPractice
from cmdb.history import Draft, revise
from cmdb.incidents import flags
from cmdb.records import By, Edit, Record, instant, locked, moved


def set_major(practice: IncidentPractice, by: By, number: str, manager: str | None) -> Record:
    """Make an incident a major one, led by somebody; None: it is none any longer.

    Raises Refused, NotFound and Conflict.
    """
    step = "declare_major" if manager else "end_major"

    def work(draft: Draft) -> Record:
        record = locked(draft, number)
        edit = Edit(values={"major_manager": manager}) if manager else Edit()
        due = practice.levels.rules.next_update(record.values["priority"], by.at or datetime.now(UTC))
        derived = {**flags(manager is not None), "next_update": instant(due) if manager else None}
        return moved(draft, practice.desk, by, record, step, edit, derived)

    return revise(practice.store.database, by.author, work)[0]
