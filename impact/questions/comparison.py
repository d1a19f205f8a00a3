"""Two scenarios, or one at two times: what fares better or worse in the second."""

from collections.abc import Iterator

from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.answer.asked import asked
from impact.answer.models import Answer, Asked, AtRevision, CIRef, Item, Reason, StateCounts
from impact.answer.order import services
from impact.answer.tally import tally
from impact.answer.writer import Writer
from impact.questions.changes import ABSENT, Change, ChangeName, Changes, Compared, changes
from impact.questions.verdict import verdict
from impact.state import StateName


class Side(AtRevision):
    """One of the two."""

    scenario: Asked
    counts: StateCounts
    services: StateCounts = Field(description="Services alone.")


class Changed(Answer):
    """How many CIs change in one way."""

    services: int
    cis: int = Field(description="All of them, services included.")


class ChangeCounts(Answer):
    """How many CIs change, by the way they do."""

    worse: Changed
    new: Changed = Field(description="Affected in the second, and not there in the first.")
    gone: Changed = Field(description="Affected in the first, and not there in the second.")
    better: Changed


class Standing(Answer):
    """What becomes of a CI in one of the two."""

    state: StateName
    seconds: int | None = Field(description="How long it is interrupted; nothing for any other state.")
    distance: int = Field(description="Steps from a cause.")
    reason: Reason | None = Field(description="Nothing for a CI that is up.")


class ComparedCI(CIRef):
    """A CI that does not fare the same in both."""

    change: ChangeName
    criticality: str | None
    environment: str | None
    owner: str | None
    before: Standing | None = Field(description="In the first; nothing where it is not there.")
    after: Standing | None = Field(description="In the second; nothing where it is not there.")


class Comparison(Answer):
    """What differs between two scenarios."""

    before: Side
    after: Side
    verdict: str = Field(description="What it comes to, in a sentence.")
    counts: ChangeCounts
    items: list[ComparedCI] = Field(
        description="Services first; what gets worse, is new, is gone, gets better; then the worst first."
    )
    next: str | None = Field(default=None, description="Cursor of the next page.")


def comparison(
    first: Compared, second: Compared, catalogue: Catalogue, offset: int, limit: int
) -> tuple[Comparison, int]:
    """The page of `limit` items that begins at `offset`, and how many items there are in all."""
    found = changes(first, second, catalogue)
    writers = Writer(first.analysis), Writer(second.analysis)
    before, after = (
        _side(one, writer, catalogue) for one, writer in zip((first, second), writers, strict=True)
    )
    counts = {change.label: found.count(change) for change in Change if change != Change.SAME}
    answer = Comparison(
        before=before,
        after=after,
        verdict=verdict(after.services.down - before.services.down, counts),
        counts=ChangeCounts(
            **{name: Changed(services=services, cis=cis) for name, (services, cis) in counts.items()}
        ),
        items=list(_items(found, *writers, offset, limit)),
    )
    return answer, len(found.change)


def _side(one: Compared, writer: Writer, catalogue: Catalogue) -> Side:
    analysis, affected = one.analysis, one.affected
    states, is_service = analysis.states(affected), services(affected, analysis.projection.cis, catalogue)
    return Side(
        revision=analysis.projection.revision.seq,
        as_of=analysis.projection.revision.at,
        scenario=asked(one.scenario, analysis, writer),
        counts=StateCounts(**tally(states)),
        services=StateCounts(**tally(states[is_service])),
    )


def _items(found: Changes, first: Writer, second: Writer, offset: int, limit: int) -> Iterator[ComparedCI]:
    page = slice(offset, offset + limit)
    columns = (found.before[page].tolist(), found.after[page].tolist(), found.change[page].tolist())
    for was, becomes, change in zip(*columns, strict=True):
        before = None if was == ABSENT else first.item(was)
        after = None if becomes == ABSENT else second.item(becomes)
        known = after or before
        assert known  # it is on one side at least
        yield ComparedCI(
            id=known.id,
            name=known.name,
            class_=known.class_,
            change=Change(change).label,
            criticality=known.criticality,
            environment=known.environment,
            owner=known.owner,
            before=_standing(before),
            after=_standing(after),
        )


def _standing(item: Item | None) -> Standing | None:
    if item is None:
        return None
    return Standing(state=item.state, seconds=item.seconds, distance=item.distance, reason=item.reason)
