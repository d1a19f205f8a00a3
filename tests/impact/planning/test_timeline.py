"""When things are away and degraded: the engine against every second by definition, on random graphs."""

from collections.abc import Mapping
from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.changes import Effect
from impact.analysis.outages import ENDLESS, Durations, outages
from impact.planning.spans import FOREVER, Spans, holds
from impact.planning.spells import Spell
from impact.planning.timeline import timeline
from impact.projection import CIRow, Projection, RelationshipRow, build
from tests.impact.oracle_outages import timed_groups
from tests.impact.planning.oracle_timeline import SECONDS, Cause, Row, live
from tests.impact.random_graphs import STRENGTHS, Case, random_case

TIMES = (None, None, 0, 1, 2, 3, 5, 8)
LENGTHS = (1, 2, 3, 5, 8, 13, None)


def with_times(rng: Random, rows: list[RelationshipRow], tolerated: bool) -> list[RelationshipRow]:
    failovers: dict[object, int | None] = {}
    timed = []
    for index, row in enumerate(rows):
        group = index if row.group is None else (row.dependent, row.group)
        failover = failovers.setdefault(group, rng.choice(TIMES))
        timed.append(row._replace(failover=failover, tolerates=rng.choice(TIMES) if tolerated else None))
    return timed


def random_causes(rng: Random, nos: list[int], at_once: bool = False) -> list[Cause]:
    causes: list[Cause] = []
    for _ in range(rng.randint(0, 5)):
        begin, seconds = 0 if at_once else rng.randint(0, 20), rng.choice(LENGTHS)
        effect: Effect = "degraded" if not at_once and rng.random() < 0.3 else "down"
        causes.append(Cause(rng.choice(nos), effect, begin, None if seconds is None else begin + seconds))
    return causes


def spell(projection: Projection, cause: Cause) -> Spell:
    (ci,) = projection.cis.find([cause.ci]).tolist()
    return Spell("step", (ci,), cause.effect, cause.begin, FOREVER if cause.end is None else cause.end)


def in_use(case: Case) -> list[int]:
    return [ci.no for ci in case.cis if ci.status not in ("planned", "in_stock")]


def rows(projection: Projection, found: Mapping[int, Spans]) -> dict[int, Row]:
    nos = projection.cis.no.tolist()
    return {no: [holds(found.get(ci, ()), t) for t in range(SECONDS)] for ci, no in enumerate(nos)}


@settings(max_examples=250, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_every_second_is_as_the_rules_have_it(seed: int) -> None:
    rng = Random(seed)
    case = random_case(rng)
    if nos := in_use(case):
        relationships = with_times(rng, case.relationships, tolerated=rng.random() < 0.6)
        causes = random_causes(rng, nos)
        projection = build(case.cis, relationships, STRENGTHS)
        found = timeline(projection, tuple(spell(projection, cause) for cause in causes))
        lived = live(nos, timed_groups(case.cis, relationships, STRENGTHS), causes)
        assert rows(projection, found.away) == lived.away
        assert rows(projection, found.degraded) == lived.degraded


@settings(max_examples=250, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_failures_at_once_without_tolerance_last_as_long_as_a_scenario_says(seed: int) -> None:
    """The kernel of outages answers the same question where nothing has its own time."""
    rng = Random(seed)
    case = random_case(rng)
    if nos := in_use(case):
        projection = build(case.cis, with_times(rng, case.relationships, tolerated=False), STRENGTHS)
        longest: dict[int, int] = {}
        for cause in random_causes(rng, nos, at_once=True):
            end = ENDLESS if cause.end is None else cause.end
            longest[cause.ci] = max(end, longest.get(cause.ci, 0))
        failed, none = projection.cis.find(longest), np.array([], dtype=np.int32)
        seconds = np.array(list(longest.values()), dtype=np.int32)
        told = outages(projection, Durations(failed, seconds, none, none))
        spells = tuple(
            Spell("step", (int(ci),), "down", 0, FOREVER if end == ENDLESS else int(end))
            for ci, end in zip(failed, seconds, strict=True)
        )
        expected = {
            int(ci): ((0, FOREVER if end == ENDLESS else int(end)),)
            for ci, end in zip(told.cis, told.seconds, strict=True)
            if end
        }
        assert timeline(projection, spells).away == expected


def test_a_rolling_restart_fails_over_at_every_node_and_a_battery_bridges_what_is_short() -> None:
    cis = [CIRow(no, "server", "operational") for no in range(5)]
    relationships = [
        RelationshipRow(0, 1, "runs_on", "nodes", 1, failover=30),
        RelationshipRow(0, 2, "runs_on", "nodes", 1, failover=30),
        RelationshipRow(3, 4, "runs_on", tolerates=100),
    ]
    projection = build(cis, relationships, STRENGTHS)
    spells = (Spell("a", (1,), "down", 0, 300), Spell("b", (2, 4), "down", 300, 600))
    away = timeline(projection, spells).away
    assert away[0] == ((0, 30), (300, 330))
    assert away[3] == ((400, 600),)
