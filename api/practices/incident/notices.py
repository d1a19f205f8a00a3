"""Notices on incidents: to whom, what, and how it gets there."""

from collections.abc import Collection, Iterator

from api.practices.incident.practice import IncidentPractice
from api.practices.mail import mailed
from cmdb.access import Action
from cmdb.incidents import Notice, Recipient, inform, proposed_text
from cmdb.people import ROLES, teams
from cmdb.records import By, Record, get_record
from cmdb.settings import Settings


def propose_notice(practice: IncidentPractice, number: str) -> Notice:
    """A notice to the teams that use, own or support the services that an incident hits; raises NotFound."""
    record = get_record(practice.store.database, number)
    subject, text = proposed_text(record)
    return Notice(subject, text, tuple(_recipients(practice, record)))


def chosen(notice: Notice, subject: str, text: str, to: Collection[str]) -> Notice:
    """A notice in a person's own words, and to those whom the person chose; what is empty stays as proposed.

    Whom the proposal does not know is told without an address.
    """
    known = {one.name: one for one in notice.recipients}
    recipients = tuple(known.get(name, Recipient(name, "chosen")) for name in to) if to else notice.recipients
    return Notice(subject or notice.subject, text or notice.text, recipients)


def send_notice(
    practice: IncidentPractice, settings: Settings, by: By, number: str, notice: Notice
) -> tuple[Record, list[str]]:
    """Mail a notice to those with an address, where a server is set, and keep it in the log.

    The addresses that were mailed come with the record. Raises Unavailable, Refused and NotFound.
    """
    by.actor.require(Action.WRITE)
    record = get_record(practice.store.database, number)
    sent = mailed(settings, notice)
    return inform(practice.desk, practice.levels, by, record.number, notice, sent), sent


def _recipients(practice: IncidentPractice, record: Record) -> Iterator[Recipient]:
    services = (record.values.get("proposal") or {"services": ()})["services"]
    rows = practice.store.database.read(
        """
        UNWIND $ids AS id MATCH (ci:CI {id: id})
        RETURN ci.name AS name, ci.used_by AS used_by, ci.owner AS owner, ci.supported_by AS supported_by
        """,
        ids=[service["id"] for service in services],
    )
    why: dict[str, list[str]] = {}
    for row in rows:
        for role, says in ROLES.items():
            for team in _listed(row[role]):
                why.setdefault(team, []).append(f"{says} {row['name']}")
    emails = {team.name: team.email for team in teams(practice.store.database, why)}
    for team, reasons in why.items():
        yield Recipient(team, ", ".join(reasons), emails.get(team, ""))


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []
