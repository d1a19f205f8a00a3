"""Random sequences of everything that can be written, as data, and how each is done."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from cmdb.history import Author, latest
from cmdb.reconciliation import Observation
from cmdb.store import (
    Link,
    Store,
    Target,
    purge,
    relate,
    restore,
    retire,
    undo,
    unrelate,
    update_cis,
)
from tests.cmdb.graphs import AUTHOR, created, imported, on, see

Step = tuple[str, tuple[Any, ...]]

NATIVE_IDS = st.sampled_from("abcd")
PICKS = st.integers(0, 9)
TYPES = st.sampled_from(["depends_on", "uses"])
NEEDS: dict[str, int | None] = {"": None, "pair": 1, "all": None}
GROUPS = st.sampled_from(sorted(NEEDS))


def _terms(group: str) -> dict[str, Any]:
    need = NEEDS[group]
    return ({"group": group} if group else {}) | ({"need": need} if need else {})


RELATIONS = st.builds(lambda to, type_, group: on(to, type_, **_terms(group)), NATIVE_IDS, TYPES, GROUPS)
ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "description": st.sampled_from(["old", "new"]),
        "status": st.sampled_from(["operational", "maintenance", "retired"]),
        "os": st.just("unix"),
        "class_": st.sampled_from(["server", "virtual_machine", "application"]),
        "fqdn": st.sampled_from(["one.example", "two.example"]),
    },
)
PATCHES = st.dictionaries(
    st.sampled_from(["description", "environment"]), st.sampled_from(["test", "staging", None]), min_size=1
)


def _observation(native_id: str, attributes: dict[str, Any] | None, relations: list[Any]) -> Observation:
    distinct = {(r["type"], r["to"], r.get("group")): r for r in relations if r["to"] != native_id}
    if attributes is None:
        return Observation(native_id, None, tuple(distinct.values()), adds=True)
    return see(native_id, *distinct.values(), **attributes)


OBSERVATIONS = st.builds(_observation, NATIVE_IDS, st.none() | ATTRIBUTES, st.lists(RELATIONS, max_size=2))
BATCHES = st.lists(OBSERVATIONS, min_size=1, max_size=4, unique_by=lambda o: o.native_id)


def _import(store: Store, batch: list[Observation]) -> None:
    imported(store, batch)


def _create(store: Store, name: str) -> None:
    created(store, name)


def _update(store: Store, pick: int, patch: dict[str, Any]) -> None:
    if target := _ci(store, pick):
        update_cis(store, AUTHOR, [(target, patch)])


def _relate(store: Store, first: int, second: int, type_: str, group: str) -> None:
    if (dependent := _ci(store, first)) and (provider := _ci(store, second)):
        terms = {"need": NEEDS[group]} if NEEDS[group] else {}
        relate(store, AUTHOR, [Link(dependent.id, type_, provider.id, group, terms)])


def _unrelate(store: Store, pick: int) -> None:
    rows = store.database.read(
        "MATCH (a:CI)-[r]->(b:CI) WITH a, b, type(r) AS type, coalesce(r.group, '') AS group "
        "RETURN a.id, type, b.id, group ORDER BY a.no, b.no, type, group"
    )
    if rows:
        unrelate(store, AUTHOR, [Link(*rows[pick % len(rows)])])


def _set(operation: Callable[[Store, Author, list[Target]], Any]) -> Callable[[Store, int], None]:
    def run(store: Store, pick: int) -> None:
        if target := _ci(store, pick):
            operation(store, AUTHOR, [target])

    return run


def _undo(store: Store, pick: int) -> None:
    if newest := latest(store.database).seq:
        undo(store, AUTHOR, newest - pick % newest)


def _ci(store: Store, pick: int) -> Target | None:
    rows = store.database.read("MATCH (ci:CI|RetiredCI) RETURN ci.id AS id ORDER BY ci.no")
    return Target(rows[pick % len(rows)]["id"]) if rows else None


OPERATIONS: dict[str, tuple[Callable[..., None], st.SearchStrategy[tuple[Any, ...]]]] = {
    "import": (_import, st.tuples(BATCHES)),
    "create": (_create, st.tuples(st.sampled_from(["x", "y"]))),
    "update": (_update, st.tuples(PICKS, PATCHES)),
    "relate": (_relate, st.tuples(PICKS, PICKS, TYPES, GROUPS)),
    "unrelate": (_unrelate, st.tuples(PICKS)),
    "retire": (_set(retire), st.tuples(PICKS)),
    "restore": (_set(restore), st.tuples(PICKS)),
    "purge": (_set(purge), st.tuples(PICKS)),
    "undo": (_undo, st.tuples(PICKS)),
}

STEPS: st.SearchStrategy[Step] = st.one_of(
    [
        st.tuples(st.just(name), arguments)
        for name, (_, arguments) in [*OPERATIONS.items(), ("import", OPERATIONS["import"])]
    ]
)


def perform(store: Store, step: Step) -> None:
    """Do one step."""
    name, arguments = step
    OPERATIONS[name][0](store, *arguments)
