"""Revisions, what they did, what differs between two, and what undo did."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape

from api.tables.differences import described
from api.tables.style import columns, plural, when
from cmdb.history import Difference, Event, Revision
from cmdb.store import Undone


def print_revisions(console: Console, revisions: Sequence[Revision]) -> None:
    """Print one line a revision."""
    table = columns("revision", "time", "actor", "origin", "reason")
    for revision in revisions:
        undoes = f"undoes {revision.undoes}" if revision.undoes else ""
        reason = " · ".join(filter(None, (revision.reason, undoes)))
        table.add_row(
            str(revision.seq), when(revision.at), escape(revision.actor), revision.origin, escape(reason)
        )
    console.print(table)


def print_revision(console: Console, revision: Revision, events: Sequence[Event]) -> None:
    """Print a revision and how much it did."""
    print_revisions(console, [revision])
    for (action, kind), count in sorted(Counter((e.action, e.kind.value) for e in events).items()):
        console.print(f"  {action} {plural(count, kind)}")


def print_differences(
    console: Console,
    earlier: Revision,
    later: Revision,
    found: Sequence[Difference],
    names: Mapping[str, str],
) -> None:
    """Print what differs between two moments; `names` gives CIs their names by id."""
    console.print(f"[bold]From revision {earlier.seq} to {later.seq}:[/] {plural(len(found), 'difference')}")
    for line in described(found, names):
        console.print(line, markup=False)


def print_undone(console: Console, undone: Sequence[Undone]) -> None:
    """Print what undo did, and what it left because others have built on it."""
    for one in undone:
        what = f"by revision {one.revision.seq}" if one.revision else "nothing was left to undo"
        console.print(
            f"Revision {one.seq} undone: {what}." if one.revision else f"Revision {one.seq}: {what}."
        )
        for kept in one.taken_over:
            console.print(
                f"  kept {kept.name}: revision {kept.by} has changed it or builds on it", markup=False
            )
