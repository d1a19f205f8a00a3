"""Finds a CI by what people call it."""

from collections.abc import Iterable

from cmdb.database import Database
from cmdb.errors import Ambiguous, NotFound
from cmdb.store.reading import Page, search

CANDIDATES = 10


def find_ci(database: Database, text: str) -> str:
    """The id of the CI that is called `text`: an id, a name, `class:name`, or `source/native_id`.

    Current CIs are preferred to retired ones. Raises NotFound with similar names, Ambiguous with all
    candidates.
    """
    rows = database.read(
        """
        CALL () {
            MATCH (ci:CI {id: $text}) RETURN ci
            UNION MATCH (ci:RetiredCI {id: $text}) RETURN ci
            UNION MATCH (:SourceRecord {key: 'manual::' + $text})-[:DESCRIBES]->(ci) RETURN ci
            UNION MATCH (ci:CI {name: $text}) RETURN ci
            UNION MATCH (ci:RetiredCI {name: $text}) RETURN ci
            UNION MATCH (ci:CI {name: $name}) WHERE ci.class = $class RETURN ci
            UNION MATCH (ci:RetiredCI {name: $name}) WHERE ci.class = $class RETURN ci
            UNION
            MATCH (run:Run {source: $source})
            WITH DISTINCT $source + ':' + run.scope + ':' + $native_id AS key
            MATCH (:SourceRecord {key: key})-[:DESCRIBES]->(ci) RETURN ci
        }
        RETURN ci.id AS id, ci.name AS name, ci.class AS class, ci:CI AS current
        ORDER BY name, class, id
        """,
        text=text,
        **_parts(text),
    )
    found = [row for row in rows if row["current"]] or rows
    if len(found) == 1:
        return str(found[0]["id"])
    if not found:
        raise _unknown(database, text)
    names = ", ".join(f"{row['class']}:{row['name']} ({row['id']})" for row in found[:CANDIDATES])
    raise Ambiguous(
        f"{len(found)} CIs are called {text!r}: {names}. Name one by class:name or by id.",
        candidates=[{key: row[key] for key in ("id", "name", "class")} for row in found],
    )


def ci_names(database: Database, ids: Iterable[str]) -> dict[str, str]:
    """The names of CIs, current or retired, by id."""
    rows = database.read(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
        }
        RETURN id, ci.name AS name
        """,
        ids=list(ids),
    )
    return {row["id"]: row["name"] for row in rows}


def _parts(text: str) -> dict[str, str]:
    class_, _, name = text.partition(":")
    source, _, native_id = text.partition("/")
    return {"class": class_, "name": name, "source": source, "native_id": native_id}


def _unknown(database: Database, text: str) -> NotFound:
    similar = search(database, text.rpartition(":")[2] or text, Page(limit=5)).items
    hint = ", ".join(f"{ci['class']}:{ci['name']}" for ci in similar)
    return NotFound(
        f"No CI is called {text!r}. " + (f"Did you mean {hint}?" if hint else "Try `cmdb ci search`."),
        candidates=[{key: ci[key] for key in ("id", "name", "class")} for ci in similar],
    )
