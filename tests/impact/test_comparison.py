"""Comparisons against plain Python on two answers of the oracle, of two graphs with indices of their own."""

from collections import Counter
from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.catalogue import load_catalogue
from impact.analysis import Analysis
from impact.analysis.propagation import Causes
from impact.answer.order import urgency
from impact.projection import CIRow, build
from impact.questions.changes import ABSENT, Change, Changes, Compared, changes
from impact.questions.comparison import comparison
from impact.scenario import Scenario
from tests.impact.oracle import WORSE, Answer, Question, graph_of, solve
from tests.impact.random_graphs import STRENGTHS, Case, random_case
from tests.impact.test_propagation import analyse, combined

CATALOGUE = load_catalogue()
CRITICALITIES = (None, "low", "medium", "high", "critical")
NOTHING = np.array([], dtype=np.int32)


def described(case: Case, rng: Random) -> Case:
    """The same graph, some of whose CIs are services, with names and criticalities."""
    cis = [
        row._replace(
            class_=rng.choice(("server", "business_service")),
            name=rng.choice("abc"),
            criticality=rng.choice(CRITICALITIES),
        )
        for row in case.cis
    ]
    return Case(cis, case.relationships, case.question, case.base)


def later(case: Case, rng: Random) -> Case:
    """Another moment of the graph: CIs have come and gone, relationships too, and other things fail."""
    other = described(random_case(rng), rng)
    kept = [row for row in case.cis if rng.random() < 0.8]
    fresh = [row for row in other.cis if row.no not in {known.no for known in case.cis}]
    cis = [*kept, *fresh]
    nos = {row.no for row in cis}
    fresh_rows = [row._replace(group=row.group and f"new {row.group}") for row in other.relationships]
    rows = [
        row
        for row in (*case.relationships, *fresh_rows)
        if rng.random() < 0.7 and {row.dependent, row.provider} <= nos
    ]
    question = other.question if rng.random() < 0.5 else case.question
    in_use = {row.no for row in cis if row.status not in ("planned", "in_stock")}
    return Case(cis, rows, within(question, in_use), Question())


def within(question: Question, nos: set[int]) -> Question:
    return Question(question.failed & nos, question.degraded & nos, question.not_impacted & nos)


def answer_of(case: Case) -> Answer:
    return solve(graph_of(case.cis, case.relationships, STRENGTHS), combined(case))


def expected(first: Case, second: Case) -> list[tuple[str, int]]:
    """Changes and CIs by number, in their order, by the definition of both."""
    before, after = answer_of(first).state, answer_of(second).state
    rows = {row.no: row for row in (*first.cis, *second.cis)}
    told = [
        (how, no)
        for no in before.keys() | after.keys()
        if (how := change_of(before.get(no), after.get(no))) is not None
    ]

    def key(one: tuple[str, int]) -> tuple[object, ...]:
        how, no = one
        row = rows[no]
        worst = max((WORSE.index(state[no]) for state in (before, after) if no in state), default=0)
        return (
            row.class_ != "business_service",
            ("worse", "new", "gone", "better").index(how),
            -worst,
            urgency(row.criticality),
            row.name,
            row.no,
        )

    return sorted(told, key=key)


def change_of(before: str | None, after: str | None) -> str | None:
    if before is None or after is None:
        there = before or after
        return None if there == "up" else "new" if before is None else "gone"
    worse = WORSE.index(after) - WORSE.index(before)
    return "worse" if worse > 0 else "better" if worse < 0 else None


def check(seed: int) -> None:
    rng = Random(seed)
    first = described(random_case(rng), rng)
    second = later(first, rng)
    pair = Compared(analyse(first), Scenario()), Compared(analyse(second), Scenario())
    found = changes(*pair, CATALOGUE)
    wanted = expected(first, second)
    assert told(found, *pair) == wanted
    services = {row.no for row in (*first.cis, *second.cis) if row.class_ != "server"}
    for change in (Change.WORSE, Change.NEW, Change.GONE, Change.BETTER):
        so = [no for how, no in wanted if how == change.label]
        assert found.count(change) == (len(services & set(so)), len(so))


def told(found: Changes, first: Compared, second: Compared) -> list[tuple[str, int]]:
    old, new = first.analysis.projection.cis.no, second.analysis.projection.cis.no
    pairs = zip(found.before.tolist(), found.after.tolist(), strict=True)
    nos = [int(old[before] if after == ABSENT else new[after]) for before, after in pairs]
    return list(zip((Change(change).label for change in found.change), nos, strict=True))


@settings(max_examples=1500, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_changes_are_those_of_the_definition(seed: int) -> None:
    check(seed)


def test_pages_of_a_comparison_follow_each_other() -> None:
    cis = [CIRow(no, "server", "operational", f"s{no}") for no in range(1, 8)]
    projection = build(cis, [], STRENGTHS)

    def failing(*nos: int) -> Compared:
        causes = Causes(projection.cis.find(nos), NOTHING, NOTHING)
        nobody = Causes(NOTHING, NOTHING, NOTHING)
        return Compared(Analysis(projection, projection, causes, nobody), Scenario())

    pair = failing(1, 2, 3), failing(3, 4, 5, 6, 7)
    whole, count = comparison(*pair, CATALOGUE, 0, 100)
    pages = [comparison(*pair, CATALOGUE, offset, 2)[0].items for offset in (0, 2, 4, 6)]
    assert [item for page in pages for item in page] == whole.items
    assert (count, Counter(item.change for item in whole.items)) == (6, {"worse": 4, "better": 2})
    assert whole.verdict == "As many services go down in both: 4 CIs fare worse, 2 CIs fare better."
    same, none = comparison(pair[0], pair[0], CATALOGUE, 0, 100)
    assert (same.verdict, none) == ("Nothing differs: every CI fares the same in both.", 0)
