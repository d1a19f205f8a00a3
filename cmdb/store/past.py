"""Reading one CI and its relationships as they were."""

from cmdb.database import Database
from cmdb.errors import NotFound
from cmdb.history import State, cis_at, relationships_at
from cmdb.store.reading import CI, Relationship

SHOWN = ("id", "name", "class", "status")
HIDDEN = ("dependent_no", "provider_no", "type")


def get_ci_at(database: Database, id_: str, seq: int) -> CI:
    """The properties that a CI had after revision `seq`; raises NotFound if it was not there."""
    if found := cis_at(database, [id_], seq).get(id_):
        return found
    raise NotFound(f"There was no CI with id {id_} at revision {seq}.")


def relationships_of_ci_at(database: Database, id_: str, seq: int) -> list[Relationship]:
    """What `relationships` would have told after revision `seq`."""
    found = relationships_at(database, id_, seq)
    others = cis_at(database, {_other(subject, id_) for subject in found}, seq)
    told = [
        _told(subject, state, id_, others[other])
        for subject, state in found.items()
        if (other := _other(subject, id_)) in others
    ]
    return sorted(told, key=_order)


def _other(subject: str, id_: str) -> str:
    dependent, _, provider, _ = subject.split(" ", 3)
    return provider if dependent == id_ else dependent


def _told(subject: str, state: State, id_: str, other: CI) -> Relationship:
    return Relationship(
        "provider" if subject.startswith(f"{id_} ") else "dependent",
        state["type"],
        {name: other[name] for name in SHOWN},
        {name: value for name, value in state.items() if name not in HIDDEN},
    )


def _order(one: Relationship) -> tuple[bool, str, bool, str, str, str]:
    group = one.properties.get("group")
    return (
        one.direction == "dependent",
        one.type,
        group is None,  # as Cypher sorts what is not there: last
        group or "",
        one.other["name"],
        one.other["id"],
    )
