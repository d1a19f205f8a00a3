"""What matters most against failing every CI by definition."""

from datetime import date
from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.catalogue import load_catalogue
from impact.analysis import Analysis
from impact.analysis.propagation import Causes
from impact.projection import build
from impact.questions.accepted import Register
from impact.questions.critical import critical
from tests.impact.oracle import Question, graph_of
from tests.impact.oracle_single_points import Trials
from tests.impact.random_graphs import STRENGTHS, Case, random_case

CATALOGUE = load_catalogue()
WEIGHTS = {"critical": 8, "high": 4, "medium": 2, "low": 1, None: 1, "odd": 1}
NOTHING = np.array([], dtype=np.int32)
NOBODY = Causes(NOTHING, NOTHING, NOTHING)


def described(case: Case, rng: Random) -> Case:
    cis = [
        row._replace(
            class_=rng.choice(("server", "rack", "business_service")),
            name=f"{rng.choice('ab')} {row.no}",
            id=f"00000000-0000-0000-0000-{row.no:012d}",
            criticality=rng.choice(tuple(WEIGHTS)),
        )
        for row in case.cis
    ]
    return Case(cis, case.relationships, case.question, case.base)


def expected(case: Case, class_: str | None) -> list[tuple[int, int, str]]:
    """What falls with each CI: its weight, how many services, its name; what matters most first."""
    trials = Trials(graph_of(case.cis, case.relationships, STRENGTHS), Question())
    rows = {row.no: row for row in case.cis}
    services = {no for no in trials.candidates if rows[no].class_ == "business_service"}
    told = []
    for no in trials.candidates:
        fallen = (trials.down(frozenset({no})) & services) - {no}
        if fallen and class_ in (None, rows[no].class_):
            weight = sum(WEIGHTS[rows[service].criticality] for service in fallen)
            told.append((weight, len(fallen), rows[no].name))
    return sorted(told, key=lambda one: (-one[0], -one[1], one[2]))


@settings(max_examples=1000, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_what_matters_most_is_what_the_definition_says(seed: int) -> None:
    rng = Random(seed)
    case = described(random_case(rng), rng)
    projection = build(case.cis, case.relationships, STRENGTHS)
    analysis, register = Analysis(projection, projection, NOBODY, NOBODY), Register([], date.min)
    for class_ in (None, "rack"):
        classes = frozenset({class_} if class_ else ())
        wanted = expected(case, class_)
        whole = critical(analysis, CATALOGUE, classes, register, 0, 100)
        assert [(item.worth, item.services, item.name) for item in whole.items] == wanted
        assert whole.count == len(wanted)
        pages = [
            critical(analysis, CATALOGUE, classes, register, offset, 2) for offset in range(0, len(wanted), 2)
        ]
        assert [item for page in pages for item in page.items] == whole.items
