"""The smallest sets of failures that take a service down."""

from time import monotonic

from pydantic import Field

from cmdb.errors import InvalidInput
from impact.analysis import Analysis
from impact.answer.asked import asked
from impact.answer.models import Answer, Asked, AtRevision, CIRef
from impact.answer.writer import Writer
from impact.questions.together import LARGEST, Limit, Tree, together
from impact.scenario import Scenario
from impact.state import State, StateName

MOST, LONGEST = 100_000, 600


class CutSet(Answer):
    """CIs that take the service down together, and would not without any one of them."""

    cis: list[CIRef] = Field(description="By name.")


class Searched(Answer):
    """How far the search for cut sets of one size came."""

    size: int
    count: int = Field(description="How many were found.")
    complete: bool = Field(description="There are no others.")
    ended_by: Limit | None = Field(description="The limit that ended the search, where it is not complete.")


class CutSets(AtRevision):
    """The minimal cut sets of a service."""

    scenario: Asked
    service: CIRef
    state: StateName = Field(description="Under the scenario. What is down, or declared up, has none.")
    sizes: list[Searched]
    cut_sets: list[CutSet] = Field(description="The smallest first.")


def cut_sets(
    analysis: Analysis,
    scenario: Scenario,
    service: int,
    largest: int = LARGEST,
    most: int = 1_000,
    seconds: float = 10.0,
) -> CutSets:
    """The minimal cut sets of up to `largest` CIs, besides the service itself, on top of a scenario.

    Ends early with `most` sets or after `seconds`. Raises InvalidInput for limits out of range.
    """
    _check(largest, most, seconds)
    writer, projection = Writer(analysis), analysis.projection
    falls = analysis.state(service) != State.DOWN and service not in analysis.scenario.pinned
    tree = Tree(projection, service, analysis.outcome, analysis.scenario.pinned)
    end = monotonic() + seconds
    found = together(tree, largest if falls else 0, most, lambda: monotonic() > end)
    return CutSets(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        scenario=asked(scenario, analysis, writer),
        service=writer.ref(service),
        state=writer.state(service),
        sizes=[
            Searched(size=size, count=len(found.cuts[size]), complete=ended_by is None, ended_by=ended_by)
            for size, ended_by in found.ended_by.items()
        ],
        cut_sets=[
            CutSet(cis=writer.refs(sorted(cut, key=lambda ci: projection.cis.rank[ci])))
            for cuts in found.cuts.values()
            for cut in cuts
        ],
    )


def _check(largest: int, most: int, seconds: float) -> None:
    if not 1 <= largest <= LARGEST:
        raise InvalidInput(f"Cut sets of {largest} CIs are not sought; say 1 to {LARGEST}.")
    if not 1 <= most <= MOST:
        raise InvalidInput(f"The number of cut sets is {most:,}; it must be from 1 to {MOST:,}.")
    if not 0 < seconds <= LONGEST:
        raise InvalidInput(f"The time is {seconds:g} s; it must be above 0 and at most {LONGEST} s.")
