"""Every drawing of docs/impact.md, by the engine and by the oracle."""

import re
from pathlib import Path

import numpy as np
import pytest

from impact.analysis import Analysis
from impact.projection import Projection, build
from impact.propagation import Causes
from impact.state import State
from tests.impact.drawing import Asked, Drawing
from tests.impact.oracle import Question, graph_of, solve

PAGE = Path(__file__).parents[2] / "docs" / "impact.md"
STRENGTHS = {"depends_on": "hard"}
DRAWINGS = [Drawing(text) for text in re.findall(r"```impact\n(.*?)```", PAGE.read_text(), re.S)]
CASES = [pytest.param(drawing, asked, id=asked.line) for drawing in DRAWINGS for asked in drawing.asked]


def causes(projection: Projection, question: Question) -> Causes:
    declared = (question.failed, question.degraded, question.not_impacted)
    return Causes(*(np.sort(projection.cis.find(nos)) for nos in declared))


def analyse(drawing: Drawing, asked: Asked) -> Analysis:
    projection = build(drawing.cis(), drawing.relationships, STRENGTHS)
    return Analysis(
        projection, projection, causes(projection, asked.scenario), causes(projection, asked.base)
    )


@pytest.mark.parametrize(("drawing", "asked"), CASES)
def test_the_engine_answers_as_the_page_says(drawing: Drawing, asked: Asked) -> None:
    analysis = analyse(drawing, asked)
    nos, outcome = analysis.projection.cis.no.tolist(), analysis.outcome
    states = zip(outcome.cis.tolist(), outcome.states.tolist(), strict=True)
    assert {nos[ci]: State(state).label for ci, state in states} == asked.states
    if asked.path:
        (ci,) = analysis.projection.cis.find(asked.path[-1:])
        assert [nos[at] for at in analysis.evidence(int(ci)).path] == asked.path


@pytest.mark.parametrize(("drawing", "asked"), CASES)
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


def test_the_page_shows_what_it_promises() -> None:
    assert len(CASES) > 30
