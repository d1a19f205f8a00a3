"""Every drawing of docs/impact.md, by the engine and by the oracle."""

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from impact.analysis import Analysis
from impact.analysis.outages import ENDLESS
from impact.analysis.propagation import Causes
from impact.projection import Projection, build
from impact.state import State
from tests.impact import oracle_outages as oracle
from tests.impact.drawing import Asked, Drawing
from tests.impact.oracle import Question, graph_of, solve
from tests.impact.oracle_outages import TimedAnswer, TimedQuestion, solve_outages, timed_groups

PAGE = Path(__file__).parents[2] / "docs" / "impact.md"
STRENGTHS = {"depends_on": "hard"}
DRAWINGS = [Drawing(text) for text in re.findall(r"```impact\n(.*?)```", PAGE.read_text(), re.S)]
ASKED = [(drawing, asked) for drawing in DRAWINGS for asked in drawing.asked]
CASES = [pytest.param(drawing, asked, id=asked.line) for drawing, asked in ASKED]
TIMELESS = [case for case, (_, asked) in zip(CASES, ASKED, strict=True) if not asked.interrupted]


def causes(projection: Projection, question: Question, durations: Mapping[int, float]) -> Causes:
    failed, degraded, pinned = (
        np.sort(projection.cis.find(nos))
        for nos in (question.failed, question.degraded, question.not_impacted)
    )
    if not durations:
        return Causes(failed, degraded, pinned)
    nos = projection.cis.no[failed].tolist()
    return Causes(
        failed, degraded, pinned, np.array([int(durations.get(no, ENDLESS)) for no in nos], np.int32)
    )


def analyse(drawing: Drawing, asked: Asked) -> Analysis:
    projection = build(drawing.cis(), drawing.relationships, STRENGTHS)
    scenario = causes(projection, asked.scenario, asked.durations)
    return Analysis(projection, projection, scenario, causes(projection, asked.base, {}))


@pytest.mark.parametrize(("drawing", "asked"), CASES)
def test_the_engine_answers_as_the_page_says(drawing: Drawing, asked: Asked) -> None:
    analysis = analyse(drawing, asked)
    nos, outcome = analysis.projection.cis.no.tolist(), analysis.outcome
    states = zip(outcome.cis.tolist(), outcome.states.tolist(), strict=True)
    assert {nos[ci]: State(state).label for ci, state in states} == asked.states
    interrupted = analysis.projection.cis.find(asked.interrupted).tolist()
    assert {nos[ci]: outcome.seconds(ci) for ci in interrupted} == asked.interrupted
    if asked.path:
        (ci,) = analysis.projection.cis.find(asked.path[-1:])
        assert [nos[at] for at in analysis.evidence(int(ci)).path] == asked.path


@pytest.mark.parametrize(("drawing", "asked"), TIMELESS)
def test_the_oracle_agrees_with_the_page(drawing: Drawing, asked: Asked) -> None:
    graph = graph_of(drawing.cis(), drawing.relationships, STRENGTHS)
    pins = asked.scenario.not_impacted
    together = Question(
        asked.scenario.failed | (asked.base.failed - pins),
        asked.scenario.degraded | (asked.base.degraded - pins),
        pins,
    )
    answer = solve(graph, together)
    assert {no: state for no, state in answer.state.items() if state != "up"} == asked.states


def timed(asked: Asked) -> TimedQuestion:
    pins = asked.scenario.not_impacted
    failed = (asked.scenario.failed | asked.base.failed) - pins
    degraded = (asked.scenario.degraded | asked.base.degraded) - pins
    return TimedQuestion({no: asked.durations.get(no, oracle.ENDLESS) for no in failed}, degraded, pins)


def check_times(answer: TimedAnswer, asked: Asked) -> None:
    assert {no: state for no, state in answer.state.items() if state != "up"} == asked.states
    assert {no: answer.seconds[no] for no in asked.interrupted} == asked.interrupted


@pytest.mark.parametrize(("drawing", "asked"), CASES)
def test_the_oracle_tells_how_long_as_the_page_says(drawing: Drawing, asked: Asked) -> None:
    groups = timed_groups(drawing.cis(), drawing.relationships, STRENGTHS)
    check_times(solve_outages(drawing.cis(), groups, timed(asked)), asked)


def test_the_page_shows_what_it_promises() -> None:
    assert len(CASES) > 30
