"""Nodes that are written as wholes, and how a revision's writing of them is undone.

Undo puts back what a revision wrote, unless a later one wrote it again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from cmdb.history.past import State
from cmdb.history.revision import Draft, Kind


@dataclass(frozen=True, slots=True)
class Kept:
    """The nodes of one label; the property `key` tells them apart, and is the subject of their changes."""

    kind: Kind
    label: str
    key: str

    def put(self, draft: Draft, wanted: Mapping[str, State]) -> None:
        """Create those that are not there and change those that differ; `wanted` is by key."""
        now = self._locked(draft, wanted)
        self._write(draft, {key: told for key, told in wanted.items() if _says(now.get(key)) != told}, now)

    def remove(self, draft: Draft, keys: Collection[str]) -> list[str]:
        """Remove those that are there; return their keys."""
        now = self._locked(draft, keys)
        self._write(draft, dict.fromkeys(now), now)
        return list(now)

    def undo(self, draft: Draft, revision: int, seq: int) -> dict[str, int]:
        """Put back those that a revision (by id and seq) created, changed or removed.

        Returns those that stay as they are: key → the first later revision (seq) that wrote them.
        """
        befores = self._befores(draft, revision)
        now = self._locked(draft, befores)
        later = self._later(draft, now, befores, seq)
        told = {key: _says(before) for key, before in befores.items() if key not in later}
        self._write(draft, {key: says for key, says in told.items() if says != _says(now.get(key))}, now)
        return later

    def _locked(self, draft: Draft, keys: Collection[str]) -> dict[str, State]:
        """Hold other writers off some nodes; the properties of those that are there, by key."""
        rows = draft.run(
            """
            MATCH (node:$($label)) WHERE node[$key] IN $keys
            WITH node ORDER BY node[$key]
            SET node.created = node.created
            RETURN node[$key] AS key, properties(node) AS properties
            """,
            label=self.label,
            key=self.key,
            keys=list(keys),
        )
        return {row["key"]: row["properties"] for row in rows}

    def _write(self, draft: Draft, told: Mapping[str, State | None], now: Mapping[str, State]) -> None:
        """Have nodes say what they are told (None: they go) instead of what they say now."""
        for key, says in told.items():
            if key in now:
                draft.changed(self.kind, key, now[key], removed=says is None)
            else:
                draft.created()
        rows = {key: {**says, "created": _created(now.get(key), draft)} for key, says in told.items() if says}
        draft.run(
            "MATCH (node:$($label)) WHERE node[$key] IN $gone DELETE node",
            label=self.label,
            key=self.key,
            gone=list(told.keys() - rows.keys()),
        )
        draft.run(
            "MATCH (node:$($label)) WHERE node[$key] IN keys($rows) SET node = $rows[node[$key]]",
            label=self.label,
            key=self.key,
            rows={key: row for key, row in rows.items() if key in now},
        )
        draft.run(
            "UNWIND $rows AS row CREATE (node:$($label)) SET node = row",
            label=self.label,
            rows=[row for key, row in rows.items() if key not in now],
        )

    def _befores(self, draft: Draft, revision: int) -> dict[str, State | None]:
        rows = draft.run(
            """
            MATCH (change:Change {revision: $id}) WHERE change.kind = $kind
            RETURN change.subject AS key, change.before AS before
            UNION ALL
            MATCH (node:$($label)) WHERE node.created = $id RETURN node[$key] AS key, null AS before
            """,
            id=revision,
            kind=self.kind,
            label=self.label,
            key=self.key,
        )
        return {row["key"]: row["before"] and orjson.loads(row["before"]) for row in rows}

    def _later(
        self, draft: Draft, now: Mapping[str, State], keys: Collection[str], seq: int
    ) -> dict[str, int]:
        rows = draft.run(
            """
            UNWIND $keys AS key
            MATCH (change:Change {subject: key}) WHERE change.kind = $kind
            MATCH (revision:Revision {id: change.revision}) WHERE revision.seq > $seq
            WITH key, revision, change ORDER BY revision.seq
            WITH key, collect({seq: revision.seq, before: change.before})[0] AS first
            RETURN key, first.seq AS seq, first.before AS before
            """,
            keys=list(keys),
            kind=self.kind,
            seq=seq,
        )
        return {
            row["key"]: row["seq"]
            for row in rows
            if _says(orjson.loads(row["before"])) != _says(now.get(row["key"]))
        }


def _created(now: State | None, draft: Draft) -> int:
    """The revision (by id) that created a node; this one, where it is not there."""
    return int(now["created"]) if now else draft.id


def _says(properties: State | None) -> Any:
    return properties and {name: value for name, value in properties.items() if name != "created"}
