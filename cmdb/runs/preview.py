"""What a transaction that is not committed has changed, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from neo4j import ManagedTransaction

from cmdb.history import Difference, Draft, Kind, created_by, present
from cmdb.runs.report import Change

TOLD = (Kind.CI, Kind.RELATIONSHIP)
SHOWN = {"dependent_no", "provider_no", "no", "id"}
"""Properties that are no news."""


def preview(tx: ManagedTransaction, draft: Draft) -> list[Change]:
    """The CIs and relationships that are created, changed or gone, by kind and name."""
    before = {key: state for key, state in draft.differences().items() if key[0] in TOLD}
    now = created_by(tx, [draft.id]) | present(tx, before.keys())
    differences = [
        Difference(*key, before.get(key), now.get(key)) for key in sorted(before.keys() | now.keys())
    ]
    told = [one for one in differences if one.fields]
    names = _names(tx, told)
    return sorted((_change(one, names) for one in told), key=lambda one: (one.kind, one.outcome, one.name))


def _change(one: Difference, names: Mapping[str, str]) -> Change:
    before, after = one.before or {}, one.after or {}
    fields = {name: (before.get(name), after.get(name)) for name in one.fields if name not in SHOWN}
    if one.kind is Kind.CI:
        state = one.after or before
        name = f"{state['class']} {state['name']}"
    else:
        dependent, type_, provider, group = one.subject.split(" ", 3)
        name = f"{names[dependent]} {type_} {names[provider]}" + (f" ({group})" if group else "")
    return Change(_outcome(one), one.kind.value, name, fields)


def _outcome(one: Difference) -> str:
    if one.before is None:
        return "created"
    if one.after is None:
        return "removed"
    return "retired" if one.after.get("status") == "retired" != one.before.get("status") else "changed"


def _names(tx: ManagedTransaction, told: Iterable[Difference]) -> dict[str, Any]:
    ends = [one.subject.split(" ", 3) for one in told if one.kind is Kind.RELATIONSHIP]
    rows = tx.run(
        """
        UNWIND $ids AS id
        CALL (id) {
            MATCH (ci:CI {id: id}) RETURN ci UNION MATCH (ci:RetiredCI {id: id}) RETURN ci
        }
        RETURN id, ci.name AS name
        """,
        ids=list({id_ for dependent, _, provider, _ in ends for id_ in (dependent, provider)}),
    )
    return {row["id"]: row["name"] for row in rows}
