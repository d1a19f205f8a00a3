"""Records as people speak of them: CIs by what they are called, and what can be done next."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cmdb.database import Database
from cmdb.records import Attachment, Desk, Edit, Record, Related, Sealed, verified
from cmdb.store import ci_names, find_ci

Line = Annotated[str, Field(min_length=1, max_length=2_000)]


class RelatedRecord(BaseModel):
    """Another record, and how this one is related to it."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="As the life cycle of this record calls it.", examples=["caused_by"])
    number: str = Field(examples=["CHG-000042"])


class AttachedFile(BaseModel):
    """Something kept elsewhere."""

    model_config = ConfigDict(extra="forbid")

    name: Line
    url: Line


class Changes(BaseModel):
    """What a record is to say from now on. What is not named stays as it is."""

    model_config = ConfigDict(extra="forbid")

    values: dict[str, Any] = Field(default={}, description="Fields by name; null clears one.")
    links: dict[str, str | None] = Field(
        default={},
        max_length=1_000,
        description="CIs by id, name, `class:name` or `source/native_id`, each with what is said of it; "
        "null: the usual.",
    )
    unlinked: list[str] = Field(default=[], max_length=1_000, description="CIs to let go.")
    related: list[RelatedRecord] = Field(default=[], max_length=1_000)
    unrelated: list[RelatedRecord] = Field(default=[], max_length=1_000)
    attached: list[AttachedFile] = Field(default=[], max_length=100)

    def edit(self, database: Database) -> Edit:
        """The same with CIs by id; raises NotFound and Ambiguous."""
        return Edit(
            values=self.values,
            links={find_ci(database, name): condition for name, condition in self.links.items()},
            unlinked=frozenset(_linked(database, name) for name in self.unlinked),
            related=frozenset(Related(one.type, one.number.upper()) for one in self.related),
            unrelated=frozenset(Related(one.type, one.number.upper()) for one in self.unrelated),
            attached=tuple(Attachment(one.name, one.url) for one in self.attached),
        )


def _linked(database: Database, name: str) -> str:
    """The id of a CI to let go; one by id is let go also where it has been purged."""
    try:
        return str(UUID(name))
    except ValueError:
        return find_ci(database, name)


class LinkedCI(BaseModel):
    """A CI that a record is about, and what the record says of it."""

    ci: str = Field(description="Id.")
    name: str | None = Field(description="Null: it has been purged.")
    condition: str


class RecordView(BaseModel):
    """A record as it is now, and the steps that its state leaves open. Times are UTC."""

    number: str = Field(examples=["INC-000123"])
    kind: str
    state: str
    open: bool
    values: dict[str, Any] = Field(description="Its fields; see the life cycle of its kind.")
    links: list[LinkedCI]
    related: list[RelatedRecord]
    attachments: list[AttachedFile]
    opened_at: str
    opened_by: str
    changed_at: str
    closed_at: str | None
    origin: str | None = Field(description="`source/native id` where another system keeps it.")
    entries: int = Field(description="Length of its log.")
    seal: str = Field(description="Hash over the whole log.")
    steps: list[str] = Field(description="Steps that can be taken from here.")
    revision: int = Field(description="Internal id of the revision that last wrote it: its `ETag`.")


class LogEntry(BaseModel):
    """Something that happened to a record."""

    no: int
    at: str
    by: str
    what: str
    note: str
    from_state: str | None
    to_state: str | None
    changes: dict[str, list[Any]] = Field(description="What differs: before and after.")
    seal: str


class Log(BaseModel):
    """The log of a record, oldest first."""

    entries: list[LogEntry]
    broken_at: int | None = Field(description="The first entry that is not as it was written; null: all are.")
    altered: list[str] = Field(description="Fields of the record that say something else than the log.")


def views(desk: Desk, records: list[Record]) -> list[RecordView]:
    """Records as people see them."""
    names = ci_names(desk.database, {link.ci for record in records for link in record.links})
    return [_view(desk, record, names) for record in records]


def view(desk: Desk, record: Record) -> RecordView:
    """A record as people see it."""
    return views(desk, [record])[0]


def log_view(record: Record, log: list[Sealed]) -> Log:
    """A log as people see it."""
    entries = [
        LogEntry(
            no=one.no,
            seal=one.seal,
            **{name: getattr(one.entry, name) for name in type(one.entry).__dataclass_fields__},
        )
        for one in log
    ]
    found = verified(record, log)
    return Log(entries=entries, broken_at=found.broken_at, altered=list(found.altered))


def _view(desk: Desk, record: Record, names: dict[str, str]) -> RecordView:
    steps = desk.kind(record.kind).life_cycle.transitions
    return RecordView.model_validate(
        {
            **{name: getattr(record, name) for name in RecordView.model_fields if name != "steps"},
            "links": [
                {"ci": link.ci, "name": names.get(link.ci), "condition": link.condition}
                for link in record.links
            ],
            "related": [{"type": one.type, "number": one.number} for one in record.related],
            "attachments": [{"name": one.name, "url": one.url} for one in record.attachments],
            "steps": [name for name, step in steps.items() if record.state in step.from_],
        }
    )
