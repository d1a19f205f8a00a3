"""Joint loss against all subsets of changes in every second, on random graphs."""

from itertools import combinations
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cmdb.changes import Effect
from impact.planning.harm import Harms
from impact.planning.joint import joint_losses
from impact.planning.minimal import minimal_sets
from impact.planning.spans import holds
from impact.projection import CIRow, RelationshipRow, build
from tests.impact.oracle import Question, graph_of, solve
from tests.impact.planning.oracle_timeline import Cause
from tests.impact.planning.test_timeline import in_use, spell
from tests.impact.random_graphs import STRENGTHS, Case, random_case

LEVELS = {"up": 0, "at_risk": 0, "degraded": 1, "down": 2}
SECONDS = 40
Losses = dict[tuple[frozenset[str], int], dict[int, int]]
"""The level of harm by CI, by changes and second."""


def by_definition(case: Case, new: str, work: dict[str, list[Cause]]) -> Losses:
    graph = graph_of(case.cis, case.relationships, STRENGTHS)
    known: dict[frozenset[tuple[int, str]], dict[int, int]] = {}

    def levels(changes: frozenset[str], second: int) -> dict[int, int]:
        last = frozenset(
            (cause.ci, cause.effect)
            for change in changes
            for cause in work[change]
            if cause.begin <= second and (cause.end is None or second < cause.end)
        )
        if last not in known:
            down, degraded = (
                frozenset(ci for ci, e in last if e == effect) for effect in ("down", "degraded")
            )
            states = solve(graph, Question(down, degraded - down)).state
            known[last] = {ci: LEVELS[state] for ci, state in states.items()}
        return known[last]

    found: Losses = {}
    for second in range(SECONDS):
        for changes in subsets(work):
            if new in changes and len(changes) > 1:
                under = levels(changes, second)
                fewer = [levels(changes - {one}, second) for one in changes]
                worse = {ci: level for ci, level in under.items() if all(level > less[ci] for less in fewer)}
                if worse:
                    found[changes, second] = worse
    return found


def subsets(of: "dict[str, list[Cause]]") -> list[frozenset[str]]:
    return [frozenset(some) for size in range(len(of) + 1) for some in combinations(sorted(of), size)]


def redundant(rng: Random) -> Case:
    """A graph, cycles and all, in which it mostly takes several failures to lose anything."""
    nos = list(range(1, 10))
    cis = [CIRow(no, "server", "operational") for no in nos]
    rows = []
    for index in range(rng.randint(2, 9)):
        members = rng.sample(nos, rng.choice((1, 2, 2, 3, 3, 4)))
        owner, need = rng.choice(nos), rng.randint(1, max(1, len(members) - 1))
        strength = rng.choice(("hard", "hard", "hard", "soft"))
        rows += [RelationshipRow(owner, no, "runs_on", f"g{index}", need, strength) for no in members]
    return Case(cis, rows, Question(), Question())


def random_work(rng: Random, nos: list[int]) -> dict[str, list[Cause]]:
    """Changes that meet: some in a single second only."""
    work: dict[str, list[Cause]] = {}
    for index in range(rng.randint(2, 5)):
        causes = work[f"CHG-{index}"] = []
        for ci in rng.choices(nos, k=rng.randint(1, 2)):
            begin = rng.randint(0, 6)
            effect: Effect = "degraded" if rng.random() < 0.2 else "down"
            causes.append(Cause(ci, effect, begin, rng.choice((None, begin + rng.randint(1, 9)))))
    return work


@settings(max_examples=300, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**64))
def test_joint_losses_are_those_of_every_subset_in_every_second(seed: int) -> None:
    rng = Random(seed)
    case = random_case(rng) if rng.random() < 0.2 else redundant(rng)
    if not (nos := in_use(case)):
        return
    work = random_work(rng, nos)
    projection = build(case.cis, case.relationships, STRENGTHS)
    spells = {number: tuple(spell(projection, cause) for cause in causes) for number, causes in work.items()}
    found, complete = joint_losses(Harms(projection), "CHG-0", spells)
    assert complete
    expected = by_definition(case, "CHG-0", work)
    told: Losses = {}
    for one in found:
        harm = {int(projection.cis.no[ci]): level for ci, level in one.harm.items()}
        for second in range(SECONDS):
            if holds(one.times, second):
                told[one.changes, second] = harm
    assert told.keys() == expected.keys()
    for changes in {changes for changes, _ in expected}:
        levels: dict[int, int] = {}
        for (some, _), harm in expected.items():
            for ci, level in harm.items() if some == changes else ():
                levels[ci] = max(level, levels.get(ci, 0))
        assert next(harm for (some, _), harm in told.items() if some == changes) == levels


@settings(max_examples=200, deadline=None)
@given(st.sets(st.frozensets(st.sampled_from("abcde")), max_size=6))
def test_minimal_sets_are_those_without_a_smaller_one(given_sets: set[frozenset[str]]) -> None:
    def contains(some: frozenset[str]) -> bool:
        return any(one <= some for one in given_sets)

    least = {one for one in given_sets if not any(other < one for other in given_sets)}
    found, complete = minimal_sets("abcde", contains, 1000)
    assert (set(found), complete) == (least, True)
