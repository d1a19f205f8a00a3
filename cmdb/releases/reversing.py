"""Taking a release back: what the baseline says is expected again, and only discovery confirms that it is."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from cmdb.errors import Outdated
from cmdb.history import Draft, cis_at, moment, revise, set_baseline_within
from cmdb.records import By, Desk, Record, get_record, instant, moved
from cmdb.releases.deploying import release
from cmdb.releases.discovery import Seen, discovered
from cmdb.releases.documents import Confirmation, Expectation, Expected, Version, Versions
from cmdb.store import ci_names


def reverse(desk: Desk, by: By, number: str, revision: int | None = None) -> Record:
    """Begin to take a release back to its baseline. Raises as `transition`."""

    def work(draft: Draft) -> Record:
        record = release(draft, number, revision)
        told = {"expected": _expectation(desk, by, record)} if "baseline_before" in record.values else {}
        return moved(draft, desk, by, record, "reverse", derived=told)

    return revise(desk.database, by.author, work)[0]


def confirm(desk: Desk, by: By, number: str) -> Record:
    """Ask discovery whether all is as it was. Raises Conflict that says what differs, and as `transition`."""
    read = get_record(desk.database, number)
    derived = (
        {"confirmation": confirmation.model_dump(mode="json")} if (confirmation := ask(desk, read)) else {}
    )

    def work(draft: Draft) -> Record:
        record = release(draft, read.number)
        if record.entries != read.entries:
            raise Outdated(f"{record.number} was changed while discovery was asked. Confirm it again.")
        baseline = f"{record.number}-reversed"
        record = moved(draft, desk, by, record, "confirm", derived={**derived, "baseline_reversed": baseline})
        set_baseline_within(draft, baseline, record.values["title"])
        return record

    return revise(desk.database, by.author, work)[0]


def ask(desk: Desk, record: Record) -> Confirmation | None:
    """What discovery says of the reversal at this moment; None where nothing is expected."""
    if "expected" not in record.values:
        return None
    expectation = Expectation.model_validate(record.values["expected"])
    found = discovered(desk.database, {one.ci for one in expectation.expected})
    since = datetime.fromisoformat(expectation.since)
    return Confirmation(
        at=instant(datetime.now(UTC)),
        entries=record.entries,
        sources=tuple(sorted({one.record for one in found if one.at >= since})),
        differs=tuple(text for one in expectation.expected for text in _differences(one, found, since)),
    )


def _expectation(desk: Desk, by: By, record: Record) -> dict[str, object]:
    name = record.values["baseline_before"]
    versions = Versions.model_validate(record.values["versions"])
    then = cis_at(desk.database, versions.cis, moment(desk.database, name).seq)
    names = ci_names(desk.database, versions.cis)

    def expected(version: Version) -> Expected:
        value = then.get(version.ci, {}).get(version.attribute)
        said = None if value is None else str(value)
        return Expected(
            ci=version.ci, name=names.get(version.ci, version.ci), attribute=version.attribute, value=said
        )

    told = tuple(map(expected, versions.versions))
    since = (by.at or datetime.now(UTC)).astimezone(UTC).isoformat()
    return Expectation(baseline=name, since=since, expected=told).model_dump(mode="json")


def _differences(expected: Expected, found: Iterable[Seen], since: datetime) -> Iterator[str]:
    """What speaks against it: a source that says something else, or that none has looked since.

    What should say nothing may be gone, so that no source can see it any more.
    """
    gone = expected.value is None
    told = [
        (one.record, str(one.attributes[expected.attribute]))
        for one in found
        if one.ci == expected.ci
        and one.attributes.get(expected.attribute) is not None
        and (gone or one.at >= since)
    ]
    what = f"{expected.attribute} of {expected.name}"
    if not told and not gone:
        yield f"no source has seen {what} since {instant(since)}"
    for record, value in told:
        if value != expected.value:
            yield f"{what} is {value} by {record}, not {expected.value or 'nothing'}"
