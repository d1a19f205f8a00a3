"""What is asked of every engine, and what an answer is."""

from dataclasses import dataclass
from typing import Literal, Protocol

from impact.arrays import Ints

Kind = Literal["reached", "down", "required", "single_points"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about CIs by number.

    `reached`: what depends on them at any distance. `down`: what really fails with them. `required`: what
    they depend on. `single_points`: whose failure alone takes one of them down.
    """

    kind: Kind
    name: str
    cis: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How many, and which: CIs, ascending, or by CI how many services fall with it; None where not told."""

    count: int
    exact: Ints | None = None

    def agrees(self, other: "Answer") -> bool:
        """Whether two answers say the same, as far as both tell."""
        if self.exact is None or other.exact is None:
            return self.count == other.count
        return self.count == other.count and bool((self.exact == other.exact).all())


@dataclass(frozen=True, slots=True)
class Measured:
    """An answer with its best time in milliseconds."""

    answer: Answer
    ms: float


class Engine(Protocol):
    """Something that answers questions on one graph."""

    @property
    def name(self) -> str:
        """What it is called in tables."""

    def measure(self, question: Question) -> Measured | None:
        """Answer, and tell the time of that; None where it is too slow or has no such function."""
