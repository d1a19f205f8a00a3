"""What must hold for a step of a release, whoever takes it and by whichever way.

Each check gives what is missing, as the end of a sentence; None where nothing is.
"""

from collections.abc import Mapping, Sequence

from cmdb.records import Attempt, Changes, Check, Record, Sealed, log_within, participants
from cmdb.releases.documents import (
    Confirmation,
    Deployment,
    Review,
    Tests,
    Versions,
    Waves,
)

RELEASED = "released"
"""The condition of a link to a CI that a release changes."""
INCLUDES = "includes"
"""How a release is related to its changes."""
WRITTEN_BY_PARTICIPANTS = {"versions", "waves", "build", "test", "links", "requested_by"}
"""Who changes one of these has a hand in what is asked for."""
READY = frozenset({"approved", "scheduled", "under_way", "implemented", "review", "closed"})
"""The states of changes that may be deployed."""


def versions_linked(attempt: Attempt) -> str | None:
    """Its links name the CIs whose versions it changes."""
    linked = {*attempt.record.linked_as(RELEASED)}
    said = Versions.model_validate(attempt.record.values["versions"]).cis
    told = ", ".join(sorted(linked ^ said))
    return f"its versions are of other CIs than it is linked to as {RELEASED} ({told})" if told else None


def tests_passed(attempt: Attempt) -> str | None:
    """The test gate: every test was passed, and evidence was given since it was last built."""
    told = attempt.record.values.get("test")
    if told is None:
        return None  # said to be missing already
    if failed := Tests.model_validate(told).failed:
        return f"not passed: {', '.join(failed)}"
    log = log_within(attempt.draft, attempt.record.number)
    built = _last(log, "test")
    earlier = [entry.changes["test"][1] for _, entry, _ in log[:built] if "test" in entry.changes]
    return "its evidence is of an earlier build: test again" if told in earlier else None


def waves_complete(attempt: Attempt) -> str | None:
    """Every CI that it changes is in a wave, and no other one."""
    if "waves" not in attempt.record.values:
        return None  # said to be missing already
    planned = Waves.model_validate(attempt.record.values["waves"]).cis
    said = Versions.model_validate(attempt.record.values["versions"]).cis
    told = ", ".join(sorted(planned ^ said))
    return f"its waves have other CIs than its versions ({told})" if told else None


def another_person(attempt: Attempt) -> str | None:
    """Whoever decides has no hand in what is asked for."""
    name = attempt.by.actor.name
    log = log_within(attempt.draft, attempt.record.number)
    hand = name in participants(attempt.record, log, _wrote)
    return f"{name} asked for it or wrote what is in it, so others must decide" if hand else None


def unaltered(attempt: Attempt) -> str | None:
    """Whoever approves does not add or remove a change in the same step."""
    altered = _included(attempt.record) != _included_before(attempt)
    return "its changes cannot be altered as it is approved" if altered else None


def as_approved(attempt: Attempt) -> str | None:
    """Its changes are those that it had when it was approved."""
    log = log_within(attempt.draft, attempt.record.number)
    approved = _last(log, "approve")
    later = [entry.changes["related"] for _, entry, _ in log[approved:] if "related" in entry.changes]
    had = {one for one in later[0][0] if _is_change(one)} if later else _included_before(attempt)
    return None if _included(attempt.record) == had else "its changes are not those that were approved"


def changes_approved(attempt: Attempt) -> str | None:
    """Each change that it includes is approved."""
    rows = attempt.draft.run(
        """
        MATCH (change:ChangeRecord) WHERE change.number IN $numbers AND NOT change.state IN $ready
        RETURN change.number AS number, change.state AS state ORDER BY number
        """,
        numbers=attempt.record.to(INCLUDES),
        ready=sorted(READY),
    )
    return "; ".join(f"{row['number']} is {row['state']}" for row in rows) or None


def baseline_set(attempt: Attempt) -> str | None:
    """Linchpin has named the graph as it is before."""
    named = "baseline_before" in attempt.record.values
    return None if named else "no baseline is set: `cmdb release deploy` does both"


def baseline_after_set(attempt: Attempt) -> str | None:
    """Linchpin has named the graph as it is after."""
    named = "baseline_after" in attempt.record.values
    return None if named else "no baseline is set: `cmdb release finish` does both"


def waves_succeeded(attempt: Attempt) -> str | None:
    """All waves have worked."""
    values = attempt.record.values
    deployment = Deployment.model_validate(values.get("deployment", {}))
    left = deployment.remaining(Waves.model_validate(values["waves"]))
    return f"not deployed yet: {', '.join(left)}" if left else None


def expectation_told(attempt: Attempt) -> str | None:
    """Linchpin has said what each CI is to say again."""
    told = "expected" in attempt.record.values
    return None if told else "it is Linchpin that says what is expected: `cmdb release reverse`"


def confirmed(attempt: Attempt) -> str | None:
    """Discovery was asked in this very step, and says what is expected."""
    told = attempt.record.values.get("confirmation")
    confirmation = Confirmation.model_validate(told) if told else None
    if confirmation is None or confirmation.entries != attempt.record.entries:
        return "only discovery confirms it: `cmdb release confirm` asks it"
    return "; ".join(confirmation.differs) or None


def review_true(attempt: Attempt) -> str | None:
    """A review says that it was reversed where it was, and only there."""
    if "review" not in attempt.record.values:
        return None  # said to be missing already
    outcome = Review.model_validate(attempt.record.values["review"]).outcome
    was = was_reversed(attempt.record)
    if was == (outcome == "reversed"):
        return None
    return f"its review says {outcome}, but it was {'' if was else 'not '}reversed"


def investigated(attempt: Attempt) -> str | None:
    """What was reversed has a problem that looks for the reason."""
    needs = was_reversed(attempt.record) and not attempt.record.to("investigated_by")
    return "no problem is related as `investigated_by`: it was reversed, so find out why" if needs else None


def was_reversed(record: Record) -> bool:
    """Whether it did not work, and was taken back."""
    return "expected" in record.values


def _wrote(changes: Changes) -> bool:
    before, after = changes.get("related", ((), ()))
    return bool(WRITTEN_BY_PARTICIPANTS & changes.keys()) or any(map(_is_change, {*before} ^ {*after}))


def _is_change(related: str) -> bool:
    return related.startswith(f"{INCLUDES} ")


def _included(record: Record) -> set[str]:
    return {f"{INCLUDES} {number}" for number in record.to(INCLUDES)}


def _included_before(attempt: Attempt) -> set[str]:
    rows = attempt.draft.run(
        """
        MATCH (:Record {number: $number})-[:RELATES_TO {type: 'includes'}]->(change)
        RETURN change.number AS number
        """,
        number=attempt.record.number,
    )
    return {f"{INCLUDES} {row['number']}" for row in rows}


def _last(log: Sequence[Sealed], what: str) -> int:
    """The place of the last such step; the beginning where there is none."""
    return max((place for place, one in enumerate(log) if one.entry.what == what), default=0)


CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        versions_linked,
        tests_passed,
        waves_complete,
        another_person,
        unaltered,
        as_approved,
        changes_approved,
        baseline_set,
        baseline_after_set,
        waves_succeeded,
        expectation_told,
        confirmed,
        review_true,
        investigated,
    )
}
"""As the life cycle calls them."""
