"""Records: one engine for the life cycles of incidents, problems, changes, releases and whatever else."""

from cmdb.records.arrival import Arrival, Happening, Preparation, Prepared
from cmdb.records.arriving import Arrived, Outcome, take_in
from cmdb.records.desk import Attempt, By, Check, Desk, Kind
from cmdb.records.edit import Edit
from cmdb.records.life_cycle import FieldDeclaration, LifeCycle, Relation, State, Transition
from cmdb.records.log import Changes, Entry, Sealed, Span, broken, log_within, read_log, spans
from cmdb.records.participants import participants
from cmdb.records.reading import (
    Records,
    Wanted,
    get_record,
    list_records,
    records_of_cis,
    related_to,
    search_records,
)
from cmdb.records.record import Attachment, CILink, Record, Related, Values, instant
from cmdb.records.verifying import Verification, verified, verify
from cmdb.records.writing import (
    edit_record,
    locked,
    moved,
    noted,
    open_record,
    opened,
    transition,
)

__all__ = [
    "Arrival",
    "Arrived",
    "Attachment",
    "Attempt",
    "By",
    "CILink",
    "Changes",
    "Check",
    "Desk",
    "Edit",
    "Entry",
    "FieldDeclaration",
    "Happening",
    "Kind",
    "LifeCycle",
    "Outcome",
    "Preparation",
    "Prepared",
    "Record",
    "Records",
    "Related",
    "Relation",
    "Sealed",
    "Span",
    "State",
    "Transition",
    "Values",
    "Verification",
    "Wanted",
    "broken",
    "edit_record",
    "get_record",
    "instant",
    "list_records",
    "locked",
    "log_within",
    "moved",
    "noted",
    "open_record",
    "opened",
    "participants",
    "read_log",
    "records_of_cis",
    "related_to",
    "search_records",
    "spans",
    "take_in",
    "transition",
    "verified",
    "verify",
]
