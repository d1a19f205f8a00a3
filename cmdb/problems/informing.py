"""Telling the owners of services that suffered what the cause was."""

from collections.abc import Collection
from dataclasses import replace

from cmdb.history import Draft, revise
from cmdb.incidents import Notice, logged
from cmdb.records import By, Desk, Record, locked, noted


def inform(desk: Desk, by: By, number: str, notice: Notice, sent: Collection[str] = ()) -> Record:
    """Keep in the log of a problem what was told to whom, and to whom it was mailed (`sent`, by address).

    Raises Refused and NotFound.
    """
    said = replace(by, note=logged(notice, sent))

    def work(draft: Draft) -> Record:
        return noted(draft, desk, said, locked(draft, number), "inform")

    return revise(desk.database, by.author, work)[0]
