"""Long answers in pages, all of which keep to the revisions of the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from cmdb.errors import InvalidInput
from impact.answer import Cursor, digest
from impact.answer.models import Answer
from impact.projection import Moments, Projection

LARGEST = 10_000

A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of `limit` items that begins at `offset`, of the answer to a question."""

    question: str
    """Digest of the question."""
    graphs: tuple[Projection, ...]
    offset: int
    limit: int

    def of(self, answer: A, count: int) -> A:
        """The answer with its `next`, if there are more of its `count` items."""
        end = self.offset + self.limit
        revisions = tuple(graph.revision.seq for graph in self.graphs)
        following = str(Cursor(revisions, end, self.question)) if end < count else None
        return answer.model_copy(update={"next": following})


def turned_to(
    snapshots: Moments,
    question: Sequence[BaseModel],
    moments: Sequence[str | None],
    limit: int,
    cursor: str | None,
) -> Page:
    """The page that a cursor names, or the first, with the graph at each moment that the question is about.

    Raises InvalidInput for a cursor of another question, and for a limit out of range.
    """
    if not 1 <= limit <= LARGEST:
        raise InvalidInput(f"The limit is {limit}; it must be from 1 to {LARGEST}.")
    asked = digest(*question)
    begin = Cursor.read(cursor, asked, len(moments)) if cursor else None
    at = [str(revision) for revision in begin.revisions] if begin else moments
    graphs = {moment: snapshots.at(moment) for moment in dict.fromkeys(at)}
    return Page(asked, tuple(graphs[moment] for moment in at), begin.offset if begin else 0, limit)
