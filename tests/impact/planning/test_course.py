"""The moments of a plan, the worst of them, and services, against every second by definition."""

from collections.abc import Iterable
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.catalogue import Catalogue, load_catalogue
from impact.planning.course import course
from impact.planning.models import Course, Moment, ServiceFate
from impact.projection import CIRow, RelationshipRow, build
from impact.questions.alone import WORTH
from tests.impact.oracle import Question, graph_of, solve
from tests.impact.oracle_outages import timed_groups
from tests.impact.planning.oracle_timeline import SECONDS, Cause, Lived, live
from tests.impact.planning.test_timeline import random_causes, spell, with_times
from tests.impact.random_graphs import STRENGTHS, random_case

CATALOGUE: Catalogue = load_catalogue()


def with_services(rng: Random, cis: Iterable[CIRow]) -> list[CIRow]:
    return [
        ci._replace(
            class_=rng.choice(("server", "business_service")),
            name=f"ci {ci.no}",
            criticality=rng.choice((None, *WORTH)),
        )
        for ci in cis
        if ci.status not in ("planned", "in_stock")
    ]


class Told:
    """What every second says of services."""

    def __init__(self, cis: list[CIRow], rows: list[RelationshipRow], causes: list[Cause]) -> None:
        self.cis, self.causes = {ci.no: ci for ci in cis}, causes
        self.graph = graph_of(cis, rows, STRENGTHS)
        self.services = [ci.no for ci in cis if ci.class_ == "business_service"]
        self.lived: Lived = live([*self.cis], timed_groups(cis, rows, STRENGTHS), causes)
        self._exposed: dict[tuple[frozenset[int], frozenset[int]], set[int]] = {}

    def down(self, second: int) -> set[int]:
        return {no for no in self.cis if self.lived.away[no][second]}

    def degraded(self, second: int) -> set[int]:
        return {no for no in self.cis if self.lived.degraded[no][second]} - self.down(second)

    def exposed(self, second: int) -> set[int]:
        last = [c for c in self.causes if c.begin <= second and (c.end is None or second < c.end)]
        down = frozenset(c.ci for c in last if c.effect == "down")
        key = down, frozenset(c.ci for c in last if c.effect == "degraded") - down
        if key not in self._exposed:
            self._exposed[key] = self._endangered(*key)
        return self._exposed[key] - self.down(second) - self.degraded(second)

    def _endangered(self, down: frozenset[int], degraded: frozenset[int]) -> set[int]:
        under = solve(self.graph, Question(down, degraded)).state
        more = {x: solve(self.graph, Question(down | {x}, degraded)).state for x in self.cis}
        alone = {x: solve(self.graph, Question(frozenset({x}))).state for x in self.cis}
        return {
            s
            for s in self.services
            if under[s] == "down"
            or any(more[x][s] == "down" and alone[x][s] != "down" for x in self.cis if x != s)
        }

    def severity(self, second: int) -> tuple[int, ...]:
        down, degraded = self.down(second), self.degraded(second)
        of_services = (found & {*self.services} for found in (down, degraded, self.exposed(second)))
        worth = (sum(WORTH.get(self.cis[no].criticality, 1) for no in found) for found in of_services)
        return (*worth, len(down), len(degraded))


def severity(moment: Moment, told: Told) -> tuple[int, ...]:
    listed = (moment.services_down, moment.services_degraded, moment.services_exposed)
    criticalities = {ci.name: ci.criticality for ci in told.cis.values()}
    worth = (sum(WORTH.get(criticalities[ref.name], 1) for ref in some.first) for some in listed)
    return (*worth, moment.down, moment.degraded)


def check_moment(moment: Moment, told: Told) -> None:
    begin = round(moment.begin.timestamp())
    end = SECONDS if moment.end is None else round(moment.end.timestamp())
    for second in (begin, end - 1):
        assert severity(moment, told) == told.severity(second)
        assert {ref.name for ref in moment.services_exposed.first} == {
            f"ci {no}" for no in told.exposed(second)
        }


def check_fate(fate: ServiceFate, told: Told) -> None:
    no = int(fate.name.removeprefix("ci "))
    for seconds, found in (
        (fate.down, told.down),
        (fate.degraded, told.degraded),
        (fate.exposed, told.exposed),
    ):
        lived = [no in found(second) for second in range(SECONDS)]
        assert (seconds is None) == lived[-1]
        if seconds is not None:
            assert seconds == sum(lived)


def check(found: Course, told: Told) -> None:
    severities = [told.severity(second) for second in range(SECONDS)]
    for moment in found.moments:
        check_moment(moment, told)
    for fate in found.services:
        check_fate(fate, told)
    worst = severity(found.worst, told) if found.worst else (0,) * 5
    assert worst == max(severities)
    hit = {f"ci {no}" for s in range(SECONDS) for no in told.down(s) | told.degraded(s) | told.exposed(s)}
    assert {fate.name for fate in found.services} == hit & {f"ci {no}" for no in told.services}


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_moments_and_services_are_as_every_second_has_them(seed: int) -> None:
    rng = Random(seed)
    case = random_case(rng)
    if cis := with_services(rng, case.cis):
        known = {ci.no for ci in cis}
        rows = [row for row in case.relationships if {row.dependent, row.provider} <= known]
        rows = with_times(rng, rows, tolerated=rng.random() < 0.5)
        causes = random_causes(rng, sorted(known))
        projection = build(cis, rows, STRENGTHS)
        found = course(projection, CATALOGUE, tuple(spell(projection, cause) for cause in causes))
        check(found, Told(cis, rows, causes))
