"""Opening records, editing them, and taking them from state to state: each one revision, whole or not at all.

The functions that take a draft are for practices that write several records at once.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cmdb.access import Role
from cmdb.errors import Conflict, InvalidInput, NotFound, Outdated, Refused
from cmdb.history import Draft, revise
from cmdb.records import graph
from cmdb.records.desk import Attempt, By, Desk, Kind
from cmdb.records.edit import Edit, edited, missing
from cmdb.records.life_cycle import CIS, NOTE, Transition
from cmdb.records.log import Changes, Entry, sealed, write
from cmdb.records.record import PARTS, Record, Values, instant, told

NO_EDIT, NOTHING = Edit(), dict[str, object]()
FUTURE = timedelta(minutes=1)
"""How far clocks may differ."""


def open_record(desk: Desk, by: By, kind: str, edit: Edit, derived: Values = NOTHING) -> Record:
    """Open a record of a kind; raises Refused, Invalid, InvalidInput and NotFound (a CI or a record)."""
    return revise(desk.database, by.author, lambda draft: opened(draft, desk, by, kind, edit, derived))[0]


def edit_record(
    desk: Desk, by: By, number: str, edit: Edit, derived: Values = NOTHING, revision: int | None = None
) -> Record:
    """Change what a record says, or add a note; with `revision`, only if nobody has written it since.

    Raises NotFound, Outdated, Refused, Invalid and InvalidInput.
    """

    def work(draft: Draft) -> Record:
        return noted(draft, desk, by, locked(draft, number, revision), "edit", edit, derived)

    return revise(desk.database, by.author, work)[0]


def transition(
    desk: Desk,
    by: By,
    number: str,
    name: str,
    edit: Edit = NO_EDIT,
    derived: Values = NOTHING,
    revision: int | None = None,
) -> Record:
    """Take a record a step further, with an edit that belongs to it; raises as `edit_record`, and Conflict.

    A Conflict says why the step cannot be taken, what is missing, and which ones can be taken.
    """

    def work(draft: Draft) -> Record:
        return moved(draft, desk, by, locked(draft, number, revision), name, edit, derived)

    return revise(desk.database, by.author, work)[0]


def locked(draft: Draft, number: str, revision: int | None = None) -> Record:
    """A record that nobody else writes until the transaction ends; raises NotFound and Outdated."""
    found = graph.lock(draft, [number]).get(number)
    if found is None:
        raise NotFound(f"There is no record {number}.")
    if revision not in (None, found.revision):
        raise Outdated(
            f"{number} has been changed since you read it. Read it again, and repeat your change if it "
            "still applies.",
            revision=found.revision,
        )
    return found


def opened(draft: Draft, desk: Desk, by: By, kind_name: str, edit: Edit, derived: Values = NOTHING) -> Record:
    """As `open_record`, within a draft."""
    kind = desk.kind(kind_name)
    cycle = kind.life_cycle
    _require_role(by, Role.OPERATOR, f"open a record of the kind {kind_name}")
    at = _moment(by, "")
    defaults = {name: one.default for name, one in cycle.fields.items() if one.default is not None}
    blank = Record("", kind_name, cycle.initial, cycle.states[cycle.initial].open, {})
    record = edited(kind, replace(blank, values=defaults), edit, derived)
    if problem := missing(kind, record):
        raise problem
    (number,) = take_numbers(draft, kind, 1)
    record = replace(record, number=number, opened_at=at, opened_by=by.actor.name, created=draft.id)
    entry = Entry(at, by.actor.name, "open", by.note, None, record.state, _changes(blank, record))
    return _keep(draft, desk, None, record, entry)


def noted(
    draft: Draft,
    desk: Desk,
    by: By,
    before: Record,
    what: str,
    edit: Edit = NO_EDIT,
    derived: Values = NOTHING,
) -> Record:
    """Edit a locked record within a draft, and log it as `what`."""
    kind = desk.kind(before.kind)
    _require_role(by, Role.OPERATOR, f"change {before.number}")
    after = edited(kind, before, edit, derived)
    changes = _changes(before, after)
    if not changes and not by.note:
        return before
    name = what if changes or what != "edit" else "note"
    entry = Entry(_moment(by, before.changed_at), by.actor.name, name, by.note, changes=changes)
    return _keep(draft, desk, before, after, entry)


def moved(
    draft: Draft,
    desk: Desk,
    by: By,
    before: Record,
    name: str,
    edit: Edit = NO_EDIT,
    derived: Values = NOTHING,
) -> Record:
    """Take a locked record a step further within a draft; raises as `transition`."""
    kind = desk.kind(before.kind)
    step = _step(kind, before, name)
    _require_role(by, step.role, f"{name} {before.number}")
    at = _moment(by, before.changed_at)
    after = edited(kind, before, edit, derived)
    attempt = Attempt(draft, after, by, at)
    _require(kind, step, attempt, name)
    state = step.to or before.state
    open_ = kind.life_cycle.states[state].open
    after = replace(after, state=state, open=open_, closed_at=None if open_ else before.closed_at or at)
    changes = _changes(before, after)
    entry = Entry(at, by.actor.name, name, by.note, before.state, state, changes)
    after = _keep(draft, desk, before, after, entry)
    kind.follow(desk, replace(attempt, record=after))
    return after


def take_numbers(draft: Draft, kind: Kind, count: int) -> list[str]:
    """The next numbers of a kind, without gaps: who opens another of the kind waits for this transaction."""
    (row,) = draft.run(
        """
        MERGE (head:Head {name: $name})
        SET head.value = coalesce(head.value, 0) + $count
        RETURN head.value AS last
        """,
        name=f"records:{kind.life_cycle.kind}",
        count=count,
    )
    last = int(row["last"])
    return [f"{kind.life_cycle.prefix}-{number:06d}" for number in range(last - count + 1, last + 1)]


def _require_role(by: By, least: Role, what: str) -> None:
    if not by.actor.role.includes(least):
        raise Refused(f"To {what} takes the role {least}; {by.actor.name!r} has the role {by.actor.role}.")


def _moment(by: By, last: str) -> str:
    """When it happened: not before what is in the log already, and not in the future."""
    now = datetime.now(UTC)
    at = instant(by.at or now)
    if at > instant(now + FUTURE):
        raise InvalidInput(f"{at} is in the future.")
    if at < last:
        if by.at is None:
            return last
        raise InvalidInput(f"{at} is before the last entry of the log, which is of {last}.")
    return at


def _step(kind: Kind, record: Record, name: str) -> Transition:
    steps = kind.life_cycle.transitions
    possible = [one for one, step in steps.items() if record.state in step.from_]
    if name not in possible:
        what = f"is {record.state}" if name in steps else f"knows no {name!r}"
        raise Conflict(
            f"{record.number} {what}. From here it can: {', '.join(possible) or 'nothing more'}.",
            state=record.state,
            possible=possible,
        )
    return steps[name]


def _require(kind: Kind, step: Transition, attempt: Attempt, name: str) -> None:
    record, said = attempt.record, {CIS: attempt.record.links, NOTE: attempt.by.note.strip()}
    lacking = [
        f"{one} is missing"
        for one in step.requires
        if said.get(one, record.values.get(one)) in (None, "", (), [])
    ]
    lacking += [reason for check in step.checks if (reason := kind.checks[check](attempt))]
    if lacking:
        raise Conflict(
            f"{record.number} cannot take the step {name!r}: {'; '.join(lacking)}.",
            state=record.state,
            missing=lacking,
        )


def _changes(before: Record, after: Record) -> Changes:
    was, now = told(before), told(after)
    names = (*sorted(before.values.keys() | after.values.keys()), *PARTS)
    return {name: (was.get(name), now.get(name)) for name in names if was.get(name) != now.get(name)}


def _keep(draft: Draft, desk: Desk, before: Record | None, after: Record, entry: Entry) -> Record:
    (one,) = sealed([entry], after.entries, after.seal)
    after = replace(after, entries=one.no, seal=one.seal, changed_at=entry.at, revision=draft.id)
    cycle = desk.kind(after.kind).life_cycle
    if before is None:
        graph.create(draft, cycle, [after])
    else:
        graph.replace(draft, cycle, before, after)
    write(draft, {after.number: [one]})
    return after
