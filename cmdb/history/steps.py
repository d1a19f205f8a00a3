"""The states that a subject went through, from its changes in the undo log."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmdb.history.past import State

Step = tuple[int, State | None, State | None]
"""A revision (by id), and the states before and after it."""


class Change(NamedTuple):
    """A change as the undo log has it."""

    revision: int
    before: State
    removed: bool


def steps(changes: Sequence[Change], now: State | None) -> Iterator[Step]:
    """Each revision that gave the subject another state, in order; creations leave no change behind."""
    created = None
    states = [change.before for change in changes]
    for change, following in zip(changes, [*states, now][1:], strict=True):
        if change.before["created"] != created:
            created = change.before["created"]
            yield created, None, change.before
        yield change.revision, change.before, None if change.removed else following
    if now is not None and now["created"] != created:
        yield now["created"], None, now
