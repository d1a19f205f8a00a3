"""What one failure hurts together, against the rules of failure by definition."""

from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from impact.beneath import fails_together
from tests.impact.oracle import Question, solve
from tests.impact.reaching import Walk, random_walk


def expected(case: Walk, cis: list[int], others: list[int]) -> set[str]:
    found: set[int] = set()
    for cause in case.inside:
        state = solve(case.told, Question(failed=frozenset({cause}))).state
        hurt = {no for no in state if state[no] in ("down", "degraded")}
        if hurt & {*cis}:
            found |= hurt & {*others}
    return {case.rows[no].id for no in found}


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=150, deadline=None, phases=[Phase.generate])
def test_what_fails_together_has_one_cause(seed: int) -> None:
    rng = Random(seed)
    case = random_walk(rng)
    cis, others = (rng.choices([*case.rows], k=rng.randint(0, 4)) for _ in range(2))
    told = fails_together(
        case.projection, [case.rows[no].id for no in cis], [case.rows[no].id for no in others]
    )
    assert told == expected(case, cis, others)
