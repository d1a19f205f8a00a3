"""Undo for teams: puts back what a revision wrote, unless a later one wrote it again."""

from collections.abc import Collection, Mapping
from typing import Any

import orjson

from cmdb.history import Draft, Kind, State


def undo_teams(draft: Draft, revision: int, seq: int) -> dict[str, int]:
    """Put back the teams that a revision (by id and seq) created, changed or removed.

    Returns those that stay as they are: name → the first later revision (seq) that wrote them.
    """
    befores = _befores(draft, revision)
    now = lock_teams(draft, befores)
    later = _later(draft, now, befores, seq)
    for name, before in befores.items():
        if name not in later and _says(before) != _says(now.get(name)):
            _put_back(draft, name, before, now.get(name))
    return later


def lock_teams(draft: Draft, names: Collection[str]) -> dict[str, State]:
    """Hold other writers off these teams; return the properties of those that are there."""
    rows = draft.run(
        """
        UNWIND $names AS name
        MATCH (team:Team {name: name})
        SET team.created = team.created
        RETURN name, properties(team) AS team
        """,
        names=sorted(names),
    )
    return {row["name"]: row["team"] for row in rows}


def _befores(draft: Draft, revision: int) -> dict[str, State | None]:
    rows = draft.run(
        """
        MATCH (change:Change {revision: $id}) WHERE change.kind = $team
        RETURN change.subject AS name, change.before AS before
        UNION ALL
        MATCH (team:Team {created: $id}) RETURN team.name AS name, null AS before
        """,
        id=revision,
        team=Kind.TEAM,
    )
    return {row["name"]: row["before"] and orjson.loads(row["before"]) for row in rows}


def _later(draft: Draft, now: Mapping[str, State], names: Collection[str], seq: int) -> dict[str, int]:
    rows = draft.run(
        """
        UNWIND $names AS name
        MATCH (change:Change {subject: name}) WHERE change.kind = $team
        MATCH (revision:Revision {id: change.revision}) WHERE revision.seq > $seq
        WITH name, revision, change ORDER BY revision.seq
        WITH name, collect({seq: revision.seq, before: change.before})[0] AS first
        RETURN name, first.seq AS seq, first.before AS before
        """,
        names=list(names),
        team=Kind.TEAM,
        seq=seq,
    )
    return {
        row["name"]: row["seq"]
        for row in rows
        if _says(orjson.loads(row["before"])) != _says(now.get(row["name"]))
    }


def _says(team: State | None) -> Any:
    return team and {name: value for name, value in team.items() if name != "created"}


def _put_back(draft: Draft, name: str, before: State | None, now: State | None) -> None:
    if now is None:
        draft.created()
    else:
        draft.changed(Kind.TEAM, name, now, removed=before is None)
    if before is None:
        draft.run("MATCH (team:Team {name: $name}) DELETE team", name=name)
        return
    draft.run(
        "MERGE (team:Team {name: $name}) SET team = $team",
        name=name,
        team={**before, "created": now["created"] if now else draft.id},
    )
