"""Telling the owners of services that suffered what the cause was."""

from collections.abc import Sequence
from dataclasses import replace

from cmdb.errors import InvalidInput
from cmdb.history import Draft, revise
from cmdb.records import By, Desk, Record, locked, noted


def inform(desk: Desk, by: By, number: str, recipients: Sequence[str], text: str) -> Record:
    """Write into the log of a problem who is told what; raises NotFound, Refused and InvalidInput."""
    if not recipients or not text.strip():
        raise InvalidInput("A notice has recipients and a text.")
    said = replace(by, note=f"To {', '.join(recipients)}: {text}")

    def work(draft: Draft) -> Record:
        return noted(draft, desk, said, locked(draft, number), "inform")

    return revise(desk.database, said.author, work)[0]
