"""Random graphs without any order, and questions about them."""

from dataclasses import dataclass
from random import Random

from impact.projection import CIRow, RelationshipRow
from tests.impact.oracle import Question

STRENGTHS = {"runs_on": "hard", "calls": "soft", "backed_up_to": "guard", "linked_to": "none"}
NEEDS = (None, None, 0, 1, 1, 2, 2, 3, 9, "0%", "1%", "33%", "34%", "50%", "60%", "66.7%", "100%")
STATUSES = (*("operational",) * 7, "maintenance", "planned", "in_stock")


@dataclass(frozen=True)
class Case:
    cis: list[CIRow]
    relationships: list[RelationshipRow]
    question: Question
    base: Question


def random_case(rng: Random) -> Case:
    """Cycles, groups across types, groups that contain their owner, needs larger than the group."""
    nos = rng.sample(range(1, 40), rng.randint(1, 9))
    cis = [CIRow(no, "server", rng.choice(STATUSES)) for no in nos]
    groups = [random_group(rng, nos, f"g{index}") for index in range(rng.randint(0, 14))]
    relationships = [row for rows in groups for row in rows]
    rng.shuffle(relationships)
    in_use = [ci.no for ci in cis if ci.status not in ("planned", "in_stock")]
    question = random_question(rng, in_use)
    base = random_question(rng, in_use) if rng.randint(0, 2) == 0 else Question()
    return Case(cis, relationships, question, Question(failed=base.failed, degraded=base.degraded))


def random_group(rng: Random, nos: list[int], name: str) -> list[RelationshipRow]:
    """The rows of a group, or one plain relationship."""
    plain = rng.random() < 0.4
    ends = [(no, type_) for no in nos for type_ in STRENGTHS]
    row = RelationshipRow(
        dependent=rng.choice(nos),
        provider=0,
        type="",
        group=None if plain else name,
        need=None if plain else rng.choice(NEEDS),
        strength=rng.choice((None, "hard", "hard", "soft", "guard", "none")),
    )
    weighted = rng.random() < 0.3
    return [
        row._replace(provider=no, type=type_, weight=rng.choice((None, 1, 2, 5)) if weighted else None)
        for no, type_ in rng.sample(ends, 1 if plain else rng.randint(1, min(5, len(ends))))
    ]


def random_question(rng: Random, nos: list[int]) -> Question:
    failed, degraded, pinned = (
        frozenset(rng.sample(nos, min(len(nos), rng.randint(0, 2)))) for _ in range(3)
    )
    return Question(failed, degraded, pinned - failed - degraded)
