"""Notices to those affected by an incident: proposed, sent by a person, kept in the log."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from cmdb.history import Draft, revise
from cmdb.incidents.levels import ServiceLevels
from cmdb.incidents.onset import onset
from cmdb.records import By, Desk, Record, instant, locked, noted

HOW = {
    "down": "does not work",
    "interrupted": "does not work",
    "degraded": "works worse than it should",
}
RESTORED = ("restored", "resolved", "closed")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A team or person to inform, why, and the address, empty where none is known."""

    name: str
    why: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told to whom."""

    subject: str
    text: str
    recipients: tuple[Recipient, ...]


def proposed_text(record: Record) -> tuple[str, str]:
    """Subject and text of a notice, from what an incident says."""
    values = record.values
    over = record.state in RESTORED
    services = (values.get("proposal") or {"services": ()})["services"]
    lines = [
        "The service works again." if over else f"{service['name']} {HOW[service['state']]}."
        for service in (services[:1] if over else services)
    ]
    since = instant(onset(record))
    lines += [f"Since {since}." if not over else f"It failed from {since} on."]
    if values.get("next_update") and not over:
        lines.append(f"You hear from us again by {values['next_update']}.")
    what = "Restored" if over else "Major incident" if values.get("major") else "Incident"
    return f"{what}: {values['title']} ({record.number})", "\n".join(lines)


def inform(
    desk: Desk, levels: ServiceLevels, by: By, number: str, notice: Notice, sent: Collection[str]
) -> Record:
    """Keep in the log what was told to whom, and to whom it was mailed (`sent`, by address).

    The next notice on a major incident is due from now on. Raises Refused and NotFound.
    """
    now = by.at or datetime.now(UTC)
    said = replace(by, note=logged(notice, sent))

    def work(draft: Draft) -> Record:
        record = locked(draft, number)
        derived: dict[str, object] = {}
        if record.values.get("major"):
            due = levels.rules.next_update(record.values["priority"], now)
            derived = {"next_update": instant(due)}
        return noted(draft, desk, said, record, "inform", derived=derived)

    return revise(desk.database, by.author, work)[0]


def logged(notice: Notice, sent: Collection[str]) -> str:
    """A notice as a log keeps it: to whom it went, to whom by mail (`sent`, by address), and what it says."""
    told = ", ".join(_named(notice.recipients, sent)) or "nobody"
    return f"To {told}:\n{notice.subject}\n{notice.text}"


def _named(recipients: Sequence[Recipient], sent: Collection[str]) -> Iterable[str]:
    for one in recipients:
        yield f"{one.name} <{one.email}>" if one.email in sent and one.email else one.name
