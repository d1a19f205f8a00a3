"""Reading CIs: one, a page of them, its relationships, and full-text search."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound

CI = Mapping[str, Any]
LARGEST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a long list: at most `limit` items after `cursor`, where the page before ended."""

    limit: int = 50
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LARGEST_PAGE:
            raise InvalidInput(f"limit {self.limit} is not between 1 and {LARGEST_PAGE}.")


@dataclass(frozen=True, slots=True)
class Slice:
    """A page's items; `next` is the cursor of the following page, None on the last."""

    items: Sequence[CI]
    next: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """What to list; None leaves a property open. A class includes its descendants."""

    label: str | None = None
    status: str | None = None
    environment: str | None = None
    owner: str | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a CI as seen from it: to its provider, or from its dependent."""

    direction: Literal["provider", "dependent"]
    type: str
    other: CI
    properties: Mapping[str, Any]


def get_ci(database: Database, id_: str) -> CI:
    """The properties of a CI, current or retired; raises NotFound."""
    rows = database.read(
        """
        CALL () {
            MATCH (ci:CI {id: $id}) RETURN ci UNION MATCH (ci:RetiredCI {id: $id}) RETURN ci
        }
        RETURN properties(ci) AS ci
        """,
        id=id_,
    )
    if not rows:
        raise NotFound(f"There is no CI with id {id_}.")
    return dict(rows[0]["ci"])


def list_cis(database: Database, wanted: Filter, page: Page) -> Slice:
    """A page of CIs in order of name and id."""
    name, _, id_ = (page.cursor or "\n").rpartition("\n")
    rows = database.read(
        """
        CALL () {
            MATCH (ci:CI) WHERE NOT $retired AND ci.name >= $name RETURN ci
            UNION ALL
            MATCH (ci:RetiredCI) WHERE $retired AND ci.name >= $name RETURN ci
        }
        WITH ci
        WHERE (ci.name > $name OR ci.id > $id)
          AND ($label IS NULL OR $label IN labels(ci))
          AND ($status IS NULL OR ci.status = $status)
          AND ($environment IS NULL OR ci.environment = $environment)
          AND ($owner IS NULL OR ci.owner = $owner)
        RETURN properties(ci) AS ci ORDER BY ci.name, ci.id LIMIT $limit
        """,
        name=name,
        id=id_,
        limit=page.limit + 1,
        label=wanted.label,
        status=wanted.status,
        environment=wanted.environment,
        owner=wanted.owner,
        retired=wanted.retired,
    )
    found = [dict(row["ci"]) for row in rows]
    items = found[: page.limit]
    more = len(found) > page.limit
    return Slice(items, f"{items[-1]['name']}\n{items[-1]['id']}" if more else None)


def search(database: Database, text: str, page: Page) -> Slice:
    """CIs with words like those of `text` in their name, description, address or serial number.

    Current ones come before retired ones, best first.
    """
    words = re.findall(r"\w+", text.lower())  # in capitals, AND and OR are no words
    if not words:
        return Slice([], None)
    start = _start(page)
    rows = database.read(
        """
        CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
        CALL db.index.fulltext.queryNodes('ci_text', $words) YIELD node, score
        RETURN properties(node) AS ci ORDER BY node:CI DESC, score DESC, node.id SKIP $start LIMIT $limit
        """,
        words=" AND ".join(f"({word}~1 OR {word}*)" for word in words),
        start=start,
        limit=page.limit + 1,
    )
    items = [dict(row["ci"]) for row in rows]
    more = len(items) > page.limit
    return Slice(items[: page.limit], str(start + page.limit) if more else None)


def _start(page: Page) -> int:
    text = page.cursor or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise InvalidInput("The cursor is none that a search gave as `next`.")
    return int(text)


def relationships(database: Database, id_: str) -> list[Relationship]:
    """All relationships of a current CI: providers first, each by type, group and name."""
    rows = database.read(
        """
        MATCH (ci:CI {id: $id})-[relationship]-(other:CI)
        RETURN startNode(relationship) = ci AS out, type(relationship) AS type,
               other {.id, .name, .class, .status} AS other, properties(relationship) AS properties
        ORDER BY out DESC, type, relationship.group, other.name, other.id
        """,
        id=id_,
    )
    return [
        Relationship("provider" if row["out"] else "dependent", row["type"], row["other"], row["properties"])
        for row in rows
    ]
