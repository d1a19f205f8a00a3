"""The kinds of records that problems and known errors are."""

from pathlib import Path

from cmdb.policy import Policies
from cmdb.records import Attempt, Kind, LifeCycle

CAUSE = "cause"
"""What a link says of the CI that is the root cause."""

MADE = {"change": ("implemented", "review", "closed"), "release": ("deployed", "closed")}
"""In which states what was to end an error is in place, unless its review says otherwise."""

WORKED = (None, "successful", "with incidents")
"""What a review may say of what ended an error."""


def kinds(policies: Policies) -> tuple[Kind, ...]:
    """Problems and known errors, by the life cycles of an organisation."""
    folder = Path(__file__).parent
    problem = policies.read(LifeCycle, folder / "problem.toml")
    known_error = policies.read(LifeCycle, folder / "known_error.toml")
    return (
        Kind(problem, checks={"cause_named": _cause_named, "errors_ended": _errors_ended}),
        Kind(known_error, checks={"change_made": _change_made}),
    )


def _cause_named(attempt: Attempt) -> str | None:
    named = any(link.condition == CAUSE for link in attempt.record.links)
    return None if named else f"no CI is linked as its {CAUSE}"


def _errors_ended(attempt: Attempt) -> str | None:
    rows = attempt.draft.run(
        """
        MATCH (:Record {number: $number})<-[:RELATES_TO {type: 'of'}]-(error:KnownError {state: 'active'})
        RETURN error.number AS number ORDER BY number
        """,
        number=attempt.record.number,
    )
    active = ", ".join(row["number"] for row in rows)
    return f"{active} is still active: end it first" if active else None


def _change_made(attempt: Attempt) -> str | None:
    """A change or release is named, and each that is has been made, and worked."""
    numbers = attempt.record.to("ended_by")
    if not numbers:
        return "no change or release is related as `ended_by`"
    rows = attempt.draft.run(
        """
        MATCH (record:Record) WHERE record.number IN $numbers
        RETURN record.number AS number, record.kind AS kind, record.state AS state,
               record.outcome AS outcome
        ORDER BY number
        """,
        numbers=numbers,
    )
    left = [
        f"{row['number']} is {row['outcome'] or row['state']}"
        for row in rows
        if row["state"] not in MADE[row["kind"]] or row["outcome"] not in WORKED
    ]
    return "; ".join(left) or None
